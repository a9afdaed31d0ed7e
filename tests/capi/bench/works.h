/* The works that tests/bench measures, as programs in C do them with libshmbridge. */
#ifndef SHMBRIDGE_TESTS_BENCH_WORKS_H
#define SHMBRIDGE_TESTS_BENCH_WORKS_H

#include <shmbridge.h>
#include <stdbool.h>

/* What a work needs; zeros, but for key, until it is prepared. */
struct tools {
    shmbridge_key *key;         /* of the segment, which tests/bench keeps alive */
    shmbridge_segment *segment; /* an attachment, unless attaching is the work */
    shmbridge_segment *other;   /* a second attachment, which holds the lock, if the work is to want it in vain */
};

/* One work. Both functions return a code, and set the error as those of the library do. */
struct work {
    const char *name;
    int32_t (*prepare)(struct tools *tools, shmbridge_error *err);
    int32_t (*repeat)(const struct tools *tools, long times, shmbridge_error *err);
};

/* The work of that name, or NULL. */
const struct work *find_work(const char *name);

/* Gives back what prepare got, and the key. */
int32_t put_away(struct tools *tools, shmbridge_error *err);

#endif
