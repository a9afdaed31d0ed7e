/*
 * Handlers that are installed after the library was loaded, with SA_ONSTACK: they get their signals while threads are in
 * the library, and these go on as if nothing had happened.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdatomic.h>

#include "clock.h"
#include "objects.h"
#include "thread.h"

#define LIMIT 50     /* milliseconds */
#define SIGNALS 2000 /* at least, in each family */
#define ROUNDS 3

static atomic_int handled, over;

static void handle(int sig)
{
    (void)sig;
    atomic_fetch_add(&handled, 1);
}

static void install(int sig, int flags)
{
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK | flags};
    CHECK(sigaction(sig, &action, NULL) == 0);
}

struct work {
    shmbridge_segment *segment;
    shmbridge_semaphore *semaphore;
};

/* Waits in vain, to the end. */
static void *wait_and_copy(void *argument)
{
    const struct work *work = argument;
    char buf[4096];
    for (int i = 0; i < ROUNDS || atomic_load(&handled) < SIGNALS; i++) {
        int64_t begin = milliseconds();
        EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(work->segment, LIMIT, NULL));
        EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_semaphore_acquire(work->semaphore, LIMIT, NULL));
        CHECK(milliseconds() - begin >= 2 * LIMIT - 2);
        for (int n = 0; n < 100; n++) {
            EXPECT(SHMBRIDGE_OK, shmbridge_segment_write(work->segment, 0, buf, sizeof buf, NULL, NULL));
            EXPECT(SHMBRIDGE_OK, shmbridge_segment_read(work->segment, 0, buf, sizeof buf, NULL, NULL));
        }
    }
    atomic_store(&over, 1);
    return NULL;
}

static void bombard(pthread_t thread)
{
    static const int sigs[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD};
    for (size_t i = 0; !atomic_load(&over); i++) {
        CHECK(pthread_kill(thread, sigs[i % (sizeof sigs / sizeof sigs[0])]) == 0);
        sched_yield();
    }
}

static void play(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type), *semaphore_key = random_key(SHMBRIDGE_SEMAPHORE, type);
    struct work work = {.segment = create(key, 4096)};
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(semaphore_key, 0, 0, &work.semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(work.segment, 0, NULL));
    atomic_store(&handled, 0);
    atomic_store(&over, 0);
    pthread_t thread = start(wait_and_copy, &work);
    bombard(thread);
    join(thread);
    CHECK(atomic_load(&handled) >= SIGNALS);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(work.semaphore, NULL));
    discard(key, work.segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(semaphore_key, NULL));
}

int main(void)
{
    CHECK(shmbridge_handle_count() == 0);
    install(SIGUSR1, 0);
    install(SIGUSR2, SA_RESTART);
    install(SIGALRM, 0);
    install(SIGCHLD, SA_RESTART);
    for (size_t i = 0; i < TYPES; i++) {
        play(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
