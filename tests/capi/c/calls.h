/*
 * Every function that returns a code and takes an error, as a table: for what holds for all of them.
 * CALLS(X): X(handle, function without its prefix, arguments); o is a struct objects.
 */
#ifndef SHMBRIDGE_TESTS_CALLS_H
#define SHMBRIDGE_TESTS_CALLS_H

#include "objects.h"

#define CALLS(X) \
    X(NONE, key_legacy, (SHMBRIDGE_SEGMENT, "x", SHMBRIDGE_TYPE_LEGACY, NULL, &o->new_key, err)) \
    X(NONE, key_safe, (SHMBRIDGE_SEGMENT, "x", SHMBRIDGE_TYPE_LEGACY, NULL, &o->new_key, err)) \
    X(NONE, key_parse, ("posix:/x", NULL, &o->new_key, err)) \
    X(NONE, key_native, ("/x", SHMBRIDGE_TYPE_POSIX, NULL, &o->new_key, err)) \
    X(NONE, key_find, (o->name, NULL, &o->new_key, err)) \
    X(KEY, key_text, (o->key, o->buf, sizeof o->buf, NULL, err)) \
    X(KEY, key_native_name, (o->key, o->buf, sizeof o->buf, NULL, err)) \
    X(KEY, key_legacy_name, (o->key, o->buf, sizeof o->buf, NULL, err)) \
    X(KEY, segment_create, (o->key, 8, 0, 0, &o->new_segment, err)) \
    X(KEY, segment_attach, (o->key, 0, 0, &o->new_segment, err)) \
    X(KEY, segment_remove, (o->key, 0, 0, err)) \
    X(KEY, segment_stat, (o->key, &o->segment_info, err)) \
    X(KEY, semaphore_stat, (o->key, &o->semaphore_info, err)) \
    X(KEY, semaphore_open, (o->semaphore_key, 1, 0, &o->new_semaphore, err)) \
    X(SEGMENT, segment_unlock, (o->segment, err)) \
    X(SEGMENT, segment_lock, (o->segment, 0, err)) \
    X(SEGMENT, segment_read, (o->segment, 0, o->buf, 1, NULL, err)) \
    X(SEGMENT, segment_write, (o->segment, 0, "x", 1, NULL, err)) \
    X(SEGMENT, segment_cancel, (o->segment, err)) \
    X(SEMAPHORE, semaphore_acquire, (o->semaphore, 0, err)) \
    X(SEMAPHORE, semaphore_release, (o->semaphore, 1, err)) \
    X(SEGMENT, segment_detach, (o->segment, 0, err)) \
    X(SEMAPHORE, semaphore_close, (o->semaphore, err)) \
    X(KEY, key_close, (o->key, err))

enum handle { NONE, KEY, SEGMENT, SEMAPHORE };

struct objects {
    char name[NAME_SIZE];
    shmbridge_key *key, *semaphore_key, *new_key;
    shmbridge_segment *segment, *new_segment;
    shmbridge_semaphore *semaphore, *new_semaphore;
    shmbridge_segment_info segment_info;
    shmbridge_semaphore_info semaphore_info;
    char buf[TEXT_SIZE];
};

struct call {
    const char *name;
    enum handle handle; /* the kind of its first parameter */
    int32_t (*call)(struct objects *o, shmbridge_error *err);
};

#define DEFINE(handle, function, arguments) \
    static int32_t call_##function(struct objects *o, shmbridge_error *err) \
    { \
        (void)o; \
        return shmbridge_##function arguments; \
    }
CALLS(DEFINE)
#undef DEFINE

/* In an order in which each of them has the objects that it needs. */
#define ROW(handle, function, arguments) {"shmbridge_" #function, handle, call_##function},
static const struct call calls[] = {CALLS(ROW)};
#undef ROW
#define CALLS_COUNT (sizeof calls / sizeof calls[0])

/* Opens one object of each kind. */
static inline void open_objects(struct objects *o, int32_t type)
{
    memset(o, 0, sizeof *o);
    random_name(o->name);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, o->name, type, NULL, &o->key, NULL));
    o->segment = create(o->key, 8);
    o->semaphore_key = random_key(SHMBRIDGE_SEMAPHORE, type);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(o->semaphore_key, 1, 0, &o->semaphore, NULL));
    o->segment_info.struct_size = sizeof o->segment_info;
    o->semaphore_info.struct_size = sizeof o->semaphore_info;
}

/* Closes what a call has made. */
static inline void close_new(struct objects *o)
{
    if (o->new_key) {
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(o->new_key, NULL));
    }
    if (o->new_segment) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(o->new_segment, SHMBRIDGE_FOREVER, NULL));
    }
    if (o->new_semaphore) {
        EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(o->new_semaphore, NULL));
    }
    o->new_key = NULL, o->new_segment = NULL, o->new_semaphore = NULL;
}

static inline void close_objects(struct objects *o)
{
    close_new(o);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(o->semaphore, NULL));
    discard(o->key, o->segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(o->key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(o->semaphore_key, NULL));
}

/* Instead of close_objects, when every call has been made. */
static inline void remove_objects(struct objects *o, int32_t type)
{
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(o->semaphore_key, NULL));
    if (type == SHMBRIDGE_TYPE_POSIX) {
        EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, o->name, type, NULL, &o->key, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(o->key, 0, SHMBRIDGE_FOREVER, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(o->key, NULL));
    }
}

#endif
