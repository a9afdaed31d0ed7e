/* No call changes a thread's signal mask, nor the alternate signal stack of a thread that has one. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

#include "calls.h"
#include "thread.h"

#define PATIENCE 20 /* seconds, for a wait that does not end */

static sigset_t mask_of_thread(void)
{
    sigset_t mask;
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &mask) == 0);
    return mask;
}

static void expect_mask(const sigset_t *want, const char *after)
{
    sigset_t got = mask_of_thread();
    for (int sig = 1; sig <= SIGRTMAX; sig++) {
        if (sigismember(&got, sig) != sigismember(want, sig)) {
            fprintf(stderr, "after %s signal %d is %s\n", after, sig, sigismember(&got, sig) ? "blocked" : "not blocked");
            exit(1);
        }
    }
}

/* All calls with this mask, and one that goes on to wait in the library. */
static void with_mask(int32_t type, const sigset_t *mask)
{
    struct objects o;
    open_objects(&o, type);
    CHECK(pthread_sigmask(SIG_SETMASK, mask, NULL) == 0);
    sigset_t set = mask_of_thread(); /* SIGKILL and SIGSTOP never are in it */
    for (size_t i = 0; i < CALLS_COUNT; i++) {
        calls[i].call(&o, NULL);
        expect_mask(&set, calls[i].name);
        if (calls[i].call == call_segment_lock) {
            EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(o.segment, 1, NULL));
            expect_mask(&set, "a wait for the lock");
            EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(o.segment, NULL));
            expect_mask(&set, "shmbridge_segment_unlock");
        }
        close_new(&o);
    }
    remove_objects(&o, type);
    expect_mask(&set, "the end");
}

static void block_all(sigset_t *mask)
{
    CHECK(sigfillset(mask) == 0 && pthread_sigmask(SIG_SETMASK, mask, NULL) == 0);
}

static void *with_masks(void *argument)
{
    int32_t type = *(const int32_t *)argument;
    sigset_t mask;
    CHECK(sigemptyset(&mask) == 0);
    with_mask(type, &mask);
    for (int sig = 1; sig <= SIGRTMAX; sig += 2) {
        (void)sigaddset(&mask, sig); /* refuses those of glibc's own */
    }
    with_mask(type, &mask);
    CHECK(sigfillset(&mask) == 0);
    with_mask(type, &mask);
    return NULL;
}

/* The library does more in a thread's first call. */
static void *blocked_before_the_first_call(void *argument)
{
    sigset_t mask;
    block_all(&mask);
    mask = mask_of_thread();
    shmbridge_handle_count();
    expect_mask(&mask, "the first call");
    with_mask(*(const int32_t *)argument, &mask);
    return NULL;
}

/* A thread with a signal stack of its own. */
static void *with_stack(void *argument)
{
    static char memory[64 * 1024];
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory}, before, after;
    CHECK(sigaltstack(&stack, &before) == 0);
    with_masks(argument);
    CHECK(sigaltstack(&before, &after) == 0);
    CHECK(after.ss_sp == memory && after.ss_size == sizeof memory && after.ss_flags == 0);
    return NULL;
}

int main(void)
{
    alarm(PATIENCE);
    for (size_t i = 0; i < TYPES; i++) {
        int32_t type = types[i];
        sigset_t before = mask_of_thread();
        join(start(blocked_before_the_first_call, &type));
        join(start(with_masks, &type));
        join(start(with_stack, &type));
        expect_mask(&before, "what other threads did");
        with_masks(&type);
        CHECK(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
