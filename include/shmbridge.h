/*
 * libshmbridge: share memory with Qt applications, without Qt.
 *
 * Speaks the protocol of QSharedMemory and QSystemSemaphore exactly: names in the kernel, locks, and who removes what.
 * This header is the documentation and the contract; ABI.md says what may change.
 *
 * Results
 *   Functions return int32_t: SHMBRIDGE_OK (0) or a negative code, unless they say otherwise. Results that are handed out
 *   through a pointer are set on success only.
 *
 * Errors
 *   The last parameter of most functions, err, may be NULL. Otherwise it points to a shmbridge_error that was set to
 *   SHMBRIDGE_ERROR_INIT, and on failure gets the code, the system's number of the error and a sentence that says what failed, on
 *   which object, why, and what to do next. On success it is left as it is. There is no per-thread or global error.
 *   Every function with a result code may return, beside those it lists:
 *     SHMBRIDGE_E_HANDLE    a handle is NULL, was closed, or is of another kind
 *     SHMBRIDGE_E_ARGUMENT  a pointer that must not be NULL is, a flag is unknown, err->struct_size was not set
 *     SHMBRIDGE_E_FORK      the process was forked after the library was loaded: see below
 *     SHMBRIDGE_E_INTERNAL  a mistake of this library, which the message describes
 *
 * Handles
 *   A handle is a number that looks like a pointer. It is valid from the call that made it until the call that closes it
 *   or, in the case of segments, detaches it. Using it after that, also in another thread at that very moment, gives
 *   SHMBRIDGE_E_HANDLE or SHMBRIDGE_E_DETACHED and does no harm. A process can have 65535 handles at a time.
 *
 * Text
 *   Text is UTF-8 and ends with a NUL. Text that is not valid UTF-8 is SHMBRIDGE_E_UTF8, never guessed. (The name that a Qt
 *   program passes may have a NUL inside; such an object is reached by the text form of its key.) Functions that hand out
 *   text take a buffer of cap bytes and set *len, if len is not NULL, to the length without the NUL at the end. If it does
 *   not fit, SHMBRIDGE_E_BUFFER is returned, *len is set and the buffer is left alone: cap 0 asks for the length.
 *
 * Times
 *   Time limits are milliseconds: SHMBRIDGE_FOREVER (-1, as any negative number) waits for ever, 0 does not wait.
 *
 * Threads
 *   Every function may be called from any thread at any time, with the same handles too.
 *
 * The process, on Linux
 *   fork    After fork(2) without exec the child must not use the library: every function gives SHMBRIDGE_E_FORK there, or
 *           NULL or 0 where it returns no code. The parent's objects stay as they are. Its memory stays mapped in the child, and
 *           counts as an attachment until the child ends or calls exec.
 *   dlopen  The library can be loaded late. dlclose(3) does not unload it: it contains the Go runtime.
 *   signals The Go runtime handles SIGSEGV, SIGBUS, SIGFPE and SIGPIPE, and passes on to the handlers that were there before
 *           what is not its own. Handlers that are installed later must use SA_ONSTACK. It takes SIGURG for itself, to end
 *           waits: an older handler gets none, and a later one must use SA_ONSTACK and SA_RESTART and not mind being called.
 *           A thread's signal mask is the same after a call as before.
 *   environment  Keys depend on TMPDIR and XDG_RUNTIME_DIR as getenv(3) says at that moment. Do not call setenv(3) meanwhile.
 *
 * The process, on Windows 10 and later, x86-64
 *   DllMain      Neither load shmbridge.dll nor call it in another DLL's DllMain: its first call waits for a thread that Windows
 *                does not start before DllMain has returned.
 *   LoadLibrary  The library can be loaded late. FreeLibrary does not unload it: it contains the Go runtime.
 *   exceptions   The Go runtime adds vectored exception and continue handlers, which pass on what is not its own. While it is being
 *                loaded it turns the process's error dialogs off (SetErrorMode, WerSetFlags) and its priority boost.
 *   sessions     Programs of different Windows sessions, such as a service and a user's, do not see each other's objects, unless a
 *                native key begins with Global\.
 *   environment  Keys do not depend on it.
 */
#ifndef SHMBRIDGE_H
#define SHMBRIDGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header: the only place where the project's version is written. */
#define SHMBRIDGE_VERSION_MAJOR 0
#define SHMBRIDGE_VERSION_MINOR 1
#define SHMBRIDGE_VERSION_PATCH 0
/* Changes with whatever breaks programs that were built before, and with it the soname. */
#define SHMBRIDGE_ABI_VERSION 0

/* The time limit that never passes. */
enum { SHMBRIDGE_FOREVER = -1 };

/*
 * Codes: X(name, value, text). -1 to -8 are QSharedMemory::SharedMemoryError, negated. Values never change.
 */
#define SHMBRIDGE_CODES(X) \
    X(SHMBRIDGE_OK, 0, "no error") \
    X(SHMBRIDGE_E_PERMISSION, -1, "permission denied") \
    X(SHMBRIDGE_E_SIZE, -2, "invalid size") \
    X(SHMBRIDGE_E_KEY, -3, "invalid key") \
    X(SHMBRIDGE_E_EXISTS, -4, "already exists") \
    X(SHMBRIDGE_E_NOT_FOUND, -5, "not found") \
    X(SHMBRIDGE_E_LOCK, -6, "unable to lock") \
    X(SHMBRIDGE_E_RESOURCES, -7, "out of resources") \
    X(SHMBRIDGE_E_UNKNOWN, -8, "unknown error") \
    X(SHMBRIDGE_E_TIMEOUT, -100, "the time limit passed") \
    X(SHMBRIDGE_E_CANCELED, -101, "canceled") \
    X(SHMBRIDGE_E_DETACHED, -102, "detached or closed meanwhile") \
    X(SHMBRIDGE_E_NOT_LOCKED, -103, "not locked") \
    X(SHMBRIDGE_E_READ_ONLY, -104, "read-only attachment") \
    X(SHMBRIDGE_E_IN_USE, -105, "in use") \
    X(SHMBRIDGE_E_LOCK_LOST, -106, "the lock was removed while it was held") \
    X(SHMBRIDGE_E_RANGE, -107, "out of range") \
    X(SHMBRIDGE_E_UNSUPPORTED, -108, "not supported on this system") \
    X(SHMBRIDGE_E_TRUNCATED, -109, "the segment was truncated while attached") \
    X(SHMBRIDGE_E_AMBIGUOUS, -110, "several segments have that name") \
    X(SHMBRIDGE_E_HANDLE, -200, "invalid handle") \
    X(SHMBRIDGE_E_ARGUMENT, -201, "invalid argument") \
    X(SHMBRIDGE_E_UTF8, -202, "not valid UTF-8") \
    X(SHMBRIDGE_E_BUFFER, -203, "buffer too small") \
    X(SHMBRIDGE_E_FORK, -204, "used in a forked child") \
    X(SHMBRIDGE_E_INTERNAL, -205, "internal error")

#define SHMBRIDGE_CODE_ENUMERATOR(name, value, text) name = value,
enum { SHMBRIDGE_CODES(SHMBRIDGE_CODE_ENUMERATOR) SHMBRIDGE_CODES_END_ = 1 };
#undef SHMBRIDGE_CODE_ENUMERATOR

/* What went wrong. struct_size lets later versions of the library serve programs built with this one. */
typedef struct shmbridge_error {
    size_t struct_size;
    int32_t code;      /* one of SHMBRIDGE_E_... */
    int32_t os_error;  /* of the system call that failed: errno, on Windows GetLastError(); 0 if it was none */
    char message[496]; /* ends with a NUL; cut off at a character if need be */
} shmbridge_error;
#define SHMBRIDGE_ERROR_INIT {sizeof(shmbridge_error), 0, 0, {0}}

/* A code's name, "SHMBRIDGE_E_TIMEOUT", or its meaning in words; for an unknown code that of SHMBRIDGE_E_UNKNOWN. The
   text is static. */
const char *shmbridge_error_name(int32_t code);
const char *shmbridge_error_text(int32_t code);

/* The version of the library that is in use, "0.1.0", static, and its SHMBRIDGE_ABI_VERSION. They do not fail in a forked
   child. */
const char *shmbridge_version(void);
int32_t shmbridge_abi_version(void);

/* The number of handles that are open, of all kinds: for leak checks. */
int32_t shmbridge_handle_count(void);

/* ------------------------------------------------------------------------------------------------------------------
 * Keys: where a segment or a semaphore is. As QNativeIpcKey, a key is a native key, its type, and where Qt knows it the
 * legacy key that it was derived from. Keys do not change; close them whenever you like, objects do not need them.
 */
typedef struct shmbridge_key shmbridge_key;

/* What a name is the name of. */
enum { SHMBRIDGE_SEGMENT = 0, SHMBRIDGE_SEMAPHORE = 1 };

/* Types of keys, QNativeIpcKey::Type. 1 to 255 are System V with that number for ftok(3). */
enum {
    SHMBRIDGE_TYPE_LEGACY = 0, /* what QSharedMemory(QString) uses here: System V on Linux, WINDOWS on Windows */
    SHMBRIDGE_TYPE_SYSTEMV = 0x51,
    SHMBRIDGE_TYPE_POSIX = 0x100,
    SHMBRIDGE_TYPE_WINDOWS = 0x101
};

/* The families that the types are of. */
enum { SHMBRIDGE_FAMILY_SYSTEMV = 1, SHMBRIDGE_FAMILY_POSIX = 2, SHMBRIDGE_FAMILY_WINDOWS = 3 };

/*
 * Derives the key that QSharedMemory(name) or QSystemSemaphore(name) uses in this process's environment: on Linux TMPDIR must
 * be the Qt program's. With a type it is QSharedMemory::legacyNativeKey(name, type) of Qt 6.6.
 *   kind        SHMBRIDGE_SEGMENT or SHMBRIDGE_SEMAPHORE
 *   name        what the Qt program passes, not empty
 *   type        a type, or SHMBRIDGE_TYPE_LEGACY
 *   qt_version  "5.7.1" for the rules of that version, where they differ (5.6 to 5.8, 6.6.0); NULL for the newest. Objects of
 *               this key go by the same rules.
 *   key         is set to the new key, which the caller closes
 * Returns SHMBRIDGE_OK, _E_KEY (empty), _E_UTF8, _E_RANGE (a type or a version that does not exist),
 * _E_RESOURCES (too many handles).
 */
int32_t shmbridge_key_legacy(int32_t kind, const char *name, int32_t type, const char *qt_version, shmbridge_key **key,
                             shmbridge_error *err);

/*
 * Derives the key that QSharedMemory::platformSafeKey(name, type), or QSystemSemaphore's, returns in Qt 6.6 and later.
 * Parameters and results as of shmbridge_key_legacy, but that SHMBRIDGE_TYPE_LEGACY stands for
 * QNativeIpcKey::DefaultTypeForOs: POSIX on Linux, WINDOWS on Windows.
 */
int32_t shmbridge_key_safe(int32_t kind, const char *name, int32_t type, const char *qt_version, shmbridge_key **key,
                           shmbridge_error *err);

/*
 * Makes the key of a text form, QNativeIpcKey::fromString(text): "systemv:/tmp/x" or "posix:/x?legacyKey=y".
 * Returns SHMBRIDGE_OK, _E_KEY (Qt would call the key invalid, or it is empty), _E_UTF8, _E_RANGE (version), _E_RESOURCES.
 */
int32_t shmbridge_key_parse(const char *text, const char *qt_version, shmbridge_key **key, shmbridge_error *err);

/*
 * Makes a key of a native key, as QNativeIpcKey(native, type): a path on System V, "/name" on POSIX, an object's name on Windows,
 * with Local\ or Global\ or without. SHMBRIDGE_TYPE_LEGACY stands for that of shmbridge_key_legacy.
 * Returns SHMBRIDGE_OK, _E_KEY (empty), _E_UTF8, _E_RANGE (a type or a version that does not exist), _E_RESOURCES.
 */
int32_t shmbridge_key_native(const char *native, int32_t type, const char *qt_version, shmbridge_key **key,
                             shmbridge_error *err);

/*
 * Finds the segment that a Qt program of unknown version made of name: in every family that this system has, by legacy and
 * platform-safe key. Nothing is attached to or changed. qt_version as for shmbridge_key_legacy.
 * Returns SHMBRIDGE_OK, _E_NOT_FOUND, _E_AMBIGUOUS (several; the message lists them), _E_KEY, _E_UTF8, _E_RANGE (version),
 * _E_PERMISSION, _E_RESOURCES.
 */
int32_t shmbridge_key_find(const char *name, const char *qt_version, shmbridge_key **key, shmbridge_error *err);

/* The type of a key, 1 to 0x101, and its family, SHMBRIDGE_FAMILY_...; negative: an error. */
int32_t shmbridge_key_type(const shmbridge_key *key);
int32_t shmbridge_key_family(const shmbridge_key *key);

/*
 * Copies out the text form (QNativeIpcKey::toString), the native key, or the legacy key (empty if there is none).
 * Returns SHMBRIDGE_OK, _E_BUFFER.
 */
int32_t shmbridge_key_text(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err);
int32_t shmbridge_key_native_name(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err);
int32_t shmbridge_key_legacy_name(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err);

/* Closes a key. Returns SHMBRIDGE_OK. */
int32_t shmbridge_key_close(shmbridge_key *key, shmbridge_error *err);

/* ------------------------------------------------------------------------------------------------------------------
 * Segments: QSharedMemory, attached. Each handle is an attachment of its own, also several of one process to one segment.
 */
typedef struct shmbridge_segment shmbridge_segment;

/* Flags; a bitwise or of those that a function lists. */
enum {
    SHMBRIDGE_READ_ONLY = 1,       /* map the memory for reading only: storing through shmbridge_segment_data crashes */
    SHMBRIDGE_REQUIRE_OWNER = 2,   /* refuse objects and key files of other users with SHMBRIDGE_E_PERMISSION, also to root */
    SHMBRIDGE_REMOVE_LAST = 4,     /* the last one to detach removes a POSIX segment too, which Qt never does; others go anyway */
    SHMBRIDGE_BREAK_DEAD_LOCK = 8, /* take a POSIX or Windows lock over from a process that died holding it, if nobody else has it open */
    SHMBRIDGE_TAKE_OVER = 16       /* semaphores: QSystemSemaphore::Create, which on Windows is Open */
};

/*
 * Creates a segment of size bytes, at least 1, filled with zeros, and attaches to it, as QSharedMemory::create does.
 *   flags       0 or any of _READ_ONLY, _REQUIRE_OWNER, _REMOVE_LAST, _BREAK_DEAD_LOCK
 *   timeout_ms  how long to wait for the lock of the segment, if somebody holds it; on Windows it is not waited for
 *   segment     is set to the attachment, which the caller detaches
 * If it exists, everything is left as it is. (Qt would reset the lock of its living owner, on Linux.) On Windows the segment is
 * as large as the pages of 4096 bytes that hold size bytes.
 * Returns SHMBRIDGE_OK, _E_EXISTS, _E_SIZE, _E_KEY (too long, or no name of an object), _E_PERMISSION, _E_TIMEOUT,
 * _E_RESOURCES, _E_UNSUPPORTED (family), _E_UNKNOWN.
 */
int32_t shmbridge_segment_create(const shmbridge_key *key, size_t size, uint32_t flags, int32_t timeout_ms,
                                 shmbridge_segment **segment, shmbridge_error *err);

/*
 * Attaches to the segment of key, as QSharedMemory::attach does, and makes nothing where there is none.
 * Parameters as of shmbridge_segment_create.
 * Returns SHMBRIDGE_OK, _E_NOT_FOUND, _E_SIZE (a POSIX segment that nobody finished making), _E_KEY, _E_PERMISSION,
 * _E_TIMEOUT, _E_RESOURCES, _E_UNSUPPORTED, _E_UNKNOWN.
 */
int32_t shmbridge_segment_attach(const shmbridge_key *key, uint32_t flags, int32_t timeout_ms, shmbridge_segment **segment,
                                 shmbridge_error *err);

/*
 * Detaches, under the lock, and closes the handle; the last one to detach removes the segment, a POSIX one only with
 * SHMBRIDGE_REMOVE_LAST. On Windows it is the kernel that does so, also when the last process that has it open is killed, and
 * the lock is not waited for. A lock that this handle holds is given back. The memory must no longer be used.
 * Returns SHMBRIDGE_OK; _E_TIMEOUT if the lock did not come, and then the handle stays attached. After any other error of
 * the system the handle is closed nevertheless.
 */
int32_t shmbridge_segment_detach(shmbridge_segment *segment, int32_t timeout_ms, shmbridge_error *err);

/*
 * Removes the segment of key, its lock and its key files: what a killed program, or any on POSIX, left behind. On Windows
 * nobody leaves anything behind, and this is always _E_IN_USE or _E_NOT_FOUND.
 *   flags  0 or any of _REQUIRE_OWNER, _BREAK_DEAD_LOCK
 * Returns SHMBRIDGE_OK, _E_IN_USE (somebody is attached, or still uses the lock), _E_NOT_FOUND, _E_PERMISSION,
 * _E_TIMEOUT, _E_UNSUPPORTED, _E_UNKNOWN.
 */
int32_t shmbridge_segment_remove(const shmbridge_key *key, uint32_t flags, int32_t timeout_ms, shmbridge_error *err);

/*
 * The memory, page aligned, shared with every process that is attached, until the handle is detached; and its size in
 * bytes: what the creator asked for, on Windows in whole pages of 4096 bytes. NULL and 0 for an invalid handle. A few nanoseconds.
 */
void *shmbridge_segment_data(const shmbridge_segment *segment);
size_t shmbridge_segment_size(const shmbridge_segment *segment);

/* What shmbridge_segment_create was asked for, in bytes, or of an attached segment its size; 0 for an invalid handle. */
size_t shmbridge_segment_requested_size(const shmbridge_segment *segment);

/*
 * Takes the lock, the one of QSharedMemory::lock. timeout_ms 0 tries once and does not wait; SHMBRIDGE_FOREVER waits. The
 * lock does not nest, and belongs to the handle, not to the thread: a second lock waits for the unlock, whoever calls it.
 * When the process dies the kernel gives a System V lock back; a POSIX lock stays taken, and so does one of Windows as long
 * as anybody has it open. A free lock takes one system call on System V and none on POSIX; on Windows every call goes
 * through Go. To try once without err takes as little when the lock is held; the message costs more.
 * Returns SHMBRIDGE_OK, _E_TIMEOUT, _E_CANCELED, _E_DETACHED (while waiting), _E_PERMISSION, _E_RESOURCES, _E_UNKNOWN.
 */
int32_t shmbridge_segment_lock(shmbridge_segment *segment, int32_t timeout_ms, shmbridge_error *err);

/*
 * Gives the lock back.
 * Returns SHMBRIDGE_OK, _E_NOT_LOCKED, _E_LOCK_LOST (it is given back, but somebody had removed the semaphore meanwhile, and
 * others may have been inside), _E_UNKNOWN.
 */
int32_t shmbridge_segment_unlock(shmbridge_segment *segment, shmbridge_error *err);

/*
 * Ends every wait in shmbridge_segment_lock for this handle, those that go on and those to come, with SHMBRIDGE_E_CANCELED. A free
 * lock can still be taken, and the handle must still be detached.
 * Returns SHMBRIDGE_OK.
 */
int32_t shmbridge_segment_cancel(shmbridge_segment *segment, shmbridge_error *err);

/*
 * Copies count bytes out of the segment, from offset on, or into it, without locking. Beyond the end nothing is copied, and
 * *done, if done is not NULL, says how many bytes were; it is set on errors too. Unlike a copy by hand this never crashes: not
 * when another process truncates a POSIX segment, nor when the attachment is read-only.
 * Returns SHMBRIDGE_OK (all count bytes), _E_RANGE (fewer), _E_READ_ONLY, _E_TRUNCATED, _E_RESOURCES (no memory for a page of a
 * POSIX segment), _E_DETACHED.
 */
int32_t shmbridge_segment_read(shmbridge_segment *segment, size_t offset, void *buf, size_t count, size_t *done,
                               shmbridge_error *err);
int32_t shmbridge_segment_write(shmbridge_segment *segment, size_t offset, const void *buf, size_t count, size_t *done,
                                shmbridge_error *err);

/* What the system says about a segment, its key file and its lock: a snapshot. */
typedef struct shmbridge_segment_info {
    size_t struct_size;
    uint64_t size;           /* bytes */
    int64_t created;         /* seconds since 1970-01-01 UTC; System V only, else 0 */
    int32_t id;              /* shmid, System V only */
    int32_t attached;        /* System V: attachments of all processes; POSIX: processes, as far as they can be seen from here, or -1:
                                another user's; Windows: handles of all processes */
    int32_t creator_pid;     /* System V only, as the next one */
    int32_t last_pid;        /* the process that attached or detached last */
    uint32_t owner;          /* user id; 0 on Windows */
    uint32_t mode;           /* permission bits; 0 on Windows */
    uint32_t key_file_owner; /* user id; System V only */
    int32_t lock_value;      /* 1: free, 0: held */
    int32_t lock_waiting;    /* threads that wait for it; -1 on Windows, which does not tell */
    int32_t lock_last_pid;   /* the process that operated on it last; System V only */
    uint8_t exists;          /* 1 or 0, as the next three; the key file and the lock may exist without the segment */
    uint8_t orphan;          /* it exists and nobody is attached: a process ended without detaching */
    uint8_t key_file_exists; /* System V only */
    uint8_t lock_exists;
    uint8_t reserved[4];
} shmbridge_segment_info;
#define SHMBRIDGE_SEGMENT_INFO_INIT {sizeof(shmbridge_segment_info), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, {0}}

/* What the system says about a semaphore. */
typedef struct shmbridge_semaphore_info {
    size_t struct_size;
    int32_t value;
    int32_t waiting;  /* threads that wait for it; -1 on Windows, which does not tell */
    int32_t last_pid; /* the process that operated on it last; System V only */
    uint8_t exists;   /* 1 or 0 */
    uint8_t reserved[3];
} shmbridge_semaphore_info;
#define SHMBRIDGE_SEMAPHORE_INFO_INIT {sizeof(shmbridge_semaphore_info), 0, 0, 0, 0, {0}}

/*
 * Looks at the segment, or the semaphore, of key without attaching, locking or changing anything. The caller has set info
 * to SHMBRIDGE_..._INFO_INIT. That something does not exist is no error but an answer.
 * Returns SHMBRIDGE_OK, _E_KEY, _E_PERMISSION, _E_UNSUPPORTED, _E_UNKNOWN.
 */
int32_t shmbridge_segment_stat(const shmbridge_key *key, shmbridge_segment_info *info, shmbridge_error *err);
int32_t shmbridge_semaphore_stat(const shmbridge_key *key, shmbridge_semaphore_info *info, shmbridge_error *err);

/* ------------------------------------------------------------------------------------------------------------------
 * Semaphores: QSystemSemaphore. On System V the kernel takes back what a process acquired and released when it ends.
 */
typedef struct shmbridge_semaphore shmbridge_semaphore;

/*
 * Opens the semaphore of key, or makes one with the value initial, as QSystemSemaphore's constructor does.
 *   initial    0 to 32767 on System V, to 2147483647 on POSIX and Windows; used only when it is made or taken over
 *   flags      0 or any of _TAKE_OVER (set the value of one that exists, and remove it when closing; on Windows it does nothing, as
 *              in Qt), _REQUIRE_OWNER
 *   semaphore  is set to the new handle, which the caller closes
 * Returns SHMBRIDGE_OK, _E_RANGE, _E_KEY, _E_PERMISSION, _E_RESOURCES, _E_UNSUPPORTED, _E_UNKNOWN.
 */
int32_t shmbridge_semaphore_open(const shmbridge_key *key, int32_t initial, uint32_t flags, shmbridge_semaphore **semaphore,
                                 shmbridge_error *err);

/*
 * Takes one from the semaphore; timeout_ms 0 tries once and does not wait.
 * Returns SHMBRIDGE_OK, _E_TIMEOUT, _E_DETACHED (closed while waiting), _E_PERMISSION, _E_UNKNOWN.
 */
int32_t shmbridge_semaphore_acquire(shmbridge_semaphore *semaphore, int32_t timeout_ms, shmbridge_error *err);

/*
 * Adds n to the semaphore in one step: 0 to 32767 on System V, to 2147483647 on POSIX and Windows, which is also the largest value.
 * Returns SHMBRIDGE_OK, _E_RANGE (n), _E_RESOURCES (the value would be too large), _E_DETACHED, _E_UNKNOWN.
 */
int32_t shmbridge_semaphore_release(shmbridge_semaphore *semaphore, int32_t n, shmbridge_error *err);

/*
 * Closes the handle; those who wait in acquire get SHMBRIDGE_E_DETACHED. Whoever made the semaphore, or took it over,
 * removes it, whether or not others use it, as Qt does; on Windows it goes with the last handle to it.
 * Returns SHMBRIDGE_OK; after an error of the system the handle is closed nevertheless.
 */
int32_t shmbridge_semaphore_close(shmbridge_semaphore *semaphore, shmbridge_error *err);

#ifdef __cplusplus
}
#endif
#endif
