/* The lock, between handles and between processes: who has it, who waits in vain, and who lost it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/sem.h>

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

/* The kernel gives a System V lock back when its holder is killed; a POSIX lock is taken over. */
static void killed_holder(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type);
    shmbridge_segment *segment;
    int status;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_create(key, 1, SHMBRIDGE_BREAK_DEAD_LOCK, 0, &segment, NULL));
    struct process holder = start_process("hold", key);
    await(&holder);
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(segment, LIMIT, NULL));
    CHECK(kill(holder.pid, SIGKILL) == 0 && waitpid(holder.pid, &status, 0) == holder.pid);
    CHECK(close(holder.in) == 0 && close(holder.out) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

/* Somebody removes the System V semaphore while the lock is held: it is told once, and the lock made anew. */
static void lost(void)
{
    char name[NAME_SIZE], path[TEXT_SIZE];
    shmbridge_key *key, *lock;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, random_name(name), 0, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEMAPHORE, name, 0, NULL, &lock, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(lock, path, sizeof path, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(lock, NULL));
    shmbridge_segment *segment = create(key, 1), *other = attach(key);
    for (int round = 0; round < 3; round++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
        CHECK(segment_info(key).lock_exists);
        int id = semget(ftok(path, SHMBRIDGE_TYPE_SYSTEMV), 1, 0);
        CHECK(id >= 0 && semctl(id, 0, IPC_RMID) == 0);
        EXPECT(SHMBRIDGE_E_LOCK_LOST, shmbridge_segment_unlock(segment, &err));
        CHECK(err.code == SHMBRIDGE_E_LOCK_LOST && err.message[0] != 0);
        EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(segment, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
        expect_timeout(other);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(other, NULL));
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
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
    lost();
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
