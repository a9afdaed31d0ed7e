// Segment: attachments and what is in them.
#include "objects.hpp"

#include <cstring>

using namespace shmbridge;
using namespace std::chrono_literals;

static void check_life(const Key &key)
{
    CHECK(fails(Segment::attach(key), SHMBRIDGE_E_NOT_FOUND) && fails(Segment::remove(key), SHMBRIDGE_E_NOT_FOUND));
    CHECK(fails(Segment::create(key, 0), SHMBRIDGE_E_SIZE) && !Segment::stat(key)->exists);

    auto creator = Segment::create(key, 100, SHMBRIDGE_REMOVE_LAST).value();
    CHECK(creator.data() && creator.size() == 100 && Segment::stat(key)->exists && Segment::stat(key)->size == 100);
    CHECK(fails(Segment::create(key, 100), SHMBRIDGE_E_EXISTS) && fails(Segment::remove(key), SHMBRIDGE_E_IN_USE));

    auto reader = Segment::attach(key, SHMBRIDGE_READ_ONLY | SHMBRIDGE_REMOVE_LAST).value();
    std::strcpy(static_cast<char *>(creator.data()), "here");
    CHECK(std::strcmp(static_cast<const char *>(reader.data()), "here") == 0);

    creator.lock();
    CHECK(fails(reader.detach(0ms), SHMBRIDGE_E_TIMEOUT) && reader);
    creator.unlock();
    CHECK(reader.detach() && !reader && !reader.data());
    CHECK(creator.detach(1s) && !creator && !Segment::stat(key)->exists);
}

static void check_copies(const Key &key)
{
    auto segment = Segment::create(key, 8, SHMBRIDGE_REMOVE_LAST).value();
    auto reader = Segment::attach(key, SHMBRIDGE_READ_ONLY | SHMBRIDGE_REMOVE_LAST).value();
    char buffer[16] = "";
    CHECK(segment.write(0, "12345678", 8).value() == 8 && reader.read(2, buffer, 3).value() == 3 && std::strcmp(buffer, "345") == 0);
    CHECK(reader.read(6, buffer, 5).value() == 2 && segment.write(6, "abcde", 5).value() == 2 && segment.read(9, buffer, 1).value() == 0);
    CHECK(fails(reader.write(0, "x", 1), SHMBRIDGE_E_READ_ONLY) && fails(segment.read(0, nullptr, 1), SHMBRIDGE_E_ARGUMENT));
    CHECK(std::memcmp(reader.data(), "123456ab", 8) == 0);
}

int main()
{
    for (auto type : types) {
        check_life(random_key(Kind::segment, type));
        check_copies(random_key(Kind::segment, type));
    }
    CHECK(fails(Segment::stat(Key()), SHMBRIDGE_E_HANDLE));
    CHECK(shmbridge_handle_count() == 0);
}
