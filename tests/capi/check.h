/* CHECK(cond) for the test programs: prints what does not hold, and where, and ends the program with status 1. */
#ifndef SHMBRIDGE_TESTS_CHECK_H
#define SHMBRIDGE_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(cond) ((cond) ? (void)0 : check_failed(__FILE__, __LINE__, #cond))

static inline void check_failed(const char *file, int line, const char *cond)
{
    fprintf(stderr, "%s:%d: CHECK(%s) failed\n", file, line, cond);
    exit(1);
}

#endif
