/* Segments of Windows: sizes in pages, what each function refuses, and that the last handle ends them. */
#include "../c/objects.h"

#define PAGE 4096

static void expect_size(const shmbridge_key *key, size_t requested, size_t size)
{
    shmbridge_segment *segment = create(key, requested), *other = attach(key);
    char *data = shmbridge_segment_data(segment), byte = 1;
    CHECK(shmbridge_segment_size(segment) == size && shmbridge_segment_requested_size(segment) == requested);
    CHECK(shmbridge_segment_size(other) == size && shmbridge_segment_requested_size(other) == size);
    CHECK((uintptr_t)data % PAGE == 0 && data[0] == 0 && data[size - 1] == 0 && segment_info(key).size == size);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_write(segment, size - 1, &byte, 1, NULL, NULL));
    CHECK(((char *)shmbridge_segment_data(other))[size - 1] == 1);
    EXPECT(SHMBRIDGE_E_RANGE, shmbridge_segment_write(segment, size, &byte, 1, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
}

static void sizes(const shmbridge_key *key)
{
    static const size_t rows[][2] = {{1, PAGE}, {PAGE - 1, PAGE}, {PAGE, PAGE}, {PAGE + 1, 2 * PAGE}, {65537, 17 * PAGE}};
    static const size_t bad[] = {0, SIZE_MAX, (size_t)PTRDIFF_MAX + 1};
    shmbridge_segment *segment = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_size(key, rows[i][0], rows[i][1]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        EXPECT(SHMBRIDGE_E_SIZE, shmbridge_segment_create(key, bad[i], 0, 0, &segment, NULL));
    CHECK(segment == NULL && !segment_info(key).exists);
}

static void nobody_there(const shmbridge_key *key)
{
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_segment_attach(key, 0, 0, &segment, &err));
    CHECK(segment == NULL && err.os_error == ERROR_FILE_NOT_FOUND && err.message[0] != 0);
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_segment_remove(key, 0, 0, NULL));
    CHECK(!segment_info(key).lock_exists);
}

static void somebody_there(const shmbridge_key *key)
{
    shmbridge_segment *segment = create(key, 8), *second = NULL, *reader;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    strcpy(shmbridge_segment_data(segment), "kept");
    EXPECT(SHMBRIDGE_E_EXISTS, shmbridge_segment_create(key, 8, 0, 0, &second, &err));
    CHECK(second == NULL && err.os_error == ERROR_ALREADY_EXISTS);
    EXPECT(SHMBRIDGE_E_IN_USE, shmbridge_segment_remove(key, 0, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, SHMBRIDGE_READ_ONLY, 0, &reader, NULL));
    EXPECT(SHMBRIDGE_E_READ_ONLY, shmbridge_segment_write(reader, 0, "x", 1, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, 0, NULL)); /* the creator leaves, the others keep it */
    CHECK(strcmp(shmbridge_segment_data(reader), "kept") == 0);
    second = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(reader, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(second, 0, NULL));
    nobody_there(key);
}

/* Neither attaching nor detaching needs the lock. */
static void lock_is_held(const shmbridge_key *key)
{
    shmbridge_segment *holder = create(key, 8), *other;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(holder, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_attach(key, 0, 0, &other, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
    other = attach(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(holder, 0, NULL)); /* gives the lock back */
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
    CHECK(!segment_info(key).exists);
}

static void expect_create_refused(int32_t want, const char *native, int32_t type)
{
    shmbridge_key *key;
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native(native, type, NULL, &key, NULL));
    EXPECT(want, shmbridge_segment_create(key, 8, 0, 0, &segment, &err));
    CHECK(segment == NULL && err.message[0] != 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

/* A name that is another kind of object's, no name at all, and other systems' keys. */
static void keys_that_cannot_work(void)
{
    char taken[NAME_SIZE];
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, random_name(taken));
    CHECK(event != NULL);
    expect_create_refused(SHMBRIDGE_E_UNKNOWN, taken, SHMBRIDGE_TYPE_LEGACY);
    CHECK(CloseHandle(event));
    expect_create_refused(SHMBRIDGE_E_KEY, "no\\such\\directory", SHMBRIDGE_TYPE_WINDOWS);
    expect_create_refused(SHMBRIDGE_E_UNSUPPORTED, "/x", SHMBRIDGE_TYPE_POSIX);
    expect_create_refused(SHMBRIDGE_E_UNSUPPORTED, "/tmp/x", SHMBRIDGE_TYPE_SYSTEMV);
}

int main(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_LEGACY);
    CHECK(shmbridge_key_type(key) == SHMBRIDGE_TYPE_WINDOWS && shmbridge_key_family(key) == SHMBRIDGE_FAMILY_WINDOWS);
    nobody_there(key);
    sizes(key);
    somebody_there(key);
    lock_is_held(key);
    keys_that_cannot_work();
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
