/*
 * shmbridge::SystemSemaphore: QSystemSemaphore. shmbridge_qt.hpp, which includes this, says how they differ.
 */
#include "shmbridge.hpp" /* which includes this one: so before the guard */

#ifndef SHMBRIDGE_QT_SEMAPHORE_HPP
#define SHMBRIDGE_QT_SEMAPHORE_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace shmbridge {

class SystemSemaphore
{
public:
    enum AccessMode { Open, Create };
    enum SystemSemaphoreError { NoError, PermissionDenied, KeyError, AlreadyExists, NotFound, OutOfResources, UnknownError };

    explicit SystemSemaphore(std::string_view key, int initialValue = 0, AccessMode mode = Open)
    {
        setKey(key, initialValue, mode);
    }
    explicit SystemSemaphore(const NativeIpcKey &key, int initialValue = 0, AccessMode mode = Open)
    {
        setNativeKey(key, initialValue, mode);
    }
    SystemSemaphore(const SystemSemaphore &) = delete;
    SystemSemaphore &operator=(const SystemSemaphore &) = delete;

    // With the same key and Open they do nothing.
    void setKey(std::string_view key, int initialValue = 0, AccessMode mode = Open)
    {
        if (key != key_ || mode == Create)
            change(key, legacyNativeKey(key), initialValue, mode);
    }
    void setNativeKey(const NativeIpcKey &key, int initialValue = 0, AccessMode mode = Open)
    {
        if (!key.isValid() || key != native_ || mode == Create)
            change(key.key().legacy_name(), key, initialValue, mode);
    }

    // key() is empty after setNativeKey(), unless the native key was made by legacyNativeKey().
    std::string key() const { return key_; }
    NativeIpcKey nativeIpcKey() const { return native_; }

    static NativeIpcKey platformSafeKey(std::string_view key, NativeIpcKey::Type type = NativeIpcKey::DefaultTypeForOs)
    {
        return NativeIpcKey::safe(Kind::semaphore, key, type);
    }
    static NativeIpcKey legacyNativeKey(std::string_view key, NativeIpcKey::Type type = NativeIpcKey::legacyDefaultTypeForOs())
    {
        return NativeIpcKey::legacy(Kind::semaphore, key, type);
    }
    static bool isKeyTypeSupported(NativeIpcKey::Type type) { return NativeIpcKey::supported(type); }

    bool acquire()
    {
        if (!open(Open))
            return false;
        const Result<> taken = semaphore_.take();
        return taken ? succeed() : fail("acquire", taken.error());
    }

    bool release(int n = 1)
    {
        if (n <= 0)
            return n == 0;
        if (!open(Open))
            return false;
        const Result<> given = semaphore_.give(n);
        return given ? succeed() : fail("release", given.error());
    }

    SystemSemaphoreError error() const { return error_; }
    std::string errorString() const { return errorString_; }

private:
    void change(std::string_view key, const NativeIpcKey &native, int initialValue, AccessMode mode)
    {
        semaphore_.close();
        key_ = key;
        native_ = native;
        initialValue_ = initialValue;
        succeed();
        open(mode);
    }

    bool open(AccessMode mode)
    {
        if (semaphore_)
            return true;
        if (!native_.isValid())
            return fail("handle", KeyError, native_.problem_);
        const bool takeOver = mode == Create && initialValue_ >= 0;
        const std::int32_t initial = initialValue_ < 0 ? 0 : initialValue_;
        Result<Semaphore> opened = Semaphore::open(native_.key(), initial, takeOver ? SHMBRIDGE_TAKE_OVER : 0);
        if (!opened)
            return fail("handle", opened.error());
        semaphore_ = std::move(*opened);
        return true;
    }

    bool succeed()
    {
        error_ = NoError;
        errorString_.clear();
        return true;
    }

    bool fail(const char *function, const Error &why)
    {
        switch (why.code()) {
        case SHMBRIDGE_E_PERMISSION: return fail(function, PermissionDenied, why.message());
        case SHMBRIDGE_E_KEY:
        case SHMBRIDGE_E_UNSUPPORTED: return fail(function, KeyError, why.message());
        case SHMBRIDGE_E_EXISTS: return fail(function, AlreadyExists, why.message());
        case SHMBRIDGE_E_NOT_FOUND: return fail(function, NotFound, why.message());
        case SHMBRIDGE_E_RANGE:
        case SHMBRIDGE_E_RESOURCES: return fail(function, OutOfResources, why.message());
        default: return fail(function, UnknownError, why.message());
        }
    }

    bool fail(const char *function, SystemSemaphoreError error, const std::string &why)
    {
        static const char *const words[] = {"no error",       "permission denied", "unable to make key", "already exists",
                                            "does not exist", "out of resources",  "unknown error"};
        error_ = error;
        errorString_ = std::string("SystemSemaphore::") + function + ": " + words[error] + " (" + why + ")";
        return false;
    }

    std::string key_;
    NativeIpcKey native_;
    int initialValue_ = 0;
    Semaphore semaphore_;
    SystemSemaphoreError error_ = NoError;
    std::string errorString_;
};

} // namespace shmbridge

#endif
