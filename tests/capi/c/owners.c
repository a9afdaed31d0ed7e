/* Whoever makes a semaphore, or takes it over, removes it. */
#define _GNU_SOURCE
#include "objects.h"

static void check(const shmbridge_key *key)
{
    shmbridge_semaphore *maker = open_with(key, 3, SHMBRIDGE_REQUIRE_OWNER), *user = open_with(key, 7, 0);
    CHECK(semaphore_info(key).value == 3);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(user, NULL));
    CHECK(semaphore_info(key).exists);
    shmbridge_semaphore *taker = open_with(key, 5, SHMBRIDGE_TAKE_OVER | SHMBRIDGE_REQUIRE_OWNER);
    CHECK(semaphore_info(key).value == 5);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(taker, NULL));
    CHECK(!semaphore_info(key).exists);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(maker, NULL));
    CHECK(!semaphore_info(key).exists);
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, types[i]);
        check(key);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
