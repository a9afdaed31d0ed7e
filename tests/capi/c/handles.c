/* Handles that are NULL, of another kind, closed, closed twice, or never were: SHMBRIDGE_E_HANDLE and no harm. */
#define _GNU_SOURCE
#include "calls.h"

static void *handle_of(const struct objects *o, enum handle kind)
{
    switch (kind) {
    case KEY:
        return o->key;
    case SEGMENT:
        return o->segment;
    case SEMAPHORE:
        return o->semaphore;
    case NONE:
        break;
    }
    return NULL;
}

/* Every function that takes a handle, with this one. */
static void expect_invalid(void *handle, enum handle except)
{
    struct objects o = {.key = handle, .semaphore_key = handle, .segment = handle, .semaphore = handle};
    o.segment_info.struct_size = sizeof o.segment_info;
    o.semaphore_info.struct_size = sizeof o.semaphore_info;
    for (size_t i = 0; i < CALLS_COUNT; i++) {
        shmbridge_error err = SHMBRIDGE_ERROR_INIT;
        if (calls[i].handle == NONE || calls[i].handle == except) {
            continue;
        }
        expect(__FILE__, __LINE__, calls[i].name, SHMBRIDGE_E_HANDLE, calls[i].call(&o, &err));
        EXPECT(SHMBRIDGE_E_HANDLE, err.code);
        CHECK(err.message[0] != 0 && err.os_error == 0);
        expect(__FILE__, __LINE__, calls[i].name, SHMBRIDGE_E_HANDLE, calls[i].call(&o, NULL));
    }
    CHECK(o.new_segment == NULL && o.new_semaphore == NULL);
    if (except != KEY) {
        EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_key_type(handle));
        EXPECT(SHMBRIDGE_E_HANDLE, shmbridge_key_family(handle));
    }
    if (except != SEGMENT) {
        CHECK(shmbridge_segment_data(handle) == NULL);
        CHECK(shmbridge_segment_size(handle) == 0 && shmbridge_segment_requested_size(handle) == 0);
    }
}

static void wrong_kinds(int32_t type)
{
    struct objects o;
    open_objects(&o, type);
    for (enum handle kind = KEY; kind <= SEMAPHORE; kind++) {
        expect_invalid(handle_of(&o, kind), kind);
    }
    close_objects(&o);
    for (enum handle kind = KEY; kind <= SEMAPHORE; kind++) {
        expect_invalid(handle_of(&o, kind), NONE);
    }
}

static void never_were(void)
{
    static char memory[64];
    const uintptr_t numbers[] = {0, 1, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0xffffffff, UINTPTR_MAX, UINTPTR_MAX - 0xffff,
                                 (uintptr_t)memory};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        expect_invalid((void *)numbers[i], NONE);
    }
}

/* A handle whose attachment has ended with an error is closed too; one that could not be detached in time is not. */
static void detached_late(int32_t type)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, type);
    shmbridge_segment *holder = create(key, 8), *late = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_detach(late, 0, NULL));
    CHECK(shmbridge_segment_data(late) != NULL);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(holder, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(late, 0, NULL));
    expect_invalid(late, NONE);
    discard(key, holder);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    CHECK(shmbridge_handle_count() == 0);
    never_were();
    for (size_t i = 0; i < TYPES; i++) {
        wrong_kinds(types[i]);
        if (types[i] != SHMBRIDGE_TYPE_WINDOWS) { /* where detaching waits for nobody */
            detached_late(types[i]);
        }
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
