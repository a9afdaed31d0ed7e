/*
 * A handle that one thread closes while others use it: they get what they asked for, SHMBRIDGE_E_HANDLE or
 * SHMBRIDGE_E_DETACHED, and nothing else happens. Threads that open and close handles of their own keep the table busy.
 */
#define _GNU_SOURCE
#include <stdatomic.h>

#include "objects.h"
#include "thread.h"

#define USERS 4
#define ROUNDS 100

/* What the users use now: the main thread replaces it again and again. */
static struct {
    shmbridge_key *key;
    _Atomic(shmbridge_segment *) segment;
    _Atomic(shmbridge_semaphore *) semaphore;
    atomic_int stop;
    atomic_ullong uses;
} shared;

static int gone(int32_t code) { return code == SHMBRIDGE_E_HANDLE || code == SHMBRIDGE_E_DETACHED; }

#define EXPECT_OK_OR_GONE(call) \
    do { \
        int32_t got = (call); \
        if (!gone(got)) { \
            expect(__FILE__, __LINE__, #call, SHMBRIDGE_OK, got); \
        } \
    } while (0)

static void use_segment(shmbridge_segment *segment)
{
    char buf[8] = "x";
    EXPECT_OK_OR_GONE(shmbridge_segment_read(segment, 0, buf, sizeof buf, NULL, NULL));
    EXPECT_OK_OR_GONE(shmbridge_segment_write(segment, 0, buf, sizeof buf, NULL, NULL));
    size_t size = shmbridge_segment_size(segment);
    CHECK(size == 0 || size >= sizeof buf);
    (void)shmbridge_segment_data(segment);
    int32_t code = shmbridge_segment_lock(segment, SHMBRIDGE_FOREVER, NULL);
    if (code == SHMBRIDGE_OK) { /* detaching gives the lock back */
        code = shmbridge_segment_unlock(segment, NULL);
        if (code == SHMBRIDGE_E_NOT_LOCKED) {
            return;
        }
    }
    EXPECT_OK_OR_GONE(code);
}

static void use_semaphore(shmbridge_semaphore *semaphore)
{
    EXPECT_OK_OR_GONE(shmbridge_semaphore_release(semaphore, 1, NULL));
    EXPECT_OK_OR_GONE(shmbridge_semaphore_acquire(semaphore, SHMBRIDGE_FOREVER, NULL));
}

static void *use(void *nothing)
{
    while (!atomic_load(&shared.stop)) {
        use_segment(atomic_load(&shared.segment));
        use_semaphore(atomic_load(&shared.semaphore));
        atomic_fetch_add(&shared.uses, 1);
    }
    return nothing;
}

/* Its handles are nobody else's business. */
static void *open_and_close(void *nothing)
{
    while (!atomic_load(&shared.stop)) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SAFE_TYPE);
        CHECK(shmbridge_key_type(key) == SAFE_TYPE);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    return nothing;
}

static shmbridge_semaphore *open_semaphore(const shmbridge_key *key)
{
    shmbridge_semaphore *semaphore;
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(key, 1, 0, &semaphore, NULL));
    return semaphore;
}

/* Closes them under the users' hands, when these have begun to use them, and lets them have others. */
static void replace(const shmbridge_key *segment_key, const shmbridge_key *semaphore_key)
{
    shmbridge_segment *segment = atomic_load(&shared.segment);
    shmbridge_semaphore *semaphore = atomic_load(&shared.semaphore);
    for (unsigned long long before = atomic_load(&shared.uses); atomic_load(&shared.uses) < before + 2;) {
        sched_yield();
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
    EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_segment_detach(segment, 0, NULL));
    EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_semaphore_close(semaphore, NULL));
    atomic_store(&shared.segment, attach(segment_key));
    atomic_store(&shared.semaphore, open_semaphore(semaphore_key));
}

static void play(int32_t type)
{
    pthread_t threads[USERS];
    shmbridge_key *segment_key = random_key(SHMBRIDGE_SEGMENT, type), *semaphore_key = random_key(SHMBRIDGE_SEMAPHORE, type);
    shmbridge_segment *keeper = create(segment_key, 8);
    shmbridge_semaphore *maker = open_semaphore(semaphore_key);
    atomic_store(&shared.stop, 0);
    atomic_store(&shared.segment, attach(segment_key));
    atomic_store(&shared.semaphore, open_semaphore(semaphore_key));
    for (int i = 0; i < USERS; i++) {
        threads[i] = start(i == 0 ? open_and_close : use, NULL);
    }
    for (int i = 0; i < ROUNDS; i++) {
        replace(segment_key, semaphore_key);
    }
    atomic_store(&shared.stop, 1);
    /* Users that were interrupted between release and acquire must not wait for the next one. */
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_release(maker, USERS, NULL));
    for (int i = 0; i < USERS; i++) {
        join(threads[i]);
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(shared.segment, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(shared.semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(maker, NULL));
    discard(segment_key, keeper);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(segment_key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(semaphore_key, NULL));
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        play(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
