/* What can be found out on Windows: shmbridge_segment_stat, shmbridge_semaphore_stat and shmbridge_key_find. */
#include "../c/objects.h"

static void segment(const shmbridge_key *key)
{
    shmbridge_segment *first = create(key, 1), *second = attach(key);
    shmbridge_segment_info info = segment_info(key);
    CHECK(info.exists && info.lock_exists && !info.orphan && !info.key_file_exists);
    CHECK(info.size == 4096 && info.attached == 2 && info.lock_value == 1 && info.lock_waiting == -1);
    CHECK(info.created == 0 && info.id == 0 && info.owner == 0 && info.mode == 0 && info.creator_pid == 0 && info.last_pid == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(first, 0, NULL));
    CHECK(segment_info(key).lock_value == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(first, 0, NULL));
    CHECK(segment_info(key).attached == 1 && segment_info(key).lock_value == 1);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(second, 0, NULL));
    info = segment_info(key);
    CHECK(!info.exists && !info.lock_exists && info.size == 0 && info.attached == 0);
}

static void semaphore(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, SHMBRIDGE_TYPE_LEGACY);
    CHECK(!semaphore_info(key).exists);
    shmbridge_semaphore *semaphore = open_with(key, 3, 0);
    shmbridge_semaphore_info info = semaphore_info(key);
    CHECK(info.exists && info.value == 3 && info.waiting == -1 && info.last_pid == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, 0, NULL));
    CHECK(semaphore_info(key).value == 2);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void expect_text(const shmbridge_key *key, const char *want)
{
    char text[TEXT_SIZE];
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(key, text, sizeof text, NULL, NULL));
    CHECK(strcmp(text, want) == 0);
}

/* The names are those of real Qt for Windows, 5.15.2 and 6.8.3. */
static void names(void)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, "test", 0, NULL, &key, NULL));
    expect_text(key, "windows:qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3?legacyKey=test");
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEMAPHORE, "test", 0, NULL, &key, NULL));
    expect_text(key, "windows:qipc_systemsem_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3?legacyKey=test");
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_safe(SHMBRIDGE_SEGMENT, "test", 0, NULL, &key, NULL));
    expect_text(key, "windows:shm_test");
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void expect_found(const char *name, const shmbridge_key *want)
{
    char text[TEXT_SIZE];
    shmbridge_key *found;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(want, text, sizeof text, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_find(name, NULL, &found, NULL));
    expect_text(found, text);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(found, NULL));
}

static void finding(void)
{
    char name[NAME_SIZE];
    shmbridge_key *legacy, *safe, *found = NULL;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_legacy(SHMBRIDGE_SEGMENT, random_name(name), 0, NULL, &legacy, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_safe(SHMBRIDGE_SEGMENT, name, 0, NULL, &safe, NULL));
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_key_find(name, NULL, &found, NULL));
    shmbridge_segment *first = create(legacy, 1);
    expect_found(name, legacy);
    shmbridge_segment *second = create(safe, 1);
    EXPECT(SHMBRIDGE_E_AMBIGUOUS, shmbridge_key_find(name, NULL, &found, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(first, 0, NULL));
    expect_found(name, safe);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(second, 0, NULL));
    CHECK(found == NULL);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(legacy, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(safe, NULL));
}

int main(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_LEGACY);
    segment(key);
    semaphore();
    names();
    finding();
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
