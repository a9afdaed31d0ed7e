// Objects with random names, for the tests of shmbridge.hpp.
#ifndef SHMBRIDGE_TESTS_OBJECTS_HPP
#define SHMBRIDGE_TESTS_OBJECTS_HPP

#include <shmbridge.hpp>

#include <random>
#include <string>
#include <utility>

#include "../check.h"

#ifdef _WIN32
constexpr shmbridge::Type types[] = {shmbridge::Type::windows};
#else
constexpr shmbridge::Type types[] = {shmbridge::Type::systemv, shmbridge::Type::posix};
#endif

inline shmbridge::Key random_key(shmbridge::Kind kind, shmbridge::Type type)
{
    std::random_device random;
    auto key = shmbridge::Key::legacy(kind, ("cpptest" + std::to_string(random()) + std::to_string(random())).c_str(), type);
    CHECK(key);
    return std::move(*key);
}

// Whether result is an error of that code, with a message.
template <class T> bool fails(const shmbridge::Result<T> &result, std::int32_t code)
{
    return !result && result.error().code() == code && result.error().message()[0] != '\0';
}

// What a call throws: the code, or 0 if it throws nothing.
template <class F> std::int32_t thrown(F &&call)
{
    try {
        std::forward<F>(call)();
        return 0;
    } catch (const shmbridge::Exception &e) {
        CHECK(e.what() == std::string(e.error().message()));
        return e.error().code();
    }
}

#endif
