/* Shares the number 42 with Qt programs, which read it by *(int *)memory.constData() from QSharedMemory("test_shared"). */
#include <shmbridge.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const int32_t limit = 5000; /* ms */
    const int number = 42;
    shmbridge_key *key = NULL;
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "test_shared", SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_create(key, sizeof number, 0, limit, &segment, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_lock(segment, limit, &err) == SHMBRIDGE_OK) {
        memcpy(shmbridge_segment_data(segment), &number, sizeof number);
        shmbridge_segment_unlock(segment, &err);
        fputs("QSharedMemory(\"test_shared\") holds 42. Press Enter to end.\n", stderr);
        getchar();
    }
    if (segment != NULL)
        shmbridge_segment_detach(segment, limit, &err); /* the last one to detach removes the segment */
    shmbridge_key_close(key, NULL);
    if (err.code != SHMBRIDGE_OK)
        fprintf(stderr, "%s\n", err.message);
    return err.code == SHMBRIDGE_OK ? 0 : 1;
}
