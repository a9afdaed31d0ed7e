/* Text that is handed out: every size of the buffer, and not a byte beyond it. */
#define _GNU_SOURCE
#include "objects.h"

#define CANARY 0x5a

typedef int32_t text_function(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err);

static int untouched(const char *buf, size_t from)
{
    for (size_t i = from; i < TEXT_SIZE; i++) {
        if (buf[i] != CANARY) {
            return 0;
        }
    }
    return 1;
}

static void expect_text(text_function *function, const shmbridge_key *key, const char *want)
{
    size_t needed = strlen(want);
    for (size_t cap = 0; cap <= needed + 8; cap++) {
        char buf[TEXT_SIZE];
        size_t len = SIZE_MAX;
        shmbridge_error err = SHMBRIDGE_ERROR_INIT;
        memset(buf, CANARY, sizeof buf);
        if (cap <= needed) {
            EXPECT(SHMBRIDGE_E_BUFFER, function(key, buf, cap, &len, &err));
            EXPECT(SHMBRIDGE_E_BUFFER, err.code);
            CHECK(untouched(buf, 0));
            EXPECT(SHMBRIDGE_E_BUFFER, function(key, buf, cap, NULL, NULL));
            CHECK(untouched(buf, 0));
        } else {
            EXPECT(SHMBRIDGE_OK, function(key, buf, cap, &len, &err));
            CHECK(strcmp(buf, want) == 0 && untouched(buf, needed + 1));
            EXPECT(SHMBRIDGE_OK, function(key, buf, cap, NULL, NULL));
        }
        CHECK(len == needed);
    }
    size_t len = SIZE_MAX;
    char buf[TEXT_SIZE];
    EXPECT(SHMBRIDGE_E_BUFFER, function(key, NULL, 0, &len, NULL));
    CHECK(len == needed);
    EXPECT(SHMBRIDGE_E_BUFFER, function(key, NULL, 0, NULL, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, function(key, NULL, needed + 1, &len, NULL));
    EXPECT(SHMBRIDGE_E_ARGUMENT, function(key, NULL, SIZE_MAX, NULL, NULL));
    memset(buf, CANARY, sizeof buf);
    EXPECT(SHMBRIDGE_OK, function(key, buf, SIZE_MAX, NULL, NULL)); /* a program that lies about its buffer */
    CHECK(strcmp(buf, want) == 0 && untouched(buf, needed + 1));
}

static void expect_texts(const char *parsed, const char *native, const char *legacy)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_parse(parsed, NULL, &key, NULL));
    expect_text(shmbridge_key_text, key, parsed);
    expect_text(shmbridge_key_native_name, key, native);
    expect_text(shmbridge_key_legacy_name, key, legacy);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    expect_texts("posix:/x", "/x", "");
    expect_texts("posix:/x?legacyKey=yz", "/x", "yz");
    expect_texts("systemv:/tmp/\xf0\x9f\x90\x8d?legacyKey=\xc3\xa4", "/tmp/\xf0\x9f\x90\x8d", "\xc3\xa4");
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
