/* shmbridge_error: what is written to it, and how far; and the codes' names and texts. */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>

#include "calls.h"

#define CANARY 0xa5

/* A program built with a later header has more members than this library knows of. */
union space {
    shmbridge_error error;
    unsigned char bytes[sizeof(shmbridge_error) + 256];
};

static int untouched(const union space *space, size_t from)
{
    for (size_t i = from; i < sizeof space->bytes; i++) {
        if (space->bytes[i] != CANARY) {
            return 0;
        }
    }
    return 1;
}

static int32_t fail(union space *space, size_t struct_size, const char *name)
{
    shmbridge_key *key;
    memset(space->bytes, CANARY, sizeof space->bytes);
    space->error.struct_size = struct_size;
    return shmbridge_key_find(name, NULL, &key, &space->error);
}

static void sizes(void)
{
    union space space;
    EXPECT(SHMBRIDGE_E_NOT_FOUND, fail(&space, sizeof(shmbridge_error), "nobody's"));
    EXPECT(SHMBRIDGE_E_NOT_FOUND, space.error.code);
    CHECK(strstr(space.error.message, "nobody's") != NULL);
    CHECK(space.error.struct_size == sizeof(shmbridge_error) && untouched(&space, sizeof(shmbridge_error)));

    EXPECT(SHMBRIDGE_E_NOT_FOUND, fail(&space, sizeof space.bytes, "nobody's"));
    EXPECT(SHMBRIDGE_E_NOT_FOUND, space.error.code);
    CHECK(space.error.struct_size == sizeof space.bytes && untouched(&space, sizeof(shmbridge_error)));

    const size_t least = offsetof(shmbridge_error, message) + 1;
    for (size_t size = 0; size < least; size++) {
        EXPECT(SHMBRIDGE_E_ARGUMENT, fail(&space, size, "nobody's"));
        CHECK(space.error.struct_size == size && untouched(&space, sizeof(size_t)));
    }
    for (size_t size = least; size < sizeof(shmbridge_error); size++) {
        EXPECT(SHMBRIDGE_E_NOT_FOUND, fail(&space, size, "nobody's"));
        EXPECT(SHMBRIDGE_E_NOT_FOUND, space.error.code);
        size_t room = size - offsetof(shmbridge_error, message);
        CHECK(strnlen(space.error.message, room) < room && untouched(&space, size));
    }
}

/* A wrong size is told before anything is done, by every function but a lock of what is free, which does not look at err,
   except on Windows. */
static void size_not_set(int32_t type)
{
    struct objects o;
    open_objects(&o, type);
    for (size_t i = 0; i < CALLS_COUNT; i++) {
        shmbridge_error err = {0};
        int32_t want = calls[i].call == call_segment_lock && type != SHMBRIDGE_TYPE_WINDOWS ? SHMBRIDGE_OK : SHMBRIDGE_E_ARGUMENT;
        expect(__FILE__, __LINE__, calls[i].name, want, calls[i].call(&o, &err));
        CHECK(err.code == 0 && err.message[0] == 0);
    }
    CHECK(o.new_key == NULL && o.new_segment == NULL && o.new_semaphore == NULL);
    CHECK(shmbridge_handle_count() == 4);
    close_objects(&o);
}

/* What is too long ends at a character, wherever the characters begin. */
static void cut(void)
{
    static const char *const characters[] = {"x", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x90\x8d"};
    for (size_t c = 0; c < 4; c++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char name[1000] = "abc";
            union space space;
            name[shift] = 0;
            while (strlen(name) < 900) {
                strcat(name, characters[c]);
            }
            CHECK(fail(&space, sizeof(shmbridge_error), name) != SHMBRIDGE_OK);
            const char *message = space.error.message;
            size_t len = strnlen(message, sizeof space.error.message), start = (size_t)(strstr(message, characters[c]) - message);
            CHECK(len < sizeof space.error.message && len > sizeof space.error.message - 1 - strlen(characters[c]));
            for (size_t i = start; i < len; i += strlen(characters[c])) {
                CHECK(memcmp(message + i, characters[c], strlen(characters[c])) == 0);
            }
            CHECK(untouched(&space, sizeof(shmbridge_error)));
        }
    }
}

static void on_success_left_alone(int32_t type)
{
    struct objects o;
    open_objects(&o, type);
    shmbridge_error err = SHMBRIDGE_ERROR_INIT, before;
    memset(err.message, CANARY, sizeof err.message);
    err.code = err.os_error = 42;
    before = err;
    for (size_t i = 0; i < CALLS_COUNT; i++) {
        if (calls[i].call(&o, &err) == SHMBRIDGE_OK) {
            CHECK(memcmp(&err, &before, sizeof err) == 0);
        }
        err = before;
        close_new(&o);
    }
    remove_objects(&o, type);
}

/* Windows has the same number for it, ERROR_FILE_NOT_FOUND. */
static void errno_of_the_system(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, LEGACY_TYPE);
    shmbridge_segment *segment;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_segment_attach(key, 0, 0, &segment, &err));
    CHECK(err.os_error == ENOENT);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void names(void)
{
#define NAME(code, value, text) \
    CHECK((code) == (value)); \
    CHECK(strcmp(shmbridge_error_name(value), #code) == 0); \
    CHECK(strcmp(shmbridge_error_text(value), (text)) == 0);
    SHMBRIDGE_CODES(NAME)
#undef NAME
    static const int32_t unknown[] = {1, -9, -99, -111, -199, -206, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        CHECK(strcmp(shmbridge_error_name(unknown[i]), "SHMBRIDGE_E_UNKNOWN") == 0);
        CHECK(strcmp(shmbridge_error_text(unknown[i]), "unknown error") == 0);
    }
    char version[NAME_SIZE];
    snprintf(version, sizeof version, "%d.%d.%d", SHMBRIDGE_VERSION_MAJOR, SHMBRIDGE_VERSION_MINOR, SHMBRIDGE_VERSION_PATCH);
    CHECK(strcmp(shmbridge_version(), version) == 0);
    CHECK(shmbridge_abi_version() == SHMBRIDGE_ABI_VERSION);
}

int main(void)
{
    sizes();
    cut();
    names();
    errno_of_the_system();
    for (size_t i = 0; i < TYPES; i++) {
        size_not_set(types[i]);
        on_success_left_alone(types[i]);
    }
    return 0;
}
