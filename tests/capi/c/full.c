/* 65535 handles at a time: the next one is SHMBRIDGE_E_RESOURCES, of every kind, and nothing stays of the attempt. */
#define _GNU_SOURCE
#include "objects.h"

#define LIMIT 65535

static shmbridge_key *keys[LIMIT - 1]; /* and one segment, of the first key */

static void expect_full(void)
{
    shmbridge_key *key = (shmbridge_key *)&key, *was = key;
    shmbridge_segment *segment = NULL;
    shmbridge_semaphore *semaphore = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_key_parse("posix:/x", NULL, &key, &err));
    CHECK(key == was && err.code == SHMBRIDGE_E_RESOURCES && err.message[0] != 0);
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_key_native("/x", SHMBRIDGE_TYPE_POSIX, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", 0, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", 0, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_segment_attach(keys[0], 0, 0, &segment, NULL));
    for (size_t i = 1; i <= TYPES; i++) {
        EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_segment_create(keys[i], 8, 0, 0, &segment, NULL));
        CHECK(segment == NULL && !segment_info(keys[i]).exists);
        EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_semaphore_open(keys[i], 1, 0, &semaphore, NULL));
        CHECK(semaphore == NULL && !semaphore_info(keys[i]).exists);
    }
}

int main(void)
{
    char name[NAME_SIZE];
    for (int i = 0; i < LIMIT - 1; i++) {
        int32_t type = types[(size_t)i % TYPES];
        EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, random_name(name), type, NULL, &keys[i], NULL));
        CHECK(shmbridge_handle_count() == i + 1);
    }
    shmbridge_segment *segment = create(keys[0], 8);
    expect_full();
    CHECK(shmbridge_handle_count() == LIMIT);
    discard(keys[0], segment);
    discard(keys[0], create(keys[0], 8));
    for (int i = 0; i < LIMIT - 1; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(keys[i], NULL));
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
