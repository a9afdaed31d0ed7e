/* The library, loaded at run time: for programs that are not linked to it. */
#ifndef SHMBRIDGE_TESTS_LIBRARY_H
#define SHMBRIDGE_TESTS_LIBRARY_H

#include <dlfcn.h>
#include <shmbridge.h>

#include "../check.h"

#define FUNCTIONS(X) \
    X(key_legacy) \
    X(key_close) \
    X(segment_create) \
    X(segment_attach) \
    X(segment_detach) \
    X(segment_remove) \
    X(segment_data) \
    X(segment_lock) \
    X(segment_unlock) \
    X(handle_count)

struct library {
    void *handle;
#define MEMBER(function) __typeof__(shmbridge_##function) *function;
    FUNCTIONS(MEMBER)
#undef MEMBER
};

static inline int is_loaded(const char *path)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    CHECK(handle == NULL || dlclose(handle) == 0);
    return handle != NULL;
}

static inline struct library load(const char *path)
{
    struct library lib = {.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL)};
    if (lib.handle == NULL) {
        fputs(dlerror(), stderr);
    }
    CHECK(lib.handle != NULL);
#define LOOK_UP(function) \
    *(void **)&lib.function = dlsym(lib.handle, "shmbridge_" #function); \
    CHECK(lib.function != NULL);
    FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return lib;
}

/* Makes a segment of that name, uses and removes it. */
static inline void use_library(const struct library *lib, int32_t type, const char *name)
{
    shmbridge_key *key;
    shmbridge_segment *segment;
    CHECK(lib->key_legacy(SHMBRIDGE_SEGMENT, name, type, NULL, &key, NULL) == SHMBRIDGE_OK);
    CHECK(lib->segment_create(key, 8, SHMBRIDGE_REMOVE_LAST, SHMBRIDGE_FOREVER, &segment, NULL) == SHMBRIDGE_OK);
    CHECK(lib->segment_lock(segment, SHMBRIDGE_FOREVER, NULL) == SHMBRIDGE_OK);
    CHECK(lib->segment_lock(segment, 1, NULL) == SHMBRIDGE_E_TIMEOUT);
    *(char *)lib->segment_data(segment) = 1;
    CHECK(lib->segment_unlock(segment, NULL) == SHMBRIDGE_OK);
    CHECK(lib->segment_detach(segment, SHMBRIDGE_FOREVER, NULL) == SHMBRIDGE_OK);
    CHECK(lib->key_close(key, NULL) == SHMBRIDGE_OK);
}

#endif
