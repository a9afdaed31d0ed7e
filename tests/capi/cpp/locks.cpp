// Segment as the standard's Lockable.
#include "objects.hpp"

#include <mutex>
#include <thread>

using namespace shmbridge;
using namespace std::chrono_literals;

static void check_holding(const Key &key)
{
    auto holder = Segment::create(key, 8, SHMBRIDGE_REMOVE_LAST).value(), other = Segment::attach(key, SHMBRIDGE_REMOVE_LAST).value();
    {
        std::lock_guard guard(holder);
        CHECK(!other.try_lock() && !other.try_lock_for(1ms) && !other.try_lock_for(-1h));
        CHECK(!other.try_lock_until(std::chrono::steady_clock::now() + 500us));
        CHECK(fails(other.take_lock(0ms), SHMBRIDGE_E_TIMEOUT) && fails(other.give_lock(), SHMBRIDGE_E_NOT_LOCKED));
        other.unlock(); // of what it does not hold: nothing happens
        CHECK(!other.try_lock());
        CHECK(other.cancel() && thrown([&] { other.lock(); }) == SHMBRIDGE_E_CANCELED);
        CHECK(thrown([&] { static_cast<void>(other.try_lock_for(1h)); }) == SHMBRIDGE_E_CANCELED);
    }
    std::unique_lock lock(other, std::try_to_lock);
    CHECK(lock && !holder.try_lock());
    lock.unlock();
    CHECK(lock.try_lock_for(1us) && other.give_lock() && other.take_lock(0ms));
    CHECK(thrown([] { Segment().lock(); }) == SHMBRIDGE_E_HANDLE && thrown([] { static_cast<void>(Segment().try_lock()); }) == SHMBRIDGE_E_HANDLE);
}

// Two threads take two locks, each in its own order.
static void check_several(Type type)
{
    const int rounds = 1000;
    auto a = Segment::create(random_key(Kind::segment, type), sizeof(int), SHMBRIDGE_REMOVE_LAST).value();
    auto b = Segment::create(random_key(Kind::segment, type), sizeof(int), SHMBRIDGE_REMOVE_LAST).value();
    auto count = [&](Segment &first, Segment &second) {
        for (int i = 0; i < rounds; i++) {
            std::scoped_lock lock(first, second);
            ++*static_cast<int *>(a.data());
            ++*static_cast<int *>(b.data());
        }
    };
    std::thread one(count, std::ref(a), std::ref(b)), two(count, std::ref(b), std::ref(a));
    one.join();
    two.join();
    CHECK(*static_cast<int *>(a.data()) == 2 * rounds && *static_cast<int *>(b.data()) == 2 * rounds);
}

int main()
{
    for (auto type : types) {
        check_holding(random_key(Kind::segment, type));
        check_several(type);
    }
    CHECK(shmbridge_handle_count() == 0);
}
