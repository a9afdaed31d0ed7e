/* Somebody removes the System V semaphore while the lock is held: it is told once, and the lock made anew. */
#define _GNU_SOURCE
#include <sys/sem.h>

#include "objects.h"

static shmbridge_key *key_of(const char *name, int32_t kind)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(kind, name, SHMBRIDGE_TYPE_SYSTEMV, NULL, &key, NULL));
    return key;
}

static void lose(shmbridge_segment *segment, const char *lock)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
    int id = semget(ftok(lock, SHMBRIDGE_TYPE_SYSTEMV), 1, 0);
    CHECK(id >= 0 && semctl(id, 0, IPC_RMID) == 0);
    EXPECT(SHMBRIDGE_E_LOCK_LOST, shmbridge_segment_unlock(segment, &err));
    CHECK(err.code == SHMBRIDGE_E_LOCK_LOST && err.message[0] != 0);
    EXPECT(SHMBRIDGE_E_NOT_LOCKED, shmbridge_segment_unlock(segment, NULL));
}

int main(void)
{
    char name[NAME_SIZE], path[TEXT_SIZE];
    shmbridge_key *key = key_of(random_name(name), SHMBRIDGE_SEGMENT), *lock = key_of(name, SHMBRIDGE_SEMAPHORE);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(lock, path, sizeof path, NULL, NULL));
    shmbridge_segment *segment = create(key, 1), *other = attach(key);
    for (int round = 0; round < 3; round++) {
        CHECK(segment_info(key).lock_exists);
        lose(segment, path);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, 0, NULL));
        EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(other, 30, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(other, NULL));
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(lock, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
