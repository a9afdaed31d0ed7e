/* Making, attaching to, detaching from and removing segments: what each of them refuses, and what they then leave alone. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects.h"

#define SIZE 100

static shmbridge_segment *const nothing = (shmbridge_segment *)&nothing;

static void expect_create(int32_t want, const shmbridge_key *key, size_t size, uint32_t flags)
{
    shmbridge_segment *segment = nothing;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(want, shmbridge_segment_create(key, size, flags, 0, &segment, &err));
    CHECK(segment == nothing && err.code == want && err.message[0] != 0);
}

static void expect_attach(int32_t want, const shmbridge_key *key, uint32_t flags)
{
    shmbridge_segment *segment = nothing;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(want, shmbridge_segment_attach(key, flags, 0, &segment, &err));
    CHECK(segment == nothing && err.code == want && err.message[0] != 0);
}

static void expect_remove(int32_t want, const shmbridge_key *key, uint32_t flags)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(want, shmbridge_segment_remove(key, flags, 0, &err));
    CHECK(err.code == want && err.message[0] != 0);
}

static void arguments(const shmbridge_key *key)
{
    const uint32_t create = SHMBRIDGE_READ_ONLY | SHMBRIDGE_REQUIRE_OWNER | SHMBRIDGE_REMOVE_LAST | SHMBRIDGE_BREAK_DEAD_LOCK;
    const uint32_t remove = SHMBRIDGE_REQUIRE_OWNER | SHMBRIDGE_BREAK_DEAD_LOCK;
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_segment_create(key, 1, 0, 0, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_segment_attach(key, 0, 0, NULL, NULL));
    for (int bit = 0; bit < 32; bit++) {
        uint32_t flag = UINT32_C(1) << bit;
        if ((flag & create) == 0) {
            expect_create(SHMBRIDGE_E_ARGUMENT, key, SIZE, flag);
            expect_create(SHMBRIDGE_E_ARGUMENT, key, SIZE, flag | create);
            expect_attach(SHMBRIDGE_E_ARGUMENT, key, flag);
        }
        if ((flag & remove) == 0) {
            expect_remove(SHMBRIDGE_E_ARGUMENT, key, flag);
        }
    }
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists);
}

static void sizes(const shmbridge_key *key)
{
    expect_create(SHMBRIDGE_E_SIZE, key, 0, 0);
    expect_create(SHMBRIDGE_E_SIZE, key, SIZE_MAX, 0);
    expect_create(SHMBRIDGE_E_SIZE, key, (size_t)PTRDIFF_MAX + 1, 0);
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists);
}

static void nobody_there(const shmbridge_key *key)
{
    expect_attach(SHMBRIDGE_E_NOT_FOUND, key, 0);
    expect_attach(SHMBRIDGE_E_NOT_FOUND, key, SHMBRIDGE_READ_ONLY | SHMBRIDGE_REMOVE_LAST);
    expect_remove(SHMBRIDGE_E_NOT_FOUND, key, 0);
}

static void somebody_there(const shmbridge_key *key)
{
    shmbridge_segment *segment = create(key, SIZE), *other;
    char *data = shmbridge_segment_data(segment);
    CHECK((uintptr_t)data % (uintptr_t)sysconf(_SC_PAGESIZE) == 0 && shmbridge_segment_size(segment) == SIZE);
    CHECK(shmbridge_segment_requested_size(segment) == SIZE);
    for (size_t i = 0; i < SIZE; i++) {
        CHECK(data[i] == 0);
    }
    data[0] = 42;
    expect_create(SHMBRIDGE_E_EXISTS, key, SIZE, 0);
    expect_create(SHMBRIDGE_E_EXISTS, key, SIZE * 2, SHMBRIDGE_REQUIRE_OWNER);
    expect_remove(SHMBRIDGE_E_IN_USE, key, 0);
    for (uint32_t flags = 0; flags < 16; flags++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, flags & ~4u, SHMBRIDGE_FOREVER, &other, NULL));
        char *seen = shmbridge_segment_data(other);
        CHECK(seen != data && seen[0] == 42 && shmbridge_segment_size(other) == SIZE);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, SHMBRIDGE_FOREVER, NULL));
    }
    CHECK(data[0] == 42);
    discard(key, segment);
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists && !segment_info(key).key_file_exists);
}

/* All calls that need the lock end in time when another has it. */
static void lock_is_held(const shmbridge_key *key)
{
    shmbridge_segment *holder = create(key, SIZE), *other = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    expect_attach(SHMBRIDGE_E_TIMEOUT, key, 0);
    expect_attach(SHMBRIDGE_E_TIMEOUT, key, SHMBRIDGE_READ_ONLY | SHMBRIDGE_BREAK_DEAD_LOCK);
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_detach(other, 10, NULL));
    CHECK(segment_info(key).attached >= 1 && segment_info(key).lock_value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(holder, 0, NULL)); /* gives the lock back */
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
    discard(key, other);
}

/* The lock can be there, and held, before the segment is. */
static void lock_is_held_without_segment(int32_t type)
{
    char name[NAME_SIZE];
    shmbridge_key *key, *lock_key;
    shmbridge_semaphore *lock;
    random_name(name);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, name, type, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEMAPHORE, name, type, NULL, &lock_key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(lock_key, 0, 0, &lock, NULL));
    expect_create(SHMBRIDGE_E_TIMEOUT, key, SIZE, 0);
    expect_remove(SHMBRIDGE_E_IN_USE, key, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(lock, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(lock_key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

/* The last one to detach removes a System V segment, and a POSIX one if told so. */
static void last_one_removes(const shmbridge_key *key)
{
    shmbridge_segment *first, *last;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_create(key, 1, SHMBRIDGE_REMOVE_LAST, 0, &first, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, SHMBRIDGE_REMOVE_LAST, 0, &last, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(first, 0, NULL));
    CHECK(segment_info(key).exists);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(last, 0, NULL));
    CHECK(!segment_info(key).exists && !segment_info(key).lock_exists && !segment_info(key).key_file_exists);
}

static void unfinished_posix(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_POSIX);
    char path[TEXT_SIZE] = "/dev/shm";
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(key, path + strlen(path), 256, NULL, NULL));
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    CHECK(fd >= 0 && close(fd) == 0);
    expect_attach(SHMBRIDGE_E_SIZE, key, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(key, 0, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

/* Every function of a key that cannot work. */
static void expect_key_refused(int32_t want, const char *text)
{
    shmbridge_key *key;
    shmbridge_semaphore *semaphore = NULL;
    shmbridge_segment_info segment_info = {.struct_size = sizeof segment_info};
    shmbridge_semaphore_info semaphore_info = {.struct_size = sizeof semaphore_info};
    EXPECT(SHMBRIDGE_OK, shmbridge_key_parse(text, NULL, &key, NULL));
    expect_create(want, key, SIZE, 0);
    EXPECT(want, shmbridge_semaphore_open(key, 1, 0, &semaphore, NULL));
    CHECK(semaphore == NULL);
    if (want == SHMBRIDGE_E_UNSUPPORTED) {
        expect_attach(want, key, 0);
        expect_remove(want, key, 0);
        EXPECT(want, shmbridge_segment_stat(key, &segment_info, NULL));
        EXPECT(want, shmbridge_semaphore_stat(key, &semaphore_info, NULL));
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void name_too_long(int32_t type)
{
    char name[5000];
    shmbridge_key *key;
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = 0;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, name, type, NULL, &key, NULL));
    expect_create(SHMBRIDGE_E_KEY, key, SIZE, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, types[i]);
        arguments(key);
        sizes(key);
        nobody_there(key);
        somebody_there(key);
        lock_is_held(key);
        last_one_removes(key);
        lock_is_held_without_segment(types[i]);
        name_too_long(types[i]);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    unfinished_posix();
    expect_key_refused(SHMBRIDGE_E_UNSUPPORTED, "windows:x");
    expect_key_refused(SHMBRIDGE_E_KEY, "systemv:/nosuch/directory/x");
    expect_key_refused(SHMBRIDGE_E_KEY, "posix:/no/such");
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
