/* Semaphores: their values, and what is out of range. */
#define _GNU_SOURCE

#include "clock.h"
#include "process.h"

#define LIMIT 30 /* milliseconds */

static int32_t largest(int32_t type) { return type == SHMBRIDGE_TYPE_SYSTEMV ? 32767 : INT32_MAX; }

static void expect_open(int32_t want, const shmbridge_key *key, int32_t initial, uint32_t flags)
{
    shmbridge_semaphore *semaphore = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(want, shmbridge_semaphore_open(key, initial, flags, &semaphore, &err));
    CHECK(semaphore == NULL && err.code == want && err.message[0] != 0);
    CHECK(!semaphore_info(key).exists);
}

static void opening(const shmbridge_key *key, int32_t type)
{
    const uint32_t known = SHMBRIDGE_TAKE_OVER | SHMBRIDGE_REQUIRE_OWNER;
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_semaphore_open(key, 0, 0, NULL, NULL));
    for (int bit = 0; bit < 32; bit++) {
        if ((UINT32_C(1) << bit & known) == 0) {
            expect_open(SHMBRIDGE_E_ARGUMENT, key, 0, UINT32_C(1) << bit | known);
        }
    }
    expect_open(SHMBRIDGE_E_RANGE, key, -1, 0);
    expect_open(SHMBRIDGE_E_RANGE, key, INT32_MIN, SHMBRIDGE_TAKE_OVER);
    if (type == SHMBRIDGE_TYPE_SYSTEMV) {
        expect_open(SHMBRIDGE_E_RANGE, key, 32768, 0);
        expect_open(SHMBRIDGE_E_RANGE, key, INT32_MAX, 0);
    }
    for (uint32_t flags = 0; flags <= SHMBRIDGE_TAKE_OVER; flags += SHMBRIDGE_TAKE_OVER) {
        shmbridge_semaphore *semaphore = open_with(key, largest(type), flags);
        CHECK(semaphore_info(key).exists && semaphore_info(key).value == largest(type));
        EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
        CHECK(!semaphore_info(key).exists);
    }
}

static void expect_timeout(shmbridge_semaphore *semaphore)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_semaphore_acquire(semaphore, 0, &err));
    CHECK(err.code == SHMBRIDGE_E_TIMEOUT && err.message[0] != 0);
    int64_t start = milliseconds();
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_semaphore_acquire(semaphore, LIMIT, NULL));
    CHECK(milliseconds() - start >= LIMIT - 1);
}

static void values(const shmbridge_key *key, int32_t type)
{
    shmbridge_semaphore *semaphore = open_with(key, 1, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, 0, NULL));
    expect_timeout(semaphore);
    EXPECT(SHMBRIDGE_E_RANGE, shmbridge_semaphore_release(semaphore, -1, NULL));
    EXPECT(SHMBRIDGE_E_RANGE, shmbridge_semaphore_release(semaphore, INT32_MIN, NULL));
    if (type == SHMBRIDGE_TYPE_SYSTEMV) {
        EXPECT(SHMBRIDGE_E_RANGE, shmbridge_semaphore_release(semaphore, 32768, NULL));
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(semaphore, 0, NULL));
    CHECK(semaphore_info(key).value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(semaphore, largest(type) - 1, NULL));
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_semaphore_release(semaphore, 2, NULL));
    CHECK(semaphore_info(key).value == largest(type) - 1);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(semaphore, 2, NULL));
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_semaphore_release(semaphore, 1, NULL));
    CHECK(semaphore_info(key).value == largest(type));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
}

/* Another process wakes who waits here; on System V the kernel takes back what it had acquired when it ends. */
static void two_processes(const shmbridge_key *key, int32_t type)
{
    shmbridge_semaphore *semaphore = open_with(key, 1, 0);
    struct process acquirer = start_process("acquire", key);
    await(&acquirer);
    expect_timeout(semaphore);
    finish(&acquirer);
    CHECK(semaphore_info(key).value == (type == SHMBRIDGE_TYPE_SYSTEMV ? 1 : 0));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
}

static int acquire(const char *text)
{
    shmbridge_semaphore *semaphore = open_with(parse(text), 0, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, 0, NULL));
    say();
    listen_for_the_end();
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return acquire(argv[2]);
    }
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, types[i]);
        opening(key, types[i]);
        values(key, types[i]);
        two_processes(key, types[i]);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
