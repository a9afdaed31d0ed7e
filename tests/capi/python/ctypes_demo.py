#!/usr/bin/env python3
"""Python shares memory with libshmbridge through ctypes: ctypes_demo.py LIBRARY TYPE."""
import ctypes
import secrets
import sys
import threading

OK, E_NOT_FOUND, E_EXISTS, E_TIMEOUT, E_CANCELED, E_HANDLE = 0, -5, -4, -100, -101, -200
SEGMENT, POSIX, FOREVER, REMOVE_LAST = 0, 0x100, -1, 4
SIZE = 64


class Error(ctypes.Structure):
    """shmbridge_error."""

    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("code", ctypes.c_int32),
        ("os_error", ctypes.c_int32),
        ("message", ctypes.c_char * 496),
    ]


class Library:
    """Calls functions by name; those that take an error raise RuntimeError unless they give what is wanted."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(path)
        self.lib.shmbridge_segment_data.restype = ctypes.c_void_p
        self.lib.shmbridge_segment_size.restype = ctypes.c_size_t
        self.lib.shmbridge_version.restype = ctypes.c_char_p

    def __call__(self, function, *args, want=OK):
        err = Error(struct_size=ctypes.sizeof(Error))
        code = getattr(self.lib, "shmbridge_" + function)(*args, ctypes.byref(err))
        if code != want:
            raise RuntimeError(f"{function} gave {code}, not {want}: {err.message.decode()}")
        return err

    def make(self, function, *args):
        handle = ctypes.c_void_p()
        self(function, *args, ctypes.byref(handle))
        return handle

    def memory(self, segment):
        size = self.lib.shmbridge_segment_size(segment)
        return (ctypes.c_char * size).from_address(self.lib.shmbridge_segment_data(segment))


def wait_in_thread(call, segment):
    """A thread that waits for the lock, without Python's own, ends by cancel."""
    waiter = threading.Thread(target=lambda: call("segment_lock", segment, FOREVER, want=E_CANCELED))
    waiter.start()
    call("segment_cancel", segment)
    waiter.join()


def main(path, key_type):
    call = Library(path)
    name = ("python" + secrets.token_hex(8) + "ä").encode()
    key = call.make("key_legacy", SEGMENT, name, key_type, None)
    err = call("segment_attach", key, 0, 0, ctypes.byref(ctypes.c_void_p()), want=E_NOT_FOUND)
    assert name.decode() in err.message.decode(), err.message
    first = call.make("segment_create", key, ctypes.c_size_t(SIZE), REMOVE_LAST, FOREVER)
    call("segment_create", key, ctypes.c_size_t(SIZE), 0, 0, ctypes.byref(ctypes.c_void_p()), want=E_EXISTS)
    second = call.make("segment_attach", key, REMOVE_LAST, FOREVER)
    call("segment_lock", first, FOREVER)
    call.memory(first)[0:5] = b"hello"
    call("segment_lock", second, 10, want=E_TIMEOUT)
    wait_in_thread(call, second)
    call("segment_unlock", first)
    buf, done = ctypes.create_string_buffer(SIZE), ctypes.c_size_t()
    call("segment_read", second, ctypes.c_size_t(0), buf, ctypes.c_size_t(SIZE), ctypes.byref(done))
    assert (buf.value, done.value) == (b"hello", SIZE), (buf.value, done.value)
    for segment in first, second:
        call("segment_detach", segment, FOREVER)
        call("segment_detach", segment, FOREVER, want=E_HANDLE)
    call("key_close", key)
    assert call.lib.shmbridge_handle_count() == 0
    print("shmbridge", call.lib.shmbridge_version().decode(), "from Python: ok")


main(sys.argv[1], int(sys.argv[2], 0))
