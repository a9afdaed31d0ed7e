/* The number of a handle that was closed does not come back when the next ones are opened in its place. */
#define _GNU_SOURCE
#include "objects.h"

/* More than a slot of 16 bits could tell apart. */
#define GENERATIONS 70000

int main(void)
{
    shmbridge_key *stale = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_POSIX), *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(stale, NULL));
    for (int i = 0; i < GENERATIONS; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_key_parse("posix:/x", NULL, &key, NULL));
        CHECK(key != stale);
        EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_key_type(stale));
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
