/* Objects with random names, and waiting for what other threads and processes do with them. */
#ifndef SHMBRIDGE_TESTS_OBJECTS_H
#define SHMBRIDGE_TESTS_OBJECTS_H

#include <sched.h>
#include <string.h>

#include "expect.h"
#include "system.h"

#define NAME_SIZE 32
#define TEXT_SIZE 1024

static inline const char *random_name(char name[NAME_SIZE])
{
    unsigned long long random;
    CHECK(fill_with_random(&random, sizeof random));
    CHECK(snprintf(name, NAME_SIZE, "ctest%016llx", random) < NAME_SIZE);
    return name;
}

static inline shmbridge_key *random_key(int32_t kind, int32_t type)
{
    char name[NAME_SIZE];
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(kind, random_name(name), type, NULL, &key, NULL));
    return key;
}

static inline shmbridge_segment *create(const shmbridge_key *key, size_t size)
{
    shmbridge_segment *segment;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_create(key, size, 0, SHMBRIDGE_FOREVER, &segment, NULL));
    return segment;
}

static inline shmbridge_segment *attach(const shmbridge_key *key)
{
    shmbridge_segment *segment;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, 0, SHMBRIDGE_FOREVER, &segment, NULL));
    return segment;
}

static inline shmbridge_semaphore *open_with(const shmbridge_key *key, int32_t initial, uint32_t flags)
{
    shmbridge_semaphore *semaphore;
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(key, initial, flags, &semaphore, NULL));
    return semaphore;
}

/* Detaches the last attachment, which on POSIX leaves the segment to be removed. */
static inline void discard(const shmbridge_key *key, shmbridge_segment *segment)
{
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, NULL));
    if (shmbridge_key_family(key) == SHMBRIDGE_FAMILY_POSIX) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(key, 0, SHMBRIDGE_FOREVER, NULL));
    }
}

static inline shmbridge_segment_info segment_info(const shmbridge_key *key)
{
    shmbridge_segment_info info = {.struct_size = sizeof info};
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_stat(key, &info, NULL));
    return info;
}

static inline shmbridge_semaphore_info semaphore_info(const shmbridge_key *key)
{
    shmbridge_semaphore_info info = {.struct_size = sizeof info};
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_stat(key, &info, NULL));
    return info;
}

/* Returns once a thread waits for the lock of the segment, or for the semaphore; on Windows, which does not tell, at once. */
static inline void await_lock_waiter(const shmbridge_key *key)
{
    while (segment_info(key).lock_waiting == 0) {
        sched_yield();
    }
}

static inline void await_semaphore_waiter(const shmbridge_key *key)
{
    while (semaphore_info(key).waiting == 0) {
        sched_yield();
    }
}

#endif
