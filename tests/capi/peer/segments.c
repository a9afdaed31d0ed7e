#include "segments.h"
#include "objects.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Takes the access mode, if there is one. */
static bool flags_of(const struct peer *peer, const char *word, uint32_t *flags, struct answer *a)
{
    *flags = peer->flags | (word ? SHMBRIDGE_READ_ONLY : 0);
    return !word || strcmp(word, "ro") == 0 || unsupported(a);
}

static bool can_open(const struct object *segment, struct answer *a)
{
    if (segment->attached)
        return refuse(a, "AlreadyExists", "already attached");
    return segment->key || refuse(a, "KeyError", "the name is empty");
}

static void has_opened(struct object *segment, uint32_t flags, struct answer *a)
{
    segment->read_only = flags & SHMBRIDGE_READ_ONLY;
    add_number(a, (int64_t)shmbridge_segment_size(segment->attached));
}

bool create_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    uint32_t flags;
    int64_t size;
    if (!segment_of(peer, words[0], &s, a) || !number_of(words[1], 64, &size, a) || !flags_of(peer, words[2], &flags, a) ||
        !can_open(s, a))
        return false;
    if (size < 0 || (uint64_t)size > SIZE_MAX)
        return refuse(a, "InvalidSize", "no object has %" PRId64 " bytes", size);
    if (!succeeded(shmbridge_segment_create(s->key, (size_t)size, flags, SHMBRIDGE_FOREVER, &s->attached, &err), &err, a))
        return false;
    has_opened(s, flags, a);
    return true;
}

bool attach_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    uint32_t flags;
    if (!segment_of(peer, words[0], &s, a) || !flags_of(peer, words[1], &flags, a) || !can_open(s, a) ||
        !succeeded(shmbridge_segment_attach(s->key, flags, SHMBRIDGE_FOREVER, &s->attached, &err), &err, a))
        return false;
    has_opened(s, flags, a);
    return true;
}

static bool must_be_attached(const struct object *segment, const char *code, struct answer *a)
{
    return segment->attached || refuse(a, code, "not attached");
}

bool detach_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    if (!segment_of(peer, words[0], &s, a) || !must_be_attached(s, "NotFound", a))
        return false;
    int32_t result = shmbridge_segment_detach(s->attached, SHMBRIDGE_FOREVER, &err);
    s->attached = NULL; /* the handle is closed, whatever happened */
    s->held = false;
    return succeeded(result, &err, a);
}

bool is_attached(struct peer *peer, char **words, struct answer *a)
{
    struct object *s;
    if (!segment_of(peer, words[0], &s, a))
        return false;
    add_number(a, s->attached != NULL);
    return true;
}

bool take_lock(struct object *segment, int32_t timeout_ms, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (!must_be_attached(segment, "LockError", a))
        return false;
    if (!segment->held)
        segment->held = succeeded(shmbridge_segment_lock(segment->attached, timeout_ms, &err), &err, a);
    return segment->held;
}

bool give_lock(struct object *segment, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (!must_be_attached(segment, "NotLocked", a))
        return false;
    segment->held = false;
    return succeeded(shmbridge_segment_unlock(segment->attached, &err), &err, a);
}

bool lock_segment(struct peer *peer, char **words, struct answer *a)
{
    struct object *s;
    int32_t timeout_ms;
    return segment_of(peer, words[0], &s, a) && limit_of(words[1], &timeout_ms, a) && take_lock(s, timeout_ms, a);
}

bool try_lock_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    if (!segment_of(peer, words[0], &s, a) || !must_be_attached(s, "LockError", a))
        return false;
    int32_t result = shmbridge_segment_lock(s->attached, 0, &err);
    if (result != SHMBRIDGE_E_TIMEOUT && !succeeded(result, &err, a))
        return false;
    s->held = s->held || result == SHMBRIDGE_OK;
    add_number(a, result == SHMBRIDGE_OK);
    return true;
}

bool unlock_segment(struct peer *peer, char **words, struct answer *a)
{
    struct object *s;
    return segment_of(peer, words[0], &s, a) && give_lock(s, a);
}

bool is_within(const struct object *segment, int64_t offset, int64_t count, struct answer *a)
{
    if (!must_be_attached(segment, "NotFound", a))
        return false;
    int64_t size = (int64_t)shmbridge_segment_size(segment->attached);
    return (offset >= 0 && count >= 0 && count <= size - offset) ||
           refuse(a, "Range", "%" PRId64 " bytes at offset %" PRId64 " are not within %" PRId64, count, offset, size);
}

bool is_writable(const struct object *segment, struct answer *a)
{
    return must_be_attached(segment, "NotFound", a) && (!segment->read_only || refuse(a, "ReadOnly", "attached read-only"));
}

bool read_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    int64_t offset, count;
    if (!segment_of(peer, words[0], &s, a) || !number_of(words[1], 64, &offset, a) || !number_of(words[2], 64, &count, a) ||
        !is_within(s, offset, count, a))
        return false;
    char *copy = malloc((size_t)count + 1);
    bool done = copy ? succeeded(shmbridge_segment_read(s->attached, (size_t)offset, copy, (size_t)count, NULL, &err), &err, a)
                     : refuse(a, "OutOfResources", "no memory");
    if (done)
        add_bytes(a, (struct bytes){copy, (size_t)count});
    free(copy);
    return done;
}

bool write_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    struct bytes data;
    int64_t offset;
    return segment_of(peer, words[0], &s, a) && number_of(words[1], 64, &offset, a) && bytes_of(words[2], &data, a) &&
           is_writable(s, a) && is_within(s, offset, (int64_t)data.size, a) &&
           succeeded(shmbridge_segment_write(s->attached, (size_t)offset, data.data, data.size, NULL, &err), &err, a);
}
