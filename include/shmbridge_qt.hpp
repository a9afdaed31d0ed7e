/*
 * shmbridge::SharedMemory and shmbridge::SystemSemaphore: QSharedMemory and QSystemSemaphore, method for method, without Qt.
 * A program leaves Qt by including this header, dropping the Q, and passing std::string_view (UTF-8) where QString was:
 *
 *     shmbridge::SharedMemory memory("key");
 *     if (!memory.create(1024) && memory.error() == shmbridge::SharedMemory::AlreadyExists)
 *         memory.attach();
 *
 * C++17, nothing to link but libshmbridge, no exceptions. Objects can be neither copied nor moved. As in Qt, different objects
 * can be used by different threads, one object by one thread at a time, and every call waits for the lock as long as it takes.
 *
 * What they do is what Qt 5.15.8 and 6.4.2 do on Linux, as measured, also where shmbridge.h does something else:
 *   - create() and attach() set error() and errorString() anew. No other success clears them, and attach() on an attached
 *     object, detach() on a detached one, unlock() without lock() return false and leave them as they were.
 *   - create() on an attached object fails, and it stays attached; setKey() and setNativeKey() with another key detach.
 *   - lock() on an object that holds the lock returns true, and one unlock() gives it back. detach() and the destructor do so too.
 *   - While detached, size() is 0 and data() is null.
 *   - The constructor of SystemSemaphore makes or opens it; after a failure the next acquire() or release() tries again.
 *     release(0) does nothing, release() with a negative number returns false, and neither touches error().
 * Where later versions differ (setKey() with the same key detaches, attach() removes what a crash left, since 6.6), these stay.
 * errorString() is "SharedMemory::attach: doesn't exist (...)", with libshmbridge's message in the parentheses. It is not
 * translated. Warnings are not printed. Names are what all but Qt 5.6 to 5.8 and 6.6.0 make of them; for these, see qt_version in
 * shmbridge.hpp.
 *
 * On Windows size() is in whole pages, as Qt's is; nothing outlives the last object that has it open; SystemSemaphore::Create is
 * Open; and a lock that a killed program held stays taken. Unlike Qt's, create(), attach() and detach() do not wait for the lock there, and a
 * create() that failed keeps nothing open.
 *
 * On purpose they differ here, on Linux:
 *
 *   row              Qt                                                         here
 *   ---------------  ---------------------------------------------------------  -----------------------------------------------
 *   living-segment   create() of a segment that exists sets its lock to 1,      the lock is left alone
 *                    also when it is held, and removes it in the end
 *   creator-leaves   the lock goes when the creator's object ends, under the    it is handed over when the creator detaches; the
 *                    others, who are then without one, or with two              last one to detach removes it
 *   detached-lock    the lock stays after the last detach(), until the object   it goes with the segment
 *                    that made it ends
 *   no-lock-made     attach() and create() make a lock even if they fail; it    no lock is made
 *                    goes when the object ends, under whoever came meanwhile
 *   nothing-to-lock  lock() returns true when create() or attach() was tried,   false, LockError
 *                    though there is no segment
 *   own-lock         create() on an object that holds the lock of a segment     false, LockError
 *                    that was removed makes a lock that lets two in
 *   lock-lost        unlock() of a lock that was removed makes one that lets    false, LockError; the next lock() makes a new one
 *                    two in, and returns true
 *   removed-segment  the key file of a segment that was removed stays           the last one to detach removes it
 *   crashed-creator  the lock of a creator that was killed stays                the last one to detach removes it
 *   no-memory        create() of a segment that cannot be mapped leaves it      it is removed
 *   hopeless-key     attach() with a key too long for a key file: NotFound      KeyError, as for create()
 *   nul-in-key       a key may contain a NUL                                    create() and attach() fail with KeyError
 *   native-lock      the segment of a native key has no lock                    it has one, as in Qt 6.6 and later
 *   many-releases    release(32768) waits, release(65536) does nothing and      false, OutOfResources
 *                    returns true
 *   negative-value   a negative initial value with Create removes, in the end,  the other's semaphore is left alone
 *                    a semaphore that somebody else made
 */
#ifndef SHMBRIDGE_QT_HPP
#define SHMBRIDGE_QT_HPP

#include "shmbridge_qt_key.hpp"
#include "shmbridge_qt_semaphore.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace shmbridge {

class SharedMemory
{
public:
    enum AccessMode { ReadOnly, ReadWrite };
    enum SharedMemoryError {
        NoError,
        PermissionDenied,
        InvalidSize,
        KeyError,
        AlreadyExists,
        NotFound,
        LockError,
        OutOfResources,
        UnknownError
    };

    SharedMemory() = default;
    explicit SharedMemory(std::string_view key) { setKey(key); }
    explicit SharedMemory(const NativeIpcKey &key) { setNativeKey(key); }
    SharedMemory(const SharedMemory &) = delete;
    SharedMemory &operator=(const SharedMemory &) = delete;

    void setKey(std::string_view key)
    {
        const NativeIpcKey native = legacyNativeKey(key);
        if (key != key_ || native != native_)
            change(key, native);
    }
    void setNativeKey(std::string_view key, NativeIpcKey::Type type = NativeIpcKey::legacyDefaultTypeForOs())
    {
        setNativeKey(NativeIpcKey(key, type));
    }
    void setNativeKey(const NativeIpcKey &key)
    {
        if (!key.isValid() || key != native_)
            change(key.key().legacy_name(), key);
    }

    // key() is empty after setNativeKey(), unless the native key was made by legacyNativeKey().
    std::string key() const { return key_; }
    std::string nativeKey() const { return native_.nativeKey(); }
    NativeIpcKey nativeIpcKey() const { return native_; }

    // The keys that a name has: in Qt 6.6 and later, and as setKey() sets it.
    static NativeIpcKey platformSafeKey(std::string_view key, NativeIpcKey::Type type = NativeIpcKey::DefaultTypeForOs)
    {
        return NativeIpcKey::safe(Kind::segment, key, type);
    }
    static NativeIpcKey legacyNativeKey(std::string_view key, NativeIpcKey::Type type = NativeIpcKey::legacyDefaultTypeForOs())
    {
        return NativeIpcKey::legacy(Kind::segment, key, type);
    }
    static bool isKeyTypeSupported(NativeIpcKey::Type type) { return NativeIpcKey::supported(type); }

    bool create(std::ptrdiff_t size, AccessMode mode = ReadWrite)
    {
        if (!start("create"))
            return false;
        const auto bytes = static_cast<std::size_t>(size); // as a negative one is too large, it is refused too
        const auto patience = locked_ ? std::chrono::milliseconds::zero() : forever; // for ourselves we would wait in vain
        Result<Segment> made = Segment::create(native_.key(), bytes, flags(mode), patience);
        if (!made)
            return fail("create", made.error());
        segment_ = std::move(*made); // and away from one that was removed from under us
        locked_ = false;
        return true;
    }

    bool attach(AccessMode mode = ReadWrite)
    {
        if (isAttached() || !start("attach"))
            return false;
        Result<Segment> attached = Segment::attach(native_.key(), flags(mode));
        if (!attached)
            return fail("attach", attached.error());
        segment_ = std::move(*attached);
        return true;
    }

    bool detach()
    {
        if (!isAttached())
            return false;
        locked_ = false;
        const Result<> detached = segment_.detach();
        return detached || fail("detach", detached.error());
    }

    bool isAttached() const { return static_cast<bool>(segment_); }
    std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(segment_.size()); }
    void *data() { return segment_.data(); }
    const void *data() const { return segment_.data(); }
    const void *constData() const { return segment_.data(); }

    bool lock()
    {
        if (locked_)
            return true;
        if (!isAttached())
            return fail("lock", LockError, "not attached");
        const Result<> taken = segment_.take_lock();
        locked_ = static_cast<bool>(taken);
        return locked_ || fail("lock", LockError, taken.error().message());
    }

    bool unlock()
    {
        if (!locked_)
            return false;
        locked_ = false;
        const Result<> given = segment_.give_lock();
        return given || fail("unlock", LockError, given.error().message());
    }

    SharedMemoryError error() const { return error_; }
    std::string errorString() const { return errorString_; }

private:
    static std::uint32_t flags(AccessMode mode) { return mode == ReadOnly ? SHMBRIDGE_READ_ONLY : 0; }

    void change(std::string_view key, const NativeIpcKey &native)
    {
        detach();
        key_ = key;
        native_ = native;
    }

    // The beginning of create() and attach().
    bool start(const char *function)
    {
        error_ = NoError;
        errorString_.clear();
        return native_.isValid() || fail(function, KeyError, native_.problem_);
    }

    bool fail(const char *function, const Error &why)
    {
        const std::int32_t code = why.code();
        SharedMemoryError error = UnknownError;
        if (code == SHMBRIDGE_E_TIMEOUT)
            error = LockError;
        else if (code == SHMBRIDGE_E_UNSUPPORTED)
            error = KeyError;
        else if (code < 0 && code >= -UnknownError)
            error = static_cast<SharedMemoryError>(-code);
        return fail(function, error, why.message());
    }

    bool fail(const char *function, SharedMemoryError error, const std::string &why)
    {
        static const char *const words[] = {"no error", "permission denied", "invalid size", "unable to make key", "already exists",
                                            "doesn't exist", "unable to lock", "out of resources", "unknown error"};
        error_ = error;
        errorString_ = std::string("SharedMemory::") + function + ": " + words[error] + " (" + why + ")";
        return false;
    }

    std::string key_;
    NativeIpcKey native_;
    Segment segment_;
    bool locked_ = false;
    SharedMemoryError error_ = NoError;
    std::string errorString_;
};

} // namespace shmbridge

#endif
