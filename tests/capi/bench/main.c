/*
 * capibench systemv|posix WORK NAME: prepares the work and says "ready VERSION"; then, for every number on standard input,
 * does it that many times and answers with the nanoseconds that this took. The first number is 0. Ends with its input.
 */
#define _POSIX_C_SOURCE 200809L
#include "works.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Works as often as the input says, until it ends. */
static int32_t serve(const struct work *work, const struct tools *tools, shmbridge_error *err)
{
    long times;
    while (scanf("%ld", &times) == 1) {
        long long start = now();
        int32_t code = work->repeat(tools, times, err);
        if (code != SHMBRIDGE_OK)
            return code;
        printf("%lld\n", now() - start);
        fflush(stdout);
    }
    return SHMBRIDGE_OK;
}

static int32_t run(const struct work *work, int32_t type, const char *name, shmbridge_error *err)
{
    struct tools tools = {0};
    int32_t code = shmbridge_key_legacy(SHMBRIDGE_SEGMENT, name, type, NULL, &tools.key, err);
    if (code == SHMBRIDGE_OK)
        code = work->prepare(&tools, err);
    if (code != SHMBRIDGE_OK)
        return code;
    printf("ready %s\n", shmbridge_version());
    fflush(stdout);
    code = serve(work, &tools, err);
    return code == SHMBRIDGE_OK ? put_away(&tools, err) : code;
}

int main(int argc, char **argv)
{
    const struct work *work = argc == 4 ? find_work(argv[2]) : NULL;
    int posix = work && strcmp(argv[1], "posix") == 0;
    if (!work || (!posix && strcmp(argv[1], "systemv") != 0)) {
        fputs("usage: capibench systemv|posix WORK NAME\n", stderr);
        return 2;
    }
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (run(work, posix ? SHMBRIDGE_TYPE_POSIX : SHMBRIDGE_TYPE_SYSTEMV, argv[3], &err) == SHMBRIDGE_OK)
        return 0;
    fprintf(stderr, "capibench %s %s %s: %s\n", argv[1], argv[2], argv[3], err.message);
    return 1;
}
