// Without exceptions and type information: errors are values, and the program ends where they would be thrown, which
// an argument asks for. And a second unit, unit.cpp, that includes the header.
#include "unit.hpp"

#include "../check.h"

#include <cstring>

// The example of shmbridge.hpp.
static int use_example(int (*report)(const char *message), void (*use)(void *data, std::size_t size))
{
    auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "cpptest bare"); // what QSharedMemory("cpptest bare") uses here
    if (!key)
        return report(key.error().message());
    auto segment = shmbridge::Segment::attach(*key);
    if (!segment)
        return report(segment.error().message());
    std::lock_guard guard(*segment);
    use(segment->data(), segment->size());
    return 0;
}

static int report(const char *message) { return std::strstr(message, "no such segment") ? 3 : 1; }

static std::size_t used;

static void use(void *, std::size_t size) { used = size; }

int main(int argc, char **)
{
    if (argc > 1)
        return static_cast<int>(shmbridge::Key::parse("not a key").value().type());
    CHECK(use_example(report, use) == 3);
    auto segment = make_segment("cpptest bare", 12);
    CHECK(use_example(report, use) == 0 && used == segment.size() && used >= 12);
    CHECK(segment.detach());
    CHECK(shmbridge_handle_count() == 0);
}
