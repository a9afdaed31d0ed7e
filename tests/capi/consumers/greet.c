/* A program outside of this project, in C. */
#include <shmbridge.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    shmbridge_key *key;
    shmbridge_segment *segment;
    char text[6] = "";
    if (shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "consumer", SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err) != SHMBRIDGE_OK ||
        shmbridge_segment_create(key, sizeof text, 0, SHMBRIDGE_FOREVER, &segment, &err) != SHMBRIDGE_OK ||
        shmbridge_segment_write(segment, 0, "hello", sizeof text, NULL, &err) != SHMBRIDGE_OK ||
        shmbridge_segment_read(segment, 0, text, sizeof text, NULL, &err) != SHMBRIDGE_OK ||
        shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, &err) != SHMBRIDGE_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("%s from shmbridge %s in C\n", text, shmbridge_version());
    return shmbridge_key_close(key, NULL);
}
