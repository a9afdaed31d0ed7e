/*
 * libshmbridge for C++17: what shmbridge.h has, in classes that own their handles.
 *
 *     #include <shmbridge.hpp>
 *
 *     auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "test");  // what QSharedMemory("test") uses here
 *     if (!key)
 *         return report(key.error().message());
 *     auto segment = shmbridge::Segment::attach(*key);
 *     if (!segment)
 *         return report(segment.error().message());
 *     std::lock_guard guard(*segment);
 *     use(segment->data(), segment->size());
 *
 * Key, Segment and Semaphore are as large as a handle, can be moved and not copied, and allocate nothing. An object that was
 * moved from, or whose handle was given away, is empty: its functions fail with SHMBRIDGE_E_HANDLE. Different threads can use an
 * object at once, except to move it or to end its use.
 *
 * What can fail returns a Result, which has a value or an Error; value() throws the Error as an Exception. Nothing else throws
 * but the functions that the standard wants to, lock() and its like. Without exceptions (-fno-exceptions) they end the
 * program instead. Errors, limits and all else that is not said here is as in shmbridge.h. Text in is UTF-8 that ends with a NUL.
 *
 * shmbridge_qt.hpp, which is included too, has classes that do what QSharedMemory and QSystemSemaphore do.
 */
#ifndef SHMBRIDGE_HPP
#define SHMBRIDGE_HPP

#include "shmbridge.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <variant>

namespace shmbridge {

enum class Kind : std::int32_t { segment = SHMBRIDGE_SEGMENT, semaphore = SHMBRIDGE_SEMAPHORE };

/* Other values, 1 to 255, are System V with that number for ftok(3). */
enum class Type : std::int32_t {
    legacy = SHMBRIDGE_TYPE_LEGACY,
    systemv = SHMBRIDGE_TYPE_SYSTEMV,
    posix = SHMBRIDGE_TYPE_POSIX,
    windows = SHMBRIDGE_TYPE_WINDOWS
};

enum class Family : std::int32_t {
    systemv = SHMBRIDGE_FAMILY_SYSTEMV,
    posix = SHMBRIDGE_FAMILY_POSIX,
    windows = SHMBRIDGE_FAMILY_WINDOWS
};

/* The time limit that never passes, as any that is negative. */
inline constexpr std::chrono::milliseconds forever{SHMBRIDGE_FOREVER};

/* What went wrong. */
class Error {
public:
    std::int32_t code() const noexcept { return error_.code; }         /* one of SHMBRIDGE_E_... */
    std::int32_t os_error() const noexcept { return error_.os_error; } /* errno, or 0 */
    const char *name() const noexcept { return shmbridge_error_name(error_.code); }
    const char *message() const noexcept { return error_.message; } /* as long as the Error */

    /* Calls f with a shmbridge_error to fill: for functions of shmbridge.h. Returns what f does. */
    template <class F> std::int32_t fill(F &&f) noexcept { return error_.code = std::forward<F>(f)(&error_); }

private:
    shmbridge_error error_ = SHMBRIDGE_ERROR_INIT;
};

/* An Error, thrown. */
class Exception : public std::exception {
public:
    explicit Exception(const Error &error) noexcept : error_(error) {}
    const Error &error() const noexcept { return error_; }
    const char *what() const noexcept override { return error_.message(); }

private:
    Error error_;
};

[[noreturn]] inline void raise(const Error &error) {
#if defined(__cpp_exceptions)
    throw Exception(error);
#else
    static_cast<void>(error);
    std::terminate();
#endif
}

/* A value, or an Error. The operators * and -> are for a Result that has a value. */
template <class T = std::monostate> class [[nodiscard]] Result {
public:
    Result(T value) noexcept : outcome_(std::in_place_index<0>, std::move(value)) {}
    Result(const Error &error) noexcept : outcome_(std::in_place_index<1>, error) {}

    explicit operator bool() const noexcept { return outcome_.index() == 0; }
    T &operator*() & noexcept { return *std::get_if<0>(&outcome_); }
    const T &operator*() const & noexcept { return *std::get_if<0>(&outcome_); }
    T &&operator*() && noexcept { return std::move(*std::get_if<0>(&outcome_)); }
    T *operator->() noexcept { return std::get_if<0>(&outcome_); }
    const T *operator->() const noexcept { return std::get_if<0>(&outcome_); }
    const Error &error() const noexcept { return *std::get_if<1>(&outcome_); } /* of a Result without a value */
    T &value() & { return check(), **this; }
    T value() && { return check(), std::move(**this); }

private:
    void check() const {
        if (!*this)
            raise(error());
    }
    std::variant<T, Error> outcome_;
};

namespace detail {

inline std::int32_t milliseconds(std::chrono::milliseconds limit) noexcept {
    return limit.count() < 0 ? SHMBRIDGE_FOREVER : limit.count() > INT32_MAX ? INT32_MAX : static_cast<std::int32_t>(limit.count());
}

/* For the standard's functions, where a time that is negative has passed. */
template <class R, class P> std::chrono::milliseconds from_now(std::chrono::duration<R, P> time) noexcept {
    return time <= time.zero() ? std::chrono::milliseconds::zero() : std::chrono::ceil<std::chrono::milliseconds>(time);
}

template <class F> Result<> call(F &&f) noexcept {
    Error error;
    if (error.fill(std::forward<F>(f)) == SHMBRIDGE_OK)
        return std::monostate();
    return error;
}

/* Calls f(&made, error) for a handle. */
template <class T, class F> Result<T> make(F &&f) noexcept {
    typename T::handle_type made = nullptr;
    Error error;
    if (error.fill([&](shmbridge_error *e) { return f(&made, e); }) == SHMBRIDGE_OK)
        return T(made);
    return error;
}

/* For the standard's functions: whether it worked, false after its time. */
inline bool in_time(const Result<> &result) {
    if (!result && result.error().code() != SHMBRIDGE_E_TIMEOUT)
        raise(result.error());
    return static_cast<bool>(result);
}

template <class H, std::int32_t (*End)(H *, shmbridge_error *)> class Handle {
public:
    using handle_type = H *;

    Handle() noexcept = default;
    explicit Handle(H *handle) noexcept : handle_(handle) {} /* owns it from now on */
    Handle(Handle &&other) noexcept : handle_(other.release()) {}
    Handle &operator=(Handle &&other) noexcept {
        if (this != &other) {
            close();
            handle_ = other.release();
        }
        return *this;
    }
    ~Handle() { close(); }

    explicit operator bool() const noexcept { return handle_ != nullptr; }
    H *handle() const noexcept { return handle_; }                           /* for functions of shmbridge.h */
    H *release() noexcept { return std::exchange(handle_, nullptr); }        /* gives it away */
    void close() noexcept {                                                  /* does nothing the second time */
        if (handle_)
            static_cast<void>(End(release(), nullptr));
    }

private:
    H *handle_ = nullptr;
};

inline std::int32_t detach(shmbridge_segment *segment, shmbridge_error *error) noexcept {
    return shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, error);
}

} // namespace detail

/* shmbridge_key: where a segment or a semaphore is. */
class Key : public detail::Handle<shmbridge_key, shmbridge_key_close> {
public:
    using Handle::Handle;

    static Result<Key> legacy(Kind kind, const char *name, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>([=](shmbridge_key **key, shmbridge_error *e) {
            return shmbridge_key_legacy(static_cast<std::int32_t>(kind), name, static_cast<std::int32_t>(type), qt_version, key, e);
        });
    }
    static Result<Key> safe(Kind kind, const char *name, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>([=](shmbridge_key **key, shmbridge_error *e) {
            return shmbridge_key_safe(static_cast<std::int32_t>(kind), name, static_cast<std::int32_t>(type), qt_version, key, e);
        });
    }
    static Result<Key> parse(const char *text, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>([=](shmbridge_key **key, shmbridge_error *e) { return shmbridge_key_parse(text, qt_version, key, e); });
    }
    static Result<Key> native(const char *native, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>([=](shmbridge_key **key, shmbridge_error *e) {
            return shmbridge_key_native(native, static_cast<std::int32_t>(type), qt_version, key, e);
        });
    }
    static Result<Key> find(const char *name, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>([=](shmbridge_key **key, shmbridge_error *e) { return shmbridge_key_find(name, qt_version, key, e); });
    }

    /* Of an empty Key: "", and a type and a family of 0. */
    std::string text() const { return copy(shmbridge_key_text); }
    std::string native_name() const { return copy(shmbridge_key_native_name); }
    std::string legacy_name() const { return copy(shmbridge_key_legacy_name); }
    Type type() const noexcept { return static_cast<Type>(*this ? shmbridge_key_type(handle()) : 0); }
    Family family() const noexcept { return static_cast<Family>(*this ? shmbridge_key_family(handle()) : 0); }

    friend bool operator==(const Key &a, const Key &b) { return a.text() == b.text(); }
    friend bool operator!=(const Key &a, const Key &b) { return !(a == b); }

private:
    std::string copy(std::int32_t (*get)(const shmbridge_key *, char *, std::size_t, std::size_t *, shmbridge_error *)) const {
        std::size_t length = 0;
        get(handle(), nullptr, 0, &length, nullptr);
        std::string text(length, '\0');
        get(handle(), text.data(), length + 1, nullptr, nullptr);
        return text;
    }
};

/*
 * shmbridge_segment: an attachment. Flags are SHMBRIDGE_READ_ONLY and so on. The destructor detaches, and waits for the lock as long as it
 * takes, as QSharedMemory's does; detach() before it can give up.
 *
 * It is a Lockable of the standard, for std::lock_guard, std::unique_lock and std::scoped_lock.
 */
class Segment : public detail::Handle<shmbridge_segment, detail::detach> {
public:
    using Handle::Handle;

    static Result<Segment> create(const Key &key, std::size_t size, std::uint32_t flags = 0, std::chrono::milliseconds limit = forever) noexcept {
        return detail::make<Segment>([&](shmbridge_segment **segment, shmbridge_error *e) {
            return shmbridge_segment_create(key.handle(), size, flags, detail::milliseconds(limit), segment, e);
        });
    }
    static Result<Segment> attach(const Key &key, std::uint32_t flags = 0, std::chrono::milliseconds limit = forever) noexcept {
        return detail::make<Segment>([&](shmbridge_segment **segment, shmbridge_error *e) {
            return shmbridge_segment_attach(key.handle(), flags, detail::milliseconds(limit), segment, e);
        });
    }
    static Result<> remove(const Key &key, std::uint32_t flags = 0, std::chrono::milliseconds limit = forever) noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_segment_remove(key.handle(), flags, detail::milliseconds(limit), e); });
    }
    static Result<shmbridge_segment_info> stat(const Key &key) noexcept {
        shmbridge_segment_info info = SHMBRIDGE_SEGMENT_INFO_INIT;
        auto result = detail::call([&](shmbridge_error *e) { return shmbridge_segment_stat(key.handle(), &info, e); });
        return result ? Result<shmbridge_segment_info>(info) : result.error();
    }

    /* Detaches, and is empty then, unless the time passed and the error is SHMBRIDGE_E_TIMEOUT. */
    Result<> detach(std::chrono::milliseconds limit = forever) noexcept {
        auto result = detail::call([&](shmbridge_error *e) { return shmbridge_segment_detach(handle(), detail::milliseconds(limit), e); });
        if (result || result.error().code() != SHMBRIDGE_E_TIMEOUT)
            static_cast<void>(release());
        return result;
    }

    void *data() const noexcept { return shmbridge_segment_data(handle()); }
    std::size_t size() const noexcept { return shmbridge_segment_size(handle()); }

    /* Takes the lock, or gives up after the time; and gives it back. */
    Result<> take_lock(std::chrono::milliseconds limit = forever) noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_segment_lock(handle(), detail::milliseconds(limit), e); });
    }
    Result<> give_lock() noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_segment_unlock(handle(), e); });
    }
    Result<> cancel() noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_segment_cancel(handle(), e); });
    }

    /* The standard's names for the same. They throw if it fails, but for unlock, which ignores errors. */
    void lock() { take_lock().value(); }
    bool try_lock() { return detail::in_time(take_lock(std::chrono::milliseconds::zero())); }
    template <class R, class P> bool try_lock_for(std::chrono::duration<R, P> time) { return detail::in_time(take_lock(detail::from_now(time))); }
    template <class C, class D> bool try_lock_until(std::chrono::time_point<C, D> when) { return try_lock_for(when - C::now()); }
    void unlock() noexcept { static_cast<void>(shmbridge_segment_unlock(handle(), nullptr)); }

    /* Copy out and in; the value is the number of bytes, which is less than count only where the segment ends. */
    Result<std::size_t> read(std::size_t offset, void *buffer, std::size_t count) noexcept {
        std::size_t done = 0;
        return copied(done, detail::call([&](shmbridge_error *e) { return shmbridge_segment_read(handle(), offset, buffer, count, &done, e); }));
    }
    Result<std::size_t> write(std::size_t offset, const void *bytes, std::size_t count) noexcept {
        std::size_t done = 0;
        return copied(done, detail::call([&](shmbridge_error *e) { return shmbridge_segment_write(handle(), offset, bytes, count, &done, e); }));
    }

private:
    static Result<std::size_t> copied(std::size_t done, const Result<> &result) noexcept {
        if (result || result.error().code() == SHMBRIDGE_E_RANGE)
            return done;
        return result.error();
    }
};

/* shmbridge_semaphore: a QSystemSemaphore. */
class Semaphore : public detail::Handle<shmbridge_semaphore, shmbridge_semaphore_close> {
public:
    using Handle::Handle;

    static Result<Semaphore> open(const Key &key, std::int32_t initial = 0, std::uint32_t flags = 0) noexcept {
        return detail::make<Semaphore>([&](shmbridge_semaphore **semaphore, shmbridge_error *e) {
            return shmbridge_semaphore_open(key.handle(), initial, flags, semaphore, e);
        });
    }
    static Result<shmbridge_semaphore_info> stat(const Key &key) noexcept {
        shmbridge_semaphore_info info = SHMBRIDGE_SEMAPHORE_INFO_INIT;
        auto result = detail::call([&](shmbridge_error *e) { return shmbridge_semaphore_stat(key.handle(), &info, e); });
        return result ? Result<shmbridge_semaphore_info>(info) : result.error();
    }

    /* Takes one, or gives up after the time; and adds n. */
    Result<> take(std::chrono::milliseconds limit = forever) noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_semaphore_acquire(handle(), detail::milliseconds(limit), e); });
    }
    Result<> give(std::int32_t n = 1) noexcept {
        return detail::call([&](shmbridge_error *e) { return shmbridge_semaphore_release(handle(), n, e); });
    }

    /* The names that std::counting_semaphore has for the same. They throw if it fails. */
    void acquire() { take().value(); }
    bool try_acquire() { return detail::in_time(take(std::chrono::milliseconds::zero())); }
    template <class R, class P> bool try_acquire_for(std::chrono::duration<R, P> time) { return detail::in_time(take(detail::from_now(time))); }
};

} // namespace shmbridge

#include "shmbridge_qt.hpp"

#endif
