/*
 * libshmbridge for C++17: what shmbridge.h has, in classes that own their handles.
 *
 *     #include <shmbridge.hpp>
 *     #include <mutex>
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
 * but the functions that the standard wants to, lock() and its like, and std::string. Without exceptions (-fno-exceptions) they
 * end the program instead. Errors, limits and all else that is not said here is as in shmbridge.h. Text in is UTF-8 that ends
 * with a NUL, which std::string_view need not have.
 *
 * shmbridge_qt.hpp, which is included too, has classes that do what QSharedMemory and QSystemSemaphore do.
 */
#ifndef SHMBRIDGE_HPP
#define SHMBRIDGE_HPP

#include "shmbridge_result.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

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

/* Flags, to be combined with |. */
inline constexpr std::uint32_t read_only = SHMBRIDGE_READ_ONLY;
inline constexpr std::uint32_t require_owner = SHMBRIDGE_REQUIRE_OWNER;
inline constexpr std::uint32_t remove_last = SHMBRIDGE_REMOVE_LAST;
inline constexpr std::uint32_t break_dead_lock = SHMBRIDGE_BREAK_DEAD_LOCK;
inline constexpr std::uint32_t take_over = SHMBRIDGE_TAKE_OVER;

/* The time limit that never passes, as any that is negative. The longest other one is INT32_MAX milliseconds, 24 days. */
inline constexpr std::chrono::milliseconds forever{SHMBRIDGE_FOREVER};

namespace detail {

inline std::int32_t milliseconds(std::chrono::milliseconds limit) noexcept {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(limit.count(), SHMBRIDGE_FOREVER, INT32_MAX));
}

/* For the standard's functions, where a time that is negative has passed. Any time fits into a double. */
template <class R, class P> std::chrono::milliseconds from_now(std::chrono::duration<R, P> time) noexcept {
    const std::chrono::duration<double, std::milli> limit = time;
    if (limit.count() >= INT32_MAX)
        return std::chrono::milliseconds(INT32_MAX);
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(limit, limit.zero()));
}

/* Calls function(args..., error). */
template <class F, class... Args> Result<> call(F *function, Args... args) noexcept {
    Error error;
    if (error.fill(function, args...) == SHMBRIDGE_OK)
        return std::monostate();
    return error;
}

/* Calls function(args..., &made, error) for a handle. */
template <class T, class F, class... Args> Result<T> make(F *function, Args... args) noexcept {
    typename T::handle_type made = nullptr;
    const Result<> result = call(function, args..., &made);
    if (result)
        return T(made);
    return result.error();
}

/* Calls function(key, &info, error). */
template <class F, class Info> Result<Info> stat(F *function, const shmbridge_key *key, Info info) noexcept {
    const Result<> result = call(function, key, &info);
    if (result)
        return info;
    return result.error();
}

/* Calls function(segment, offset, buffer, count, &done, error). */
template <class F, class Buffer>
Result<std::size_t> copy(F *function, shmbridge_segment *segment, std::size_t offset, Buffer *buffer, std::size_t count) noexcept {
    std::size_t done = 0;
    const Result<> result = call(function, segment, offset, buffer, count, &done);
    if (result || result.error().code() == SHMBRIDGE_E_RANGE)
        return done;
    return result.error();
}

/* For the standard's functions: whether it worked, false after its time. */
inline bool in_time(const Result<> &result) {
    if (!result && result.error().code() != SHMBRIDGE_E_TIMEOUT)
        raise(result.error());
    return static_cast<bool>(result);
}

/* Tries once; without an Error at first, as it takes much longer to say who holds the lock than to try. */
template <class F, class H> bool once(F *function, H *handle) {
    const std::int32_t code = function(handle, 0, nullptr);
    return code == SHMBRIDGE_OK || (code != SHMBRIDGE_E_TIMEOUT && in_time(call(function, handle, 0)));
}

inline std::int32_t detach(shmbridge_segment *segment, shmbridge_error *error) noexcept {
    return shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, error);
}

/* What Key, Segment and Semaphore have in common. */
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
    H *handle() const noexcept { return handle_; }                    /* for functions of shmbridge.h */
    H *release() noexcept { return std::exchange(handle_, nullptr); } /* gives it away */
    void close() noexcept {                                           /* does nothing the second time */
        if (handle_)
            static_cast<void>(End(release(), nullptr));
    }

private:
    H *handle_ = nullptr;
};

} // namespace detail

/* shmbridge_key: where a segment or a semaphore is. */
class Key : public detail::Handle<shmbridge_key, shmbridge_key_close> {
public:
    using Handle::Handle;

    static Result<Key> legacy(Kind kind, const char *name, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>(shmbridge_key_legacy, static_cast<std::int32_t>(kind), name, static_cast<std::int32_t>(type),
                                 qt_version);
    }
    static Result<Key> safe(Kind kind, const char *name, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>(shmbridge_key_safe, static_cast<std::int32_t>(kind), name, static_cast<std::int32_t>(type),
                                 qt_version);
    }
    static Result<Key> parse(const char *text, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>(shmbridge_key_parse, text, qt_version);
    }
    static Result<Key> native(const char *name, Type type = Type::legacy, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>(shmbridge_key_native, name, static_cast<std::int32_t>(type), qt_version);
    }
    static Result<Key> find(const char *name, const char *qt_version = nullptr) noexcept {
        return detail::make<Key>(shmbridge_key_find, name, qt_version);
    }

    /* Of an empty Key: "", and a type and a family of 0. */
    std::string text() const { return copy(shmbridge_key_text); }
    std::string native_name() const { return copy(shmbridge_key_native_name); }
    std::string legacy_name() const { return copy(shmbridge_key_legacy_name); }
    Type type() const noexcept { return static_cast<Type>(std::max(0, shmbridge_key_type(handle()))); }
    Family family() const noexcept { return static_cast<Family>(std::max(0, shmbridge_key_family(handle()))); }

    /* Whether their texts are equal; which Qt's rules they go by does not count. */
    friend bool operator==(const Key &a, const Key &b) { return a.text() == b.text(); }
    friend bool operator!=(const Key &a, const Key &b) { return !(a == b); }

private:
    std::string copy(decltype(shmbridge_key_text) *get) const {
        std::size_t length = 0;
        get(handle(), nullptr, 0, &length, nullptr);
        std::string text(length, '\0');
        get(handle(), text.data(), length + 1, nullptr, nullptr);
        return text;
    }
};

/*
 * shmbridge_segment: an attachment. The destructor detaches, and waits for the lock as long as it takes, as QSharedMemory's does;
 * detach() before it can give up.
 *
 * It is a TimedLockable of the standard, for std::lock_guard, std::unique_lock and std::scoped_lock.
 */
class Segment : public detail::Handle<shmbridge_segment, detail::detach> {
public:
    using Handle::Handle;

    static Result<Segment> create(const Key &key, std::size_t size, std::uint32_t flags = 0,
                                  std::chrono::milliseconds limit = forever) noexcept {
        return detail::make<Segment>(shmbridge_segment_create, key.handle(), size, flags, detail::milliseconds(limit));
    }
    static Result<Segment> attach(const Key &key, std::uint32_t flags = 0, std::chrono::milliseconds limit = forever) noexcept {
        return detail::make<Segment>(shmbridge_segment_attach, key.handle(), flags, detail::milliseconds(limit));
    }
    static Result<> remove(const Key &key, std::uint32_t flags = 0, std::chrono::milliseconds limit = forever) noexcept {
        return detail::call(shmbridge_segment_remove, key.handle(), flags, detail::milliseconds(limit));
    }
    static Result<shmbridge_segment_info> stat(const Key &key) noexcept {
        return detail::stat(shmbridge_segment_stat, key.handle(), shmbridge_segment_info SHMBRIDGE_SEGMENT_INFO_INIT);
    }

    /* Detaches, and is empty then, unless the time passed and the error is SHMBRIDGE_E_TIMEOUT. */
    Result<> detach(std::chrono::milliseconds limit = forever) noexcept {
        const Result<> result = detail::call(shmbridge_segment_detach, handle(), detail::milliseconds(limit));
        if (result || result.error().code() != SHMBRIDGE_E_TIMEOUT)
            static_cast<void>(release());
        return result;
    }

    void *data() const noexcept { return shmbridge_segment_data(handle()); }
    std::size_t size() const noexcept { return shmbridge_segment_size(handle()); }
    std::size_t requested_size() const noexcept { return shmbridge_segment_requested_size(handle()); }

    /* Takes the lock, or gives up after the time; and gives it back. */
    Result<> take_lock(std::chrono::milliseconds limit = forever) noexcept {
        return detail::call(shmbridge_segment_lock, handle(), detail::milliseconds(limit));
    }
    Result<> give_lock() noexcept { return detail::call(shmbridge_segment_unlock, handle()); }
    Result<> cancel() noexcept { return detail::call(shmbridge_segment_cancel, handle()); }

    /* The standard's names for the same. They throw if it fails, but for unlock, which ignores errors. */
    void lock() { take_lock().value(); }
    bool try_lock() { return detail::once(shmbridge_segment_lock, handle()); }
    template <class R, class P> bool try_lock_for(std::chrono::duration<R, P> time) {
        return detail::in_time(take_lock(detail::from_now(time)));
    }
    template <class C, class D> bool try_lock_until(std::chrono::time_point<C, D> when) { return try_lock_for(when - C::now()); }
    void unlock() noexcept { static_cast<void>(shmbridge_segment_unlock(handle(), nullptr)); }

    /* Copy out and in; the value is the number of bytes, which is less than count only where the segment ends. */
    Result<std::size_t> read(std::size_t offset, void *buffer, std::size_t count) const noexcept {
        return detail::copy(shmbridge_segment_read, handle(), offset, buffer, count);
    }
    Result<std::size_t> write(std::size_t offset, const void *bytes, std::size_t count) noexcept {
        return detail::copy(shmbridge_segment_write, handle(), offset, bytes, count);
    }
};

/* shmbridge_semaphore: a QSystemSemaphore. */
class Semaphore : public detail::Handle<shmbridge_semaphore, shmbridge_semaphore_close> {
public:
    using Handle::Handle;

    static Result<Semaphore> open(const Key &key, std::int32_t initial = 0, std::uint32_t flags = 0) noexcept {
        return detail::make<Semaphore>(shmbridge_semaphore_open, key.handle(), initial, flags);
    }
    static Result<shmbridge_semaphore_info> stat(const Key &key) noexcept {
        return detail::stat(shmbridge_semaphore_stat, key.handle(), shmbridge_semaphore_info SHMBRIDGE_SEMAPHORE_INFO_INIT);
    }

    /* Takes one, or gives up after the time; and adds n. (release() gives the handle away.) */
    Result<> take(std::chrono::milliseconds limit = forever) noexcept {
        return detail::call(shmbridge_semaphore_acquire, handle(), detail::milliseconds(limit));
    }
    Result<> give(std::int32_t n = 1) noexcept { return detail::call(shmbridge_semaphore_release, handle(), n); }

    /* The names that std::counting_semaphore has for the same. They throw if it fails. */
    void acquire() { take().value(); }
    bool try_acquire() { return detail::once(shmbridge_semaphore_acquire, handle()); }
    template <class R, class P> bool try_acquire_for(std::chrono::duration<R, P> time) {
        return detail::in_time(take(detail::from_now(time)));
    }
};

} // namespace shmbridge

#include "shmbridge_qt.hpp"

#endif
