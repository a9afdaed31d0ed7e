/* Writes the picture that Qt's Shared Memory Example shares, stream << QImage, as a PNG file: save_image > picture.png */
#include <shmbridge.h>
#include <stdio.h>
#include <string.h>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

/* Where the PNG file in a QDataStream of a QImage ends, with its chunk IEND: the segment may be larger. 0 if there is none. */
static size_t image_end(const unsigned char *stream, size_t size)
{
    size_t end = 12;
    if (size < end || memcmp(stream, "\0\0\0\1\x89PNG\r\n\x1a\n", end) != 0) /* qint32: 1 before a picture, 0 for a null one */
        return 0;
    while (size - end >= 12) { /* a chunk: length, name, as many bytes, checksum */
        const unsigned char *chunk = stream + end;
        size_t length = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (length > size - end - 12)
            return 0;
        end += length + 12;
        if (memcmp(chunk + 4, "IEND", 4) == 0)
            return end;
    }
    return 0;
}

int main(void)
{
    static unsigned char stream[1 << 24]; /* pictures of up to 16 MiB */
    const int32_t limit = 5000;           /* ms */
    size_t size = 0, end;
    shmbridge_key *key = NULL;
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "QSharedMemoryExample", SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_attach(key, SHMBRIDGE_READ_ONLY, limit, &segment, &err) == SHMBRIDGE_OK &&
        shmbridge_segment_lock(segment, limit, &err) == SHMBRIDGE_OK) {
        size = shmbridge_segment_size(segment) < sizeof stream ? shmbridge_segment_size(segment) : sizeof stream;
        memcpy(stream, shmbridge_segment_data(segment), size);
        shmbridge_segment_unlock(segment, &err);
    }
    if (segment != NULL)
        shmbridge_segment_detach(segment, limit, &err);
    shmbridge_key_close(key, NULL);
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY); /* a PNG file has no lines to end in their own way */
#endif
    end = image_end(stream, size);
    if (err.code != SHMBRIDGE_OK)
        fprintf(stderr, "%s\n", err.message);
    else if (end == 0)
        fputs("There is no QImage in QSharedMemory(\"QSharedMemoryExample\"), or it is larger than 16 MiB.\n", stderr);
    else if (fwrite(stream + 4, 1, end - 4, stdout) != end - 4 || fflush(stdout) != 0)
        perror("standard output");
    else
        return 0;
    return 1;
}
