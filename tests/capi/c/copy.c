/* Reading and writing: every edge of offset and count, and memory that is not there or must not be written. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "objects.h"
#include "thread.h"

#define SIZE 100
#define CANARY 0x5a

/* count bytes from offset on, of which so many are in the segment. */
static void expect_copied(shmbridge_segment *segment, size_t offset, size_t count, size_t want)
{
    unsigned char buf[SIZE * 2 + 1], *memory = shmbridge_segment_data(segment);
    size_t done = SIZE_MAX;
    int32_t code = want == count ? SHMBRIDGE_OK : SHMBRIDGE_E_RANGE;
    for (size_t i = 0; i < SIZE; i++) {
        memory[i] = (unsigned char)(i + 1);
    }
    memset(buf, CANARY, sizeof buf);
    EXPECT(code, shmbridge_segment_read(segment, offset, buf, count, &done, NULL));
    CHECK(done == want && (want == 0 || memcmp(buf, memory + offset, want) == 0) && buf[want] == CANARY);
    EXPECT(code, shmbridge_segment_read(segment, offset, buf, count, NULL, NULL));

    memset(buf, CANARY, sizeof buf);
    EXPECT(code, shmbridge_segment_write(segment, offset, buf, count, &done, NULL));
    CHECK(done == want);
    for (size_t i = 0; i < SIZE; i++) {
        CHECK(memory[i] == (i >= offset && i - offset < want ? CANARY : (unsigned char)(i + 1)));
    }
    EXPECT(code, shmbridge_segment_write(segment, offset, buf, count, NULL, NULL));
}

static void edges(shmbridge_segment *segment)
{
    static const size_t rows[][3] = {
        {0, 0, 0},           {0, 1, 1},
        {0, SIZE, SIZE},     {0, SIZE + 1, SIZE},
        {0, SIZE * 2, SIZE}, {SIZE - 1, 1, 1},
        {SIZE - 1, 2, 1},    {SIZE, 0, 0},
        {SIZE, 1, 0},        {SIZE + 1, 1, 0},
        {SIZE_MAX, 1, 0},    {SIZE_MAX, SIZE, 0},
        {SIZE_MAX / 2, 1, 0}, {SIZE_MAX / 2 + 1, 1, 0},
        {7, SIZE_MAX, SIZE - 7}, {SIZE, SIZE_MAX, 0},
        {SIZE_MAX, SIZE_MAX, 0}, {1, SIZE_MAX / 2 + 1, SIZE - 1},
        {SIZE + 1, 0, 0},    {SIZE_MAX, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_copied(segment, rows[i][0], rows[i][1], rows[i][2]);
    }
}

static void no_buffer(shmbridge_segment *segment)
{
    size_t done = SIZE_MAX;
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_segment_read(segment, 0, NULL, 1, &done, NULL));
    CHECK(done == 0);
    done = SIZE_MAX;
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_segment_write(segment, 0, NULL, 1, &done, NULL));
    CHECK(done == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_read(segment, 0, NULL, 0, &done, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_write(segment, 0, NULL, 0, &done, NULL));
}

static void read_only(const shmbridge_key *key)
{
    shmbridge_segment *segment;
    char buf[SIZE] = "x";
    size_t done = SIZE_MAX;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, SHMBRIDGE_READ_ONLY, 0, &segment, NULL));
    EXPECT(SHMBRIDGE_E_READ_ONLY, shmbridge_segment_write(segment, 0, buf, 1, &done, &err));
    CHECK(done == 0 && err.code == SHMBRIDGE_E_READ_ONLY && err.message[0] != 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_read(segment, 0, buf, SIZE, &done, NULL));
    CHECK(done == SIZE && memcmp(buf, shmbridge_segment_data(segment), SIZE) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, 0, NULL));
    done = SIZE_MAX;
    EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_segment_read(segment, 0, buf, 1, &done, NULL));
    CHECK(done == 0);
}

/* A POSIX segment that another process makes smaller: an error, not SIGBUS. */
static void *truncated(void *nothing)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_POSIX);
    shmbridge_segment *segment = create(key, 3 * page);
    char path[TEXT_SIZE] = "/dev/shm", buf[64] = "x";
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(key, path + strlen(path), 256, NULL, NULL));
    CHECK(truncate(path, (off_t)page) == 0);
    for (int round = 0; round < 3; round++) {
        size_t done = SIZE_MAX;
        shmbridge_error err = SHMBRIDGE_ERROR_INIT;
        EXPECT(SHMBRIDGE_E_TRUNCATED, shmbridge_segment_read(segment, 2 * page, buf, sizeof buf, &done, &err));
        CHECK(err.code == SHMBRIDGE_E_TRUNCATED && err.message[0] != 0 && done == 0);
        EXPECT(SHMBRIDGE_E_TRUNCATED, shmbridge_segment_write(segment, 2 * page, buf, sizeof buf, &done, NULL));
        EXPECT(SHMBRIDGE_E_TRUNCATED, shmbridge_segment_read(segment, page - 32, buf, sizeof buf, &done, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_read(segment, 0, buf, sizeof buf, &done, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_write(segment, page - sizeof buf, buf, sizeof buf, &done, NULL));
    }
    CHECK(truncate(path, (off_t)(3 * page)) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_read(segment, 2 * page, buf, sizeof buf, NULL, NULL));
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    return nothing;
}

/* A fault while its signal is blocked would be the end of the process. */
static void *truncated_with_signals_blocked(void *called_before)
{
    sigset_t all;
    CHECK(called_before == NULL || shmbridge_handle_count() == 0);
    CHECK(sigfillset(&all) == 0 && pthread_sigmask(SIG_SETMASK, &all, NULL) == 0);
    return truncated(NULL);
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, types[i]);
        shmbridge_segment *segment = create(key, SIZE);
        edges(segment);
        no_buffer(segment);
        read_only(key);
        discard(key, segment);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    truncated(NULL);
    join(start(truncated, NULL));
    join(start(truncated_with_signals_blocked, NULL));
    join(start(truncated_with_signals_blocked, &(int){1}));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
