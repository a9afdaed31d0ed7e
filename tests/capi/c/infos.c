/* shmbridge_segment_stat and shmbridge_semaphore_stat: what they say, and to programs of other versions of the header. */
#define _GNU_SOURCE
#include <stddef.h>
#include <time.h>

#include "process.h"

#define CANARY 0xa5
#define LATER 64 /* bytes that a later version has more */

union space {
    shmbridge_segment_info segment;
    shmbridge_semaphore_info semaphore;
    unsigned char bytes[sizeof(shmbridge_segment_info) + 2 * LATER];
};

static int are(const union space *space, size_t from, size_t to, unsigned char value)
{
    for (size_t i = from; i < to; i++) {
        if (space->bytes[i] != value) {
            return 0;
        }
    }
    return 1;
}

static int32_t stat_segment(const shmbridge_key *key, union space *space, shmbridge_error *err)
{
    return shmbridge_segment_stat(key, space == NULL ? NULL : &space->segment, err);
}

static int32_t stat_semaphore(const shmbridge_key *key, union space *space, shmbridge_error *err)
{
    return shmbridge_semaphore_stat(key, space == NULL ? NULL : &space->semaphore, err);
}

/* A size up to full, which is this version's, gets the beginning; of a larger one the rest is zero. */
static void sizes(const shmbridge_key *key, int32_t (*stat)(const shmbridge_key *, union space *, shmbridge_error *), size_t full)
{
    union space want, got;
    memset(&want, 0, sizeof want);
    want.segment.struct_size = full;
    EXPECT(SHMBRIDGE_OK, stat(key, &want, NULL));
    const size_t sizes[] = {0, sizeof(size_t), sizeof(size_t) + 1, full / 2, full - 1, full, full + 1, full + LATER};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t size = sizes[i];
        memset(&got, CANARY, sizeof got);
        got.segment.struct_size = size;
        if (size <= sizeof(size_t)) {
            EXPECT(SHMBRIDGE_E_ARGUMENT, stat(key, &got, NULL));
            CHECK(are(&got, sizeof(size_t), sizeof got, CANARY));
            continue;
        }
        EXPECT(SHMBRIDGE_OK, stat(key, &got, NULL));
        size_t common = size < full ? size : full;
        CHECK(got.segment.struct_size == size);
        CHECK(memcmp(got.bytes + sizeof(size_t), want.bytes + sizeof(size_t), common - sizeof(size_t)) == 0);
        CHECK(are(&got, common, size, 0) && are(&got, size, sizeof got, CANARY));
    }
    got.segment.struct_size = SIZE_MAX;
    EXPECT(SHMBRIDGE_E_ARGUMENT, stat(key, &got, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, stat(key, NULL, NULL));
}

static void segment_that_is_not(const shmbridge_key *key)
{
    shmbridge_segment_info info = segment_info(key);
    CHECK(!info.exists && !info.orphan && !info.key_file_exists && !info.lock_exists);
    CHECK(info.size == 0 && info.attached == 0 && info.lock_value == 0 && info.lock_waiting == 0);
}

static void segment_that_is(const shmbridge_key *key)
{
    int systemv = shmbridge_key_family(key) == SHMBRIDGE_FAMILY_SYSTEMV;
    int64_t begin = (int64_t)time(NULL);
    shmbridge_segment *segment = create(key, 1234);
    shmbridge_segment_info info = segment_info(key);
    CHECK(info.exists && !info.orphan && info.lock_exists && info.key_file_exists == systemv);
    CHECK(info.size == 1234 && info.attached == 1 && info.owner == geteuid() && info.mode == 0600);
    CHECK(info.lock_value == 1 && info.lock_waiting == 0);
    CHECK(systemv ? info.created >= begin - 1 && info.created <= begin + 60 : info.created == 0);
    CHECK(info.creator_pid == (systemv ? getpid() : 0) && info.last_pid == info.creator_pid);
    CHECK(info.lock_last_pid == info.creator_pid && info.key_file_owner == (systemv ? geteuid() : 0));

    struct process other = start_process("attach", key);
    await(&other);
    info = segment_info(key);
    CHECK(info.attached == 2 && info.last_pid == (systemv ? other.pid : 0));
    finish(&other);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    CHECK(segment_info(key).lock_value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    sizes(key, stat_segment, sizeof(shmbridge_segment_info));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, 0, NULL));
    if (!systemv) {
        CHECK(segment_info(key).exists && segment_info(key).orphan && segment_info(key).attached == 0);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(key, 0, 0, NULL));
    }
    segment_that_is_not(key);
}

static void semaphore(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, type);
    shmbridge_semaphore *semaphore;
    CHECK(!semaphore_info(key).exists && semaphore_info(key).value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(key, 3, 0, &semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, 0, NULL));
    shmbridge_semaphore_info info = semaphore_info(key);
    CHECK(info.exists && info.value == 2 && info.waiting == 0);
    CHECK(info.last_pid == (type == SHMBRIDGE_TYPE_SYSTEMV ? getpid() : 0));
    sizes(key, stat_semaphore, sizeof(shmbridge_semaphore_info));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
    CHECK(!semaphore_info(key).exists);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static int attach_for_a_while(const char *text)
{
    shmbridge_segment *segment = attach(parse(text));
    say();
    listen_for_the_end();
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, NULL));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return attach_for_a_while(argv[2]);
    }
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, types[i]);
        segment_that_is_not(key);
        segment_that_is(key);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
        semaphore(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
