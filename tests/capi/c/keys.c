/* Keys: what they are made of, and every reason why one cannot be made. */
#define _GNU_SOURCE
#include "objects.h"

#define NOT_UTF8 "\xff"
#define CUT_UTF8 "abc\xe2\x82"
#define SURROGATE "\xed\xa0\x80"

static shmbridge_key *const nothing = (shmbridge_key *)&nothing;

/* The key is set on success only. */
#define EXPECT_NO_KEY(want, ...) \
    do { \
        shmbridge_key *key = nothing; \
        shmbridge_error err = SHMBRIDGE_ERROR_INIT; \
        EXPECT(want, __VA_ARGS__); \
        CHECK(key == nothing && err.code == (want) && err.message[0] != 0); \
    } while (0)

static void names(void)
{
    static const struct {
        const char *name;
        int32_t legacy, find;
    } rows[] = {
        {"", SHMBRIDGE_E_KEY, SHMBRIDGE_E_KEY},
        {NOT_UTF8, SHMBRIDGE_E_UTF8, SHMBRIDGE_E_UTF8},
        {CUT_UTF8, SHMBRIDGE_E_UTF8, SHMBRIDGE_E_UTF8},
        {SURROGATE, SHMBRIDGE_E_UTF8, SHMBRIDGE_E_UTF8},
        {NULL, SHMBRIDGE_E_ARGUMENT, SHMBRIDGE_E_ARGUMENT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *name = rows[i].name;
        for (int32_t kind = SHMBRIDGE_SEGMENT; kind <= SHMBRIDGE_SEMAPHORE; kind++) {
            EXPECT_NO_KEY(rows[i].legacy, shmbridge_key_legacy(kind, name, SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err));
            EXPECT_NO_KEY(rows[i].legacy, shmbridge_key_safe(kind, name, SHMBRIDGE_TYPE_LEGACY, NULL, &key, &err));
        }
        EXPECT_NO_KEY(rows[i].legacy, shmbridge_key_parse(name, NULL, &key, &err));
        EXPECT_NO_KEY(rows[i].legacy, shmbridge_key_native(name, SHMBRIDGE_TYPE_POSIX, NULL, &key, &err));
        EXPECT_NO_KEY(rows[i].find, shmbridge_key_find(name, NULL, &key, &err));
    }
}

static void kinds_and_types(void)
{
    static const int32_t kinds[] = {-1, 2, INT32_MAX, INT32_MIN};
    static const int32_t none[] = {-1, 0x102, 0x151, INT32_MAX, INT32_MIN, 0x10051};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        EXPECT_NO_KEY(SHMBRIDGE_E_ARGUMENT, shmbridge_key_legacy(kinds[i], "x", 0, NULL, &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_ARGUMENT, shmbridge_key_safe(kinds[i], "x", 0, NULL, &key, &err));
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", none[i], NULL, &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", none[i], NULL, &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_native("/x", none[i], NULL, &key, &err));
    }
}

static void expect_type(int32_t want, int32_t family, shmbridge_key *key)
{
    CHECK(shmbridge_key_type(key) == want);
    CHECK(shmbridge_key_family(key) == family);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void every_type(void)
{
    shmbridge_key *key;
    for (int32_t type = 0; type <= SHMBRIDGE_TYPE_WINDOWS; type++) {
        int32_t legacy = type == SHMBRIDGE_TYPE_LEGACY ? LEGACY_TYPE : type;
        int32_t family = legacy == SHMBRIDGE_TYPE_POSIX     ? SHMBRIDGE_FAMILY_POSIX
                         : legacy == SHMBRIDGE_TYPE_WINDOWS ? SHMBRIDGE_FAMILY_WINDOWS
                                                            : SHMBRIDGE_FAMILY_SYSTEMV;
        EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", type, NULL, &key, NULL));
        expect_type(legacy, family, key);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_native("/x", type, NULL, &key, NULL));
        expect_type(legacy, family, key);
        if (type != SHMBRIDGE_TYPE_LEGACY) {
            EXPECT(SHMBRIDGE_OK, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", type, NULL, &key, NULL));
            expect_type(type, family, key);
        }
    }
    EXPECT(SHMBRIDGE_OK, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", SHMBRIDGE_TYPE_LEGACY, NULL, &key, NULL));
    CHECK(shmbridge_key_type(key) == SAFE_TYPE);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void versions(void)
{
    static const char *const good[] = {"4.4.0", "4.8.7", "5.6.0", "5.7.1", "5.8.0", "5.15.8", "6.6.0", "6.12.0"};
    static const char *const bad[] = {"", "x", "5.7.1x", "-5.6.0", " 5.6.0", "5..1", "5.6.0.0", "5.99999999999999999999.0"};
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_E_UTF8, shmbridge_key_parse("posix:/x", NOT_UTF8, &key, NULL));
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", 0, good[i], &key, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", 0, bad[i], &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", 0, bad[i], &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_parse("posix:/x", bad[i], &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_native("/x", SHMBRIDGE_TYPE_POSIX, bad[i], &key, &err));
        EXPECT_NO_KEY(SHMBRIDGE_E_RANGE, shmbridge_key_find("x", bad[i], &key, &err));
    }
}

static void texts(void)
{
    static const char *const bad[] = {"x", ":", "posix:", "posix", "nosuch:/x", "systemv-0:/x", "systemv-256:/x", "posix:/x?foo=bar", "/x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT_NO_KEY(SHMBRIDGE_E_KEY, shmbridge_key_parse(bad[i], NULL, &key, &err));
    }
}

static void nowhere_to_put_it(void)
{
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", 0, NULL, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "x", 0, NULL, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_key_parse("posix:/x", NULL, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_key_native("/x", SHMBRIDGE_TYPE_POSIX, NULL, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, shmbridge_key_find("x", NULL, NULL, NULL));
}

int main(void)
{
    names();
    kinds_and_types();
    every_type();
    versions();
    texts();
    nowhere_to_put_it();
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
