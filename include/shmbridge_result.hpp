/*
 * shmbridge::Error, Exception and Result: how the functions of shmbridge.hpp, which includes this, fail.
 */
#ifndef SHMBRIDGE_RESULT_HPP
#define SHMBRIDGE_RESULT_HPP

#include "shmbridge.h"

#include <cstdint>
#include <exception>
#include <utility>
#include <variant>

namespace shmbridge {

/* What went wrong. */
class Error {
public:
    std::int32_t code() const noexcept { return error_.code; }         /* one of SHMBRIDGE_E_... */
    std::int32_t os_error() const noexcept { return error_.os_error; } /* errno, on Windows GetLastError(), or 0 */
    const char *name() const noexcept { return shmbridge_error_name(error_.code); }
    const char *message() const noexcept { return error_.message; } /* as long as the Error */

    /* Calls a function of shmbridge.h, whose last parameter this is. Returns what it returns. */
    template <class F, class... Args> std::int32_t fill(F &&function, Args &&...args) noexcept {
        return std::forward<F>(function)(std::forward<Args>(args)..., &error_);
    }

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

namespace detail {

[[noreturn]] inline void raise([[maybe_unused]] const Error &error) {
#if defined(__cpp_exceptions)
    throw Exception(error);
#else
    std::terminate();
#endif
}

} // namespace detail

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
    const T &value() const & { return check(), **this; }
    T value() && { return check(), *std::move(*this); }

private:
    void check() const {
        if (!*this)
            detail::raise(error());
    }
    std::variant<T, Error> outcome_;
};

} // namespace shmbridge

#endif
