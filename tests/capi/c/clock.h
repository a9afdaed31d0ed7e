/* The time, for limits. */
#ifndef SHMBRIDGE_TESTS_CLOCK_H
#define SHMBRIDGE_TESTS_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "../check.h"

static inline int64_t milliseconds(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
