/* Ten thousand times opened and closed: no handle, no mapping, no file and no memory stays. */
#define _GNU_SOURCE
#include <dirent.h>
#include <unistd.h>

#include "objects.h"

#define CYCLES 10000
#define WARM_UP 2000

struct use {
    long pages; /* resident, but for shared ones */
    int mappings, files;
};

static int lines(const char *path)
{
    FILE *file = fopen(path, "r");
    int n = 0;
    CHECK(file != NULL);
    for (int c; (c = getc(file)) != EOF;) {
        n += c == '\n';
    }
    CHECK(fclose(file) == 0);
    return n;
}

static int entries(const char *path)
{
    DIR *dir = opendir(path);
    int n = 0;
    CHECK(dir != NULL);
    while (readdir(dir) != NULL) {
        n++;
    }
    CHECK(closedir(dir) == 0);
    return n;
}

static struct use measure(void)
{
    struct use use = {0, lines("/proc/self/maps"), entries("/proc/self/fd")};
    long size, shared;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%ld %ld %ld", &size, &use.pages, &shared) == 3 && fclose(file) == 0);
    use.pages -= shared;
    return use;
}

static void segments(const shmbridge_key *key)
{
    shmbridge_segment *segment;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_create(key, 4096, SHMBRIDGE_REMOVE_LAST, 0, &segment, NULL));
    *(char *)shmbridge_segment_data(segment) = 1;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(segment, SHMBRIDGE_FOREVER, NULL));
}

static void semaphores(const shmbridge_key *key)
{
    shmbridge_semaphore *semaphore;
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_open(key, 1, 0, &semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, SHMBRIDGE_FOREVER, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
}

static void failures(const shmbridge_key *key)
{
    shmbridge_segment *segment;
    shmbridge_key *none;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_segment_attach(key, 0, SHMBRIDGE_FOREVER, &segment, &err));
    EXPECT(SHMBRIDGE_E_SIZE, shmbridge_segment_create(key, 0, 0, SHMBRIDGE_FOREVER, &segment, &err));
    EXPECT(SHMBRIDGE_E_NOT_FOUND, shmbridge_key_find("nobody's", NULL, &none, &err));
}

static void keys(const shmbridge_key *key)
{
    char text[TEXT_SIZE];
    shmbridge_key *same;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(key, text, sizeof text, NULL, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_parse(text, NULL, &same, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(same, NULL));
}

static void expect_flat(const char *name, void (*cycle)(const shmbridge_key *), const shmbridge_key *key)
{
    for (int i = 0; i < WARM_UP; i++) {
        cycle(key);
    }
    struct use before = measure();
    for (int i = 0; i < CYCLES; i++) {
        cycle(key);
    }
    struct use after = measure();
    printf("%s: %ld pages, %d mappings, %d files; then %ld, %d, %d\n", name, before.pages, before.mappings, before.files,
           after.pages, after.mappings, after.files);
    CHECK(shmbridge_handle_count() == 1);
    /* The library may have started some threads more, and its heap swings. */
    CHECK(after.pages <= before.pages + 4000000 / sysconf(_SC_PAGESIZE));
    CHECK(after.mappings <= before.mappings + CYCLES / 100 && after.files <= before.files + CYCLES / 1000);
}

int main(void)
{
    for (size_t i = 0; i < TYPES; i++) {
        shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, types[i]);
        expect_flat("segments", segments, key);
        expect_flat("semaphores", semaphores, key);
        expect_flat("failures", failures, key);
        expect_flat("keys", keys, key);
        EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
