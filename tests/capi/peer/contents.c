#include "contents.h"
#include "formats.h"
#include "objects.h"
#include "segments.h"
#include "values.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

static bool store(struct object *segment, const char *data, size_t size, struct answer *a)
{
    if (!take_lock(segment, SHMBRIDGE_FOREVER, a))
        return false;
    bool writable = is_writable(segment, a);
    if (writable) {
        size_t room = shmbridge_segment_size(segment->attached);
        memcpy(shmbridge_segment_data(segment->attached), data, size < room ? size : room);
        add_number(a, (int64_t)size);
    }
    return give_lock(segment, a) && writable;
}

bool put_value(struct peer *peer, char **words, struct answer *a)
{
    struct object *segment;
    struct output value;
    if (!segment_of(peer, words[0], &segment, a))
        return false;
    bool stored = encoded(words + 1, &value, a) && store(segment, value.data, value.size, a);
    free(value.data);
    return stored;
}

bool get_value(struct peer *peer, char **words, struct answer *a)
{
    struct object *segment;
    const struct format *format;
    if (!segment_of(peer, words[0], &segment, a) || !format_of(words[1], &format, a) || !take_lock(segment, SHMBRIDGE_FOREVER, a))
        return false;
    struct bytes memory = {shmbridge_segment_data(segment->attached), shmbridge_segment_size(segment->attached)};
    bool decoded = format->decode(memory, a);
    return give_lock(segment, a) && decoded;
}

static bool add_once(struct object *segment, int64_t offset, int32_t delta, uint32_t *value, struct answer *a)
{
    if (!take_lock(segment, SHMBRIDGE_FOREVER, a))
        return false;
    bool can = is_writable(segment, a) && is_within(segment, offset, sizeof *value, a);
    if (can) {
        char *at = (char *)shmbridge_segment_data(segment->attached) + offset;
        memcpy(value, at, sizeof *value);
        *value += (uint32_t)delta; /* unsigned, because its overflow is defined */
        memcpy(at, value, sizeof *value);
    }
    return give_lock(segment, a) && can;
}

bool add_to_int32(struct peer *peer, char **words, struct answer *a)
{
    struct object *segment;
    int64_t offset, delta, count;
    uint32_t value = 0;
    if (!segment_of(peer, words[0], &segment, a) || !number_of(words[1], 64, &offset, a) || !number_of(words[2], 32, &delta, a) ||
        !number_of(words[3], 64, &count, a))
        return false;
    if (count < 1)
        return refuse(a, "Usage", "COUNT is less than 1");
    while (count-- > 0)
        if (!add_once(segment, offset, (int32_t)delta, &value, a))
            return false;
    add_number(a, (int32_t)value);
    return true;
}
