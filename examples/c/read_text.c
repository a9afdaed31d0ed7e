/* Prints the text that a Qt program has put into QSharedMemory("MySharedMemory"): strcpy(memory.data(), "Hello, world!"). */
#include <shmbridge.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const int32_t limit = 5000; /* ms */
    char text[1025] = "";       /* up to 1024 bytes, and a NUL even if there is none in the segment */
    shmbridge_key *key = NULL;
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "MySharedMemory", SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_attach(key, SHMBRIDGE_READ_ONLY, limit, &segment, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_lock(segment, limit, &err) == SHMBRIDGE_OK) {
        size_t size = shmbridge_segment_size(segment);
        memcpy(text, shmbridge_segment_data(segment), size < 1024 ? size : 1024);
        shmbridge_segment_unlock(segment, &err);
    }
    if (segment != NULL)
        shmbridge_segment_detach(segment, limit, &err);
    shmbridge_key_close(key, NULL);
    if (err.code != SHMBRIDGE_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    puts(text);
    return 0;
}
