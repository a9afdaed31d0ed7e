/* shmbridge_key_find: nobody's, one's and two's segments. */
#define _GNU_SOURCE
#include "objects.h"

static shmbridge_key *key_of(const char *name, int32_t type)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, name, type, NULL, &key, NULL));
    return key;
}

static void expect_found(const char *name, const shmbridge_key *want)
{
    char wanted[TEXT_SIZE], got[TEXT_SIZE];
    shmbridge_key *found;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_find(name, NULL, &found, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(found, got, sizeof got, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(want, wanted, sizeof wanted, NULL, NULL));
    CHECK(strcmp(got, wanted) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(found, NULL));
}

static void expect_not_found(int32_t want, const char *name, const char *told)
{
    shmbridge_key *found = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(want, shmbridge_key_find(name, NULL, &found, &err));
    CHECK(found == NULL && strstr(err.message, told) != NULL);
}

int main(void)
{
    char name[NAME_SIZE];
    shmbridge_key *systemv = key_of(random_name(name), SHMBRIDGE_TYPE_SYSTEMV), *posix = key_of(name, SHMBRIDGE_TYPE_POSIX);
    expect_not_found(SHMBRIDGE_E_NOT_FOUND, name, name);
    shmbridge_segment *first = create(systemv, 1);
    expect_found(name, systemv);
    shmbridge_segment *second = create(posix, 1);
    expect_not_found(SHMBRIDGE_E_AMBIGUOUS, name, "systemv:");
    expect_not_found(SHMBRIDGE_E_AMBIGUOUS, name, "posix:");
    discard(systemv, first);
    expect_found(name, posix);
    discard(posix, second);
    expect_not_found(SHMBRIDGE_E_NOT_FOUND, name, name);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(systemv, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(posix, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
