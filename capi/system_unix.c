//go:build unix

#define _GNU_SOURCE
#include "system.h"

#include <pthread.h>
#include <signal.h>
#include <sys/sem.h>

int shmbridge_forked;

static void forked(void) { shmbridge_forked = 1; }

__attribute__((constructor)) static void watch_forks(void) { pthread_atfork(NULL, NULL, forked); }

/* The first call of a thread lets some signals through that it blocks, for good. */
static __thread int known_to_go;
static __thread sigset_t mask_before;

void shmbridge_enter_go(void) {
    if (!known_to_go)
        pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
}

int32_t shmbridge_leave_go(int32_t result) {
    if (!known_to_go)
        pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    known_to_go = 1;
    return result;
}

static const int faults[] = {SIGSEGV, SIGBUS};
enum { FAULTS = sizeof faults / sizeof *faults };

unsigned shmbridge_unblock_faults(void) {
    unsigned blocked = 0;
    sigset_t set, before;
    sigemptyset(&set);
    for (int i = 0; i < FAULTS; i++)
        sigaddset(&set, faults[i]);
    pthread_sigmask(SIG_UNBLOCK, &set, &before);
    for (int i = 0; i < FAULTS; i++)
        if (sigismember(&before, faults[i]))
            blocked |= 1u << i;
    return blocked;
}

int32_t shmbridge_block_faults(unsigned blocked, int32_t result) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < FAULTS; i++)
        if (blocked & 1u << i)
            sigaddset(&set, faults[i]);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return result;
}

int shmbridge_semop(int semid, short by) {
    struct sembuf op = {0, by, IPC_NOWAIT | SEM_UNDO};
    return semop(semid, &op, 1);
}
