/* Threads that must not fail to start or to end. */
#ifndef SHMBRIDGE_TESTS_THREAD_H
#define SHMBRIDGE_TESTS_THREAD_H

#include <pthread.h>

#include "../check.h"

static inline pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, run, argument) == 0);
    return thread;
}

static inline void join(pthread_t thread) { CHECK(pthread_join(thread, NULL) == 0); }

#endif
