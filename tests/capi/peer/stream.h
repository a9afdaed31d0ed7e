/* What QDataStream's values are made of: numbers and lengths, big-endian, as Qt 6.7 and later write them. */
#ifndef STREAM_H
#define STREAM_H

#include "words.h"

void put_uint32(struct output *out, uint32_t number);

/* Writes the length of what follows. */
bool put_length(struct output *out, uint64_t length, struct answer *a);

/* Takes a number from the start of a stream. */
bool take_uint32(struct bytes *stream, uint32_t *number, struct answer *a);

/* Takes a length field and that many bytes. data is NULL for a null value, and only for that. */
bool take_sized(struct bytes *stream, struct bytes *value, struct answer *a);

#endif
