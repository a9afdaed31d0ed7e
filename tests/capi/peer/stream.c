#include "stream.h"

#include <inttypes.h>

/* Two lengths are special (NullCode and ExtendedSize in qdatastream.h): null, and that a qint64 with the length follows. */
static const uint32_t null_code = 0xffffffff, extended_size = 0xfffffffe;

void put_uint32(struct output *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        put_byte(out, (int)(number >> shift & 0xff));
}

bool put_length(struct output *out, uint64_t length, struct answer *a)
{
    if (length >= extended_size)
        return refuse(a, "BadData", "a value of %" PRIu64 " bytes is too long", length);
    put_uint32(out, (uint32_t)length);
    return true;
}

bool take_uint32(struct bytes *stream, uint32_t *number, struct answer *a)
{
    if (stream->size < 4)
        return refuse(a, "BadData", "4 bytes are due, here are %zu", stream->size);
    *number = 0;
    for (int i = 0; i < 4; i++)
        *number = *number << 8 | (unsigned char)stream->data[i];
    stream->data += 4;
    stream->size -= 4;
    return true;
}

static bool take_length(struct bytes *stream, uint64_t *length, bool *null, struct answer *a)
{
    uint32_t first = 0, high = 0, low = 0;
    if (!take_uint32(stream, &first, a))
        return false;
    *null = first == null_code;
    *length = first;
    if (first != extended_size)
        return true;
    if (!take_uint32(stream, &high, a) || !take_uint32(stream, &low, a))
        return false;
    *length = (uint64_t)high << 32 | low;
    *null = *length == UINT64_MAX; /* -1 */
    return true;
}

bool take_sized(struct bytes *stream, struct bytes *value, struct answer *a)
{
    uint64_t length;
    bool null;
    *value = (struct bytes){NULL, 0};
    if (!take_length(stream, &length, &null, a) || null)
        return a->code == NULL;
    if (length > stream->size)
        return refuse(a, "BadData", "%" PRIu64 " bytes are due, here are %zu", length, stream->size);
    *value = (struct bytes){stream->data, (size_t)length};
    stream->data += length;
    stream->size -= (size_t)length;
    return true;
}
