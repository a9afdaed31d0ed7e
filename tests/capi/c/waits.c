/*
 * Waits for a lock or a semaphore, in threads that have all signals blocked, as many hosts' threads have, since before they
 * called the library or after that: they end at their time limit, and by cancel, close, and what they wait for.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdatomic.h>

#include "clock.h"
#include "objects.h"
#include "thread.h"

#define LIMIT 100 /* milliseconds */
#define WAITERS 4

struct wait {
    shmbridge_segment *segment;
    shmbridge_semaphore *semaphore;
    int32_t limit, want;
};

static atomic_int threads_begun;

static void block_all_signals(void)
{
    sigset_t all;
    if (atomic_fetch_add(&threads_begun, 1) % 2 == 0) {
        CHECK(shmbridge_handle_count() > 0);
    }
    CHECK(sigfillset(&all) == 0 && pthread_sigmask(SIG_SETMASK, &all, NULL) == 0);
}

static void *wait_for_lock(void *argument)
{
    const struct wait *wait = argument;
    block_all_signals();
    EXPECT(wait->want, shmbridge_segment_lock(wait->segment, wait->limit, NULL));
    return NULL;
}

static void *wait_for_semaphore(void *argument)
{
    const struct wait *wait = argument;
    block_all_signals();
    EXPECT(wait->want, shmbridge_semaphore_acquire(wait->semaphore, wait->limit, NULL));
    return NULL;
}

static void until_the_limit(void *(*run)(void *), struct wait *wait)
{
    int64_t begin = milliseconds();
    wait->limit = LIMIT;
    wait->want = SHMBRIDGE_E_TIMEOUT;
    join(start(run, wait));
    join(start(run, wait));
    CHECK(milliseconds() - begin >= 2 * LIMIT - 2);
    wait->limit = SHMBRIDGE_FOREVER;
}

static void start_all(pthread_t threads[WAITERS], void *(*run)(void *), struct wait *wait)
{
    for (int i = 0; i < WAITERS; i++) {
        threads[i] = start(run, wait);
    }
}

static void join_all(pthread_t threads[WAITERS])
{
    for (int i = 0; i < WAITERS; i++) {
        join(threads[i]);
    }
}

/* Ends the waits that go on, those to come, and no others. */
static void cancel(const shmbridge_key *key, struct wait *wait)
{
    pthread_t threads[WAITERS];
    wait->want = SHMBRIDGE_E_CANCELED;
    start_all(threads, wait_for_lock, wait);
    await_lock_waiter(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_cancel(wait->segment, NULL));
    join_all(threads);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_cancel(wait->segment, NULL));
    EXPECT(SHMBRIDGE_E_CANCELED, shmbridge_segment_lock(wait->segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_E_CANCELED, shmbridge_segment_lock(wait->segment, LIMIT, NULL));
}

static void lock(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type);
    shmbridge_segment *holder = create(key, 1), *other = attach(key);
    struct wait wait = {.segment = attach(key), .limit = SHMBRIDGE_FOREVER, .want = SHMBRIDGE_OK};
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    until_the_limit(wait_for_lock, &wait);

    wait.want = SHMBRIDGE_OK;
    pthread_t thread = start(wait_for_lock, &wait);
    await_lock_waiter(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(holder, NULL));
    join(thread);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(wait.segment, NULL));

    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    cancel(key, &wait);
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(other, 1, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(holder, NULL));
    for (int i = 0; i < 3; i++) { /* a free lock can be taken, all the same */
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(wait.segment, SHMBRIDGE_FOREVER, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(wait.segment, NULL));
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(wait.segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, SHMBRIDGE_FOREVER, NULL));
    discard(key, holder);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void semaphore(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, type);
    struct wait wait = {.limit = SHMBRIDGE_FOREVER};
    pthread_t threads[WAITERS];
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(key, 0, 0, &wait.semaphore, NULL));
    until_the_limit(wait_for_semaphore, &wait);

    wait.want = SHMBRIDGE_OK;
    start_all(threads, wait_for_semaphore, &wait);
    await_semaphore_waiter(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(wait.semaphore, WAITERS, NULL));
    join_all(threads);

    wait.want = SHMBRIDGE_E_DETACHED;
    start_all(threads, wait_for_semaphore, &wait);
    while (semaphore_info(key).waiting != WAITERS) { /* who comes later gets E_HANDLE */
        sched_yield();
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(wait.semaphore, NULL));
    join_all(threads);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

/* Detaching with the lock held by this handle ends the waits of others for the same handle. */
static void detach(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type);
    struct wait wait = {.segment = create(key, 1), .limit = SHMBRIDGE_FOREVER, .want = SHMBRIDGE_E_DETACHED};
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(wait.segment, 0, NULL));
    pthread_t thread = start(wait_for_lock, &wait);
    await_lock_waiter(key);
    discard(key, wait.segment);
    join(thread);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        lock(types[i]);
        semaphore(types[i]);
        for (int round = 0; round < 20; round++) {
            detach(types[i]);
        }
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
