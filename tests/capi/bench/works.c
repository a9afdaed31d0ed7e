#include "works.h"

#include <stdio.h>
#include <string.h>

static int32_t nothing(struct tools *tools, shmbridge_error *err)
{
    (void)tools, (void)err;
    return SHMBRIDGE_OK;
}

static int32_t attached(struct tools *tools, shmbridge_error *err)
{
    return shmbridge_segment_attach(tools->key, 0, SHMBRIDGE_FOREVER, &tools->segment, err);
}

static int32_t taken(struct tools *tools, shmbridge_error *err)
{
    int32_t code = attached(tools, err);
    if (code == SHMBRIDGE_OK)
        code = shmbridge_segment_attach(tools->key, 0, SHMBRIDGE_FOREVER, &tools->other, err);
    if (code == SHMBRIDGE_OK)
        code = shmbridge_segment_lock(tools->other, SHMBRIDGE_FOREVER, err);
    return code;
}

/* For results that are wrong and no failure to the library. */
static int32_t wrong(shmbridge_error *err, const char *what)
{
    snprintf(err->message, sizeof err->message, "%s", what);
    return SHMBRIDGE_E_INTERNAL;
}

static int32_t lock(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        int32_t code = shmbridge_segment_lock(tools->segment, SHMBRIDGE_FOREVER, err);
        if (code == SHMBRIDGE_OK)
            code = shmbridge_segment_unlock(tools->segment, err);
        if (code != SHMBRIDGE_OK)
            return code;
    }
    return SHMBRIDGE_OK;
}

static int32_t trylock(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        if (shmbridge_segment_lock(tools->segment, 0, NULL) != SHMBRIDGE_OK)
            return wrong(err, "cannot take a lock that nobody else wants");
        int32_t code = shmbridge_segment_unlock(tools->segment, err);
        if (code != SHMBRIDGE_OK)
            return code;
    }
    return SHMBRIDGE_OK;
}

static int32_t tryheld(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        if (shmbridge_segment_lock(tools->segment, 0, NULL) != SHMBRIDGE_E_TIMEOUT)
            return wrong(err, "trying to take a lock that is held does not end with SHMBRIDGE_E_TIMEOUT");
    }
    return SHMBRIDGE_OK;
}

static int32_t attach(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        shmbridge_segment *segment;
        int32_t code = shmbridge_segment_attach(tools->key, 0, SHMBRIDGE_FOREVER, &segment, err);
        if (code == SHMBRIDGE_OK)
            code = shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, err);
        if (code != SHMBRIDGE_OK)
            return code;
    }
    return SHMBRIDGE_OK;
}

static int32_t data(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        if (!shmbridge_segment_data(tools->segment))
            return wrong(err, "an attached segment has no data");
    }
    return SHMBRIDGE_OK;
}

static int32_t size(const struct tools *tools, long times, shmbridge_error *err)
{
    while (times-- > 0) {
        if (shmbridge_segment_size(tools->segment) == 0)
            return wrong(err, "an attached segment has no size");
    }
    return SHMBRIDGE_OK;
}

/* What data and size take without the call. */
static int32_t empty(const struct tools *tools, long times, shmbridge_error *err)
{
    (void)tools, (void)err;
    while (times-- > 0)
        __asm__ volatile(""); /* keeps the loop */
    return SHMBRIDGE_OK;
}

const struct work *find_work(const char *name)
{
    static const struct work works[] = {
        {"lock", attached, lock},  {"trylock", attached, trylock}, {"tryheld", taken, tryheld}, {"attach", nothing, attach},
        {"data", attached, data},  {"size", attached, size},       {"empty", nothing, empty},
    };
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        if (strcmp(works[i].name, name) == 0)
            return &works[i];
    }
    return NULL;
}

int32_t put_away(struct tools *tools, shmbridge_error *err)
{
    shmbridge_segment *segments[] = {tools->other, tools->segment};
    for (int i = 0; i < 2; i++) {
        int32_t code = segments[i] ? shmbridge_segment_detach(segments[i], SHMBRIDGE_FOREVER, err) : SHMBRIDGE_OK;
        if (code != SHMBRIDGE_OK)
            return code;
    }
    int32_t code = shmbridge_key_close(tools->key, err);
    if (code == SHMBRIDGE_OK && shmbridge_handle_count() != 0)
        return wrong(err, "the work has left handles open");
    return code;
}
