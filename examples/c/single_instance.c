/* Runs once: either this program or a Qt program that does if (memory.attach()) return 0; memory.create(1); */
#include <shmbridge.h>
#include <stdio.h>

int main(void)
{
    const int32_t limit = 5000; /* ms */
    shmbridge_key *key = NULL;
    shmbridge_segment *guard = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "my_application", SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err) == SHMBRIDGE_OK) {
        shmbridge_segment_remove(key, 0, limit, NULL); /* what a killed instance left; refused while one is attached */
        shmbridge_segment_create(key, 1, 0, limit, &guard, &err);
    }
    if (guard != NULL) {
        fputs("It runs. Press Enter to end.\n", stderr);
        getchar();
        shmbridge_segment_detach(guard, limit, &err);
    }
    shmbridge_key_close(key, NULL);
    if (err.code == SHMBRIDGE_E_EXISTS)
        fputs("It is running already: ", stderr);
    if (err.code != SHMBRIDGE_OK)
        fprintf(stderr, "%s\n", err.message);
    return err.code == SHMBRIDGE_E_EXISTS ? 2 : err.code != SHMBRIDGE_OK;
}
