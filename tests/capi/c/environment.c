/* Where keys are is up to the environment at that moment, which setenv(3) changes. */
#define _GNU_SOURCE
#include "objects.h"

static void expect_key_within(const char *directory)
{
    shmbridge_key *key;
    char native[TEXT_SIZE];
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "x", SHMBRIDGE_TYPE_SYSTEMV, NULL, &key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(key, native, sizeof native, NULL, NULL));
    CHECK(strncmp(native, directory, strlen(directory)) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

int main(void)
{
    static const char *const directories[] = {"/first", "/second"};
    for (size_t i = 0; i < 2; i++) {
        CHECK(setenv("TMPDIR", directories[i], 1) == 0);
        expect_key_within(directories[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
