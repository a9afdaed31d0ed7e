// Segment as the standard's Lockable.
#include "objects.hpp"

#include <mutex>
#include <thread>

using namespace shmbridge;
using namespace std::chrono_literals;

static void check_holding(const Key &key)
{
    auto holder = Segment::create(key, 8, remove_last).value(), other = Segment::attach(key, remove_last).value();
    {
        std::lock_guard guard(holder);
        CHECK(!other.try_lock() && !other.try_lock_for(1ms) && !other.try_lock_for(-1h));
        CHECK(!other.try_lock_until(std::chrono::steady_clock::now() + 500us));
        CHECK(fails(other.take_lock(0ms), SHMBRIDGE_E_TIMEOUT) && fails(other.give_lock(), SHMBRIDGE_E_NOT_LOCKED));
        CHECK(fails(other.take_lock(1ms), SHMBRIDGE_E_TIMEOUT));
        other.unlock(); // of what it does not hold: nothing happens
        CHECK(!other.try_lock());
        CHECK(other.cancel() && thrown([&] { other.lock(); }) == SHMBRIDGE_E_CANCELED);
        CHECK(thrown([&] { static_cast<void>(other.try_lock_for(1h)); }) == SHMBRIDGE_E_CANCELED);
    }
    std::unique_lock lock(other, std::try_to_lock);
    CHECK(lock && !holder.try_lock());
    lock.unlock();
    CHECK(lock.try_lock_for(1us) && other.give_lock() && other.take_lock(0ms));
    lock.unlock();
    CHECK(other.try_lock_until(std::chrono::steady_clock::time_point::max()) && other.give_lock());
    CHECK(other.try_lock_for(std::chrono::hours::max()) && !holder.try_lock_until(std::chrono::system_clock::now() - 1h));
    CHECK(other.give_lock() && other.take_lock(std::chrono::milliseconds::max()));
    CHECK(thrown([] { Segment().lock(); }) == SHMBRIDGE_E_HANDLE && thrown([] { static_cast<void>(Segment().try_lock()); }) == SHMBRIDGE_E_HANDLE);
}

// How long the standard's times, and limits, are for the library.
static void check_limits()
{
    CHECK(detail::from_now(1us) == 1ms && detail::from_now(1ns) == 1ms && detail::from_now(2ms) == 2ms && detail::from_now(2h) == 7200000ms);
    CHECK(detail::from_now(0s) == 0ms && detail::from_now(-1ns) == 0ms && detail::from_now(std::chrono::hours::min()) == 0ms);
    CHECK(detail::from_now(std::chrono::hours::max()).count() == INT32_MAX);
    CHECK(detail::from_now(std::chrono::duration<double>(1e300)).count() == INT32_MAX);
    CHECK(detail::from_now(std::chrono::duration<double>(0.0015)) == 2ms && detail::from_now(24h * 25).count() == INT32_MAX);
    CHECK(detail::milliseconds(forever) == SHMBRIDGE_FOREVER && detail::milliseconds(-7ms) == SHMBRIDGE_FOREVER && detail::milliseconds(7ms) == 7);
    CHECK(detail::milliseconds(std::chrono::milliseconds::max()) == INT32_MAX && detail::milliseconds(std::chrono::milliseconds::min()) < 0);
}

// To try once nobody is asked who holds the lock, but an error that is thrown has its message.
static void check_trying_once()
{
    struct Fake {
        static std::int32_t lock(Fake *self, std::int32_t limit, shmbridge_error *e)
        {
            CHECK(limit == 0 && ++self->tries <= 2);
            if (e) {
                self->messages++;
                e->code = self->code;
            }
            return self->code;
        }
        std::int32_t code;
        int tries = 0, messages = 0;
    };
    Fake free{SHMBRIDGE_OK}, held{SHMBRIDGE_E_TIMEOUT}, broken{SHMBRIDGE_E_UNKNOWN};
    CHECK(detail::once(Fake::lock, &free) && free.tries == 1 && free.messages == 0);
    CHECK(!detail::once(Fake::lock, &held) && held.tries == 1 && held.messages == 0);
    CHECK(thrown([&] { detail::once(Fake::lock, &broken); }) == SHMBRIDGE_E_UNKNOWN && broken.messages == 1);
}

// Two threads take two locks, each in its own order.
static void check_several(Type type)
{
    const int rounds = 1000;
    auto a = Segment::create(random_key(Kind::segment, type), sizeof(int), remove_last).value();
    auto b = Segment::create(random_key(Kind::segment, type), sizeof(int), remove_last).value();
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
    check_limits();
    check_trying_once();
    for (auto type : types) {
        check_holding(random_key(Kind::segment, type));
        check_several(type);
    }
    CHECK(shmbridge_handle_count() == 0);
}
