/* Bytes that are put together in memory. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Begins as {0}; the owner frees data. A NUL follows the bytes, if there are any. */
struct output {
    char *data;
    size_t size, room;
    bool failed; /* no memory: what was put since then is missing */
};

void put_bytes(struct output *out, const void *data, size_t size);
void put_byte(struct output *out, int byte);
void put_string(struct output *out, const char *text);

#endif
