// Semaphore.
#include "objects.hpp"

using namespace shmbridge;
using namespace std::chrono_literals;

static void check_counting(const Key &key)
{
    CHECK(!Semaphore::stat(key)->exists);
    auto semaphore = Semaphore::open(key, 2).value();
    CHECK(Semaphore::stat(key)->exists && Semaphore::stat(key)->value == 2);
    semaphore.acquire();
    CHECK(semaphore.take(0ms) && Semaphore::stat(key)->value == 0);
    CHECK(!semaphore.try_acquire() && !semaphore.try_acquire_for(1ms) && fails(semaphore.take(1ms), SHMBRIDGE_E_TIMEOUT));
    CHECK(semaphore.give() && semaphore.give(3) && Semaphore::stat(key)->value == 4);
    CHECK(semaphore.try_acquire() && semaphore.try_acquire_for(1h) && fails(semaphore.give(-1), SHMBRIDGE_E_RANGE));
    CHECK(Semaphore::open(key, 9)->handle() && Semaphore::stat(key)->value == 2);

    auto owner = Semaphore::open(key, 7, take_over).value();
    CHECK(Semaphore::stat(key)->value == 7);
    owner.close();
    CHECK(!Semaphore::stat(key)->exists);
}

int main()
{
    for (auto type : types)
        check_counting(random_key(Kind::semaphore, type));
    CHECK(fails(Semaphore::open(random_key(Kind::semaphore, Type::posix), -1), SHMBRIDGE_E_RANGE) && fails(Semaphore::stat(Key()), SHMBRIDGE_E_HANDLE));
    CHECK(thrown([] { Semaphore().acquire(); }) == SHMBRIDGE_E_HANDLE && thrown([] { static_cast<void>(Semaphore().try_acquire()); }) == SHMBRIDGE_E_HANDLE);
    CHECK(shmbridge_handle_count() == 0);
}
