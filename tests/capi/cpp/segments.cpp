// Segment: attachments and what is in them.
#include "objects.hpp"

#include <atomic>
#include <cstring>
#include <thread>

using namespace shmbridge;
using namespace std::chrono_literals;

static_assert(read_only == SHMBRIDGE_READ_ONLY && require_owner == SHMBRIDGE_REQUIRE_OWNER && remove_last == SHMBRIDGE_REMOVE_LAST);
static_assert(break_dead_lock == SHMBRIDGE_BREAK_DEAD_LOCK && take_over == SHMBRIDGE_TAKE_OVER);

static void check_life(const Key &key)
{
    CHECK(fails(Segment::attach(key), SHMBRIDGE_E_NOT_FOUND) && fails(Segment::remove(key), SHMBRIDGE_E_NOT_FOUND));
    CHECK(fails(Segment::create(key, 0), SHMBRIDGE_E_SIZE) && !Segment::stat(key)->exists);

    auto creator = Segment::create(key, 100, remove_last).value();
    CHECK(creator.data() && creator.size() == 100 && Segment::stat(key)->exists && Segment::stat(key)->size == 100);
    CHECK(fails(Segment::create(key, 100), SHMBRIDGE_E_EXISTS) && fails(Segment::remove(key), SHMBRIDGE_E_IN_USE));

    auto reader = Segment::attach(key, read_only | remove_last).value();
    std::strcpy(static_cast<char *>(creator.data()), "here");
    CHECK(std::strcmp(static_cast<const char *>(reader.data()), "here") == 0);

    creator.lock();
    CHECK(fails(reader.detach(0ms), SHMBRIDGE_E_TIMEOUT) && reader);
    creator.unlock();
    CHECK(reader.detach() && !reader && !reader.data());
    CHECK(creator.detach(1s) && !creator && !Segment::stat(key)->exists);
}

// The destructor waits for the lock, rather than to leave the handle open.
static void check_end(const Key &key)
{
    auto holder = Segment::create(key, 8, remove_last).value();
    auto other = Segment::attach(key, remove_last).value();
    const auto count = shmbridge_handle_count();
    holder.lock();
    std::atomic<bool> ended = false;
    std::thread ender([&] {
        other = Segment();
        ended = true;
    });
    while (!ended && Segment::stat(key)->lock_waiting == 0)
        std::this_thread::yield();
    CHECK(!ended);
    holder.unlock();
    ender.join();
    CHECK(shmbridge_handle_count() == count - 1);
}

static void check_copies(const Key &key)
{
    auto segment = Segment::create(key, 8, remove_last).value();
    const auto reader = Segment::attach(key, read_only | remove_last).value();
    char buffer[16] = "";
    CHECK(segment.write(0, "12345678", 8).value() == 8 && reader.read(2, buffer, 3).value() == 3 && std::strcmp(buffer, "345") == 0);
    CHECK(reader.read(6, buffer, 5).value() == 2 && segment.write(6, "abcde", 5).value() == 2 && segment.read(9, buffer, 1).value() == 0);
    CHECK(fails(Segment::attach(key, read_only | remove_last)->write(0, "x", 1), SHMBRIDGE_E_READ_ONLY) && fails(segment.read(0, nullptr, 1), SHMBRIDGE_E_ARGUMENT));
    CHECK(std::memcmp(reader.data(), "123456ab", 8) == 0);
}

int main()
{
    for (auto type : types) {
        check_life(random_key(Kind::segment, type));
        check_end(random_key(Kind::segment, type));
        check_copies(random_key(Kind::segment, type));
    }
    CHECK(fails(Segment::stat(Key()), SHMBRIDGE_E_HANDLE));
    CHECK(shmbridge_handle_count() == 0);
}
