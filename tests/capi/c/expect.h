/* EXPECT(code, call): the call must return that code. */
#ifndef SHMBRIDGE_TESTS_EXPECT_H
#define SHMBRIDGE_TESTS_EXPECT_H

#include <shmbridge.h>

#include "../check.h"

#define EXPECT(want, call) expect(__FILE__, __LINE__, #call, (want), (call))

static inline void expect(const char *file, int line, const char *call, int32_t want, int32_t got)
{
    if (got == want) {
        return;
    }
    fprintf(stderr, "%s:%d: %s gave %s (%d), not %s\n", file, line, call, shmbridge_error_name(got), got,
            shmbridge_error_name(want));
    exit(1);
}

#endif
