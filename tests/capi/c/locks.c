/* The lock, between handles and between processes: who has it, and who waits in vain. */
#define _GNU_SOURCE
#include "clock.h"
#include "process.h"

#define LIMIT 30 /* milliseconds */

static void expect_timeout(shmbridge_segment *segment)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, 0, &err));
    CHECK(err.code == SHMBRIDGE_E_TIMEOUT && err.message[0] != 0);
    int64_t start = milliseconds();
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, LIMIT, NULL));
    CHECK(milliseconds() - start >= LIMIT - 1);
}

/* It belongs to the handle and does not nest. */
static void one_handle(shmbridge_segment *segment)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(segment, &err));
    CHECK(err.code == SHMBRIDGE_E_NOT_LOCKED && err.message[0] != 0);
    static const int32_t limits[] = {0, 1, INT32_MAX, SHMBRIDGE_FOREVER, INT32_MIN};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, limits[i], NULL));
        expect_timeout(segment);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
        EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(segment, NULL));
    }
}

static void two_handles(const shmbridge_key *key, shmbridge_segment *segment)
{
    shmbridge_segment *other = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    CHECK(segment_info(key).lock_value == 0);
    expect_timeout(other);
    EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(other, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
    expect_timeout(segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL)); /* gives the lock back */
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    CHECK(segment_info(key).lock_value == 1);
}

static void two_processes(const shmbridge_key *key, shmbridge_segment *segment)
{
    struct process holder = start_process("hold", key);
    await(&holder);
    expect_timeout(segment);
    EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(segment, NULL));
    finish(&holder);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    struct process waiter = start_process("wait", key);
    await_lock_waiter(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    await(&waiter);
    expect_timeout(segment);
    finish(&waiter);
}

static int hold(const char *text, int32_t limit)
{
    shmbridge_key *key = parse(text);
    shmbridge_segment *segment = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, limit, NULL));
    say();
    listen_for_the_end();
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, NULL));
    return 0;
}

/* The kernel gives a System V lock back when its holder is killed; another one is taken over. */
static void killed_holder(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type);
    shmbridge_segment *segment;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_create(key, 1, SHMBRIDGE_BREAK_DEAD_LOCK, 0, &segment, NULL));
    struct process holder = start_process("hold", key);
    await(&holder);
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, LIMIT, NULL));
    kill_process(&holder);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return hold(argv[2], strcmp(argv[1], "wait") == 0 ? SHMBRIDGE_FOREVER : 0);
    }
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, types[i]);
        shmbridge_segment *segment = create(key, 8);
        one_handle(segment);
        two_handles(key, segment);
        two_processes(key, segment);
        discard(key, segment);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
        killed_holder(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
