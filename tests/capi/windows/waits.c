/*
 * Waits for a lock or a semaphore: they end at their time limit, and by cancel, close, detach, and what they wait for. Windows
 * does not tell who waits, so that some of them may begin only when that has happened: it ends them too.
 */
#include "../c/clock.h"
#include "../c/objects.h"
#include "../c/thread.h"

#define LIMIT 100 /* milliseconds */
#define WAITERS 4

struct wait {
    shmbridge_segment *segment;
    shmbridge_semaphore *semaphore;
    int32_t limit, want, or_want;
};

static void expect_either(const struct wait *wait, int32_t got)
{
    if (got != wait->or_want) {
        EXPECT(wait->want, got);
    }
}

static void *wait_for_lock(void *argument)
{
    const struct wait *wait = argument;
    expect_either(wait, shmbridge_segment_lock(wait->segment, wait->limit, NULL));
    return NULL;
}

static void *wait_for_semaphore(void *argument)
{
    const struct wait *wait = argument;
    expect_either(wait, shmbridge_semaphore_acquire(wait->semaphore, wait->limit, NULL));
    return NULL;
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

static void until_the_limit(void *(*run)(void *), struct wait wait)
{
    int64_t begin = milliseconds();
    wait.limit = LIMIT;
    wait.want = wait.or_want = SHMBRIDGE_E_TIMEOUT;
    join(start(run, &wait));
    CHECK(milliseconds() - begin >= LIMIT - 1);
}

static void lock(const shmbridge_key *key)
{
    pthread_t threads[WAITERS];
    shmbridge_segment *holder = create(key, 1);
    struct wait wait = {.segment = attach(key), .limit = SHMBRIDGE_FOREVER, .want = SHMBRIDGE_OK, .or_want = SHMBRIDGE_OK};
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    until_the_limit(wait_for_lock, wait);
    pthread_t one = start(wait_for_lock, &wait);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(holder, NULL));
    join(one);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(wait.segment, NULL));

    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    wait.want = wait.or_want = SHMBRIDGE_E_CANCELED;
    start_all(threads, wait_for_lock, &wait);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_cancel(wait.segment, NULL));
    join_all(threads);

    shmbridge_segment *canceled = wait.segment;
    wait.segment = holder;
    wait.want = SHMBRIDGE_E_DETACHED;
    wait.or_want = SHMBRIDGE_E_HANDLE;
    start_all(threads, wait_for_lock, &wait);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(holder, SHMBRIDGE_FOREVER, NULL));
    join_all(threads);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(canceled, SHMBRIDGE_FOREVER, NULL));
}

static void semaphore(void)
{
    pthread_t threads[WAITERS];
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, SHMBRIDGE_TYPE_LEGACY);
    struct wait wait = {.semaphore = open_with(key, 0, 0), .limit = SHMBRIDGE_FOREVER, .want = SHMBRIDGE_OK, .or_want = SHMBRIDGE_OK};
    until_the_limit(wait_for_semaphore, wait);
    start_all(threads, wait_for_semaphore, &wait);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(wait.semaphore, WAITERS, NULL));
    join_all(threads);

    wait.want = SHMBRIDGE_E_DETACHED;
    wait.or_want = SHMBRIDGE_E_HANDLE;
    start_all(threads, wait_for_semaphore, &wait);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(wait.semaphore, NULL));
    join_all(threads);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    for (int round = 0; round < 5; round++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_LEGACY);
        lock(key);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
        semaphore();
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
