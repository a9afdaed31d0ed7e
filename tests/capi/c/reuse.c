/*
 * A handle's slot goes to the next handle at once, while another thread still locks and unlocks by the old one: that must
 * not lock or unlock the new one.
 */
#define _GNU_SOURCE
#include <stdatomic.h>

#include "objects.h"
#include "thread.h"

#define ROUNDS 1000
#define PATIENCE 10000 /* milliseconds, for a lock that nobody gives back */

static _Atomic(shmbridge_segment *) shared;
static atomic_int stop;

static void *lock_and_unlock(void *nothing)
{
    while (!atomic_load(&stop)) {
        shmbridge_segment *segment = atomic_load(&shared);
        if (shmbridge_segment_lock(segment, 0, NULL) == SHMBRIDGE_OK) {
            (void)shmbridge_segment_unlock(segment, NULL);
        }
    }
    return nothing;
}

/* While nobody knows the new handle, its lock is the main thread's alone. */
static void replace(const shmbridge_key *const keys[2], int round)
{
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(atomic_load(&shared), PATIENCE, NULL));
    shmbridge_segment *segment = attach(keys[round % 2]);
    for (int i = 0; i < 3; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(segment, PATIENCE, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(segment, NULL));
    }
    atomic_store(&shared, segment);
}

static void play(int32_t type)
{
    shmbridge_key *keys[2] = {random_key(SHMBRIDGE_SEGMENT, type), random_key(SHMBRIDGE_SEGMENT, type)};
    shmbridge_segment *keepers[2] = {create(keys[0], 8), create(keys[1], 8)};
    atomic_store(&shared, attach(keys[1]));
    atomic_store(&stop, 0);
    pthread_t thread = start(lock_and_unlock, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        replace((const shmbridge_key *const *)keys, round);
    }
    atomic_store(&stop, 1);
    join(thread);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(shared, SHMBRIDGE_FOREVER, NULL));
    for (int i = 0; i < 2; i++) {
        discard(keys[i], keepers[i]);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(keys[i], NULL));
    }
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        play(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
