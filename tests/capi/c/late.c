/*
 * late LIBRARY: loads the library when the program has threads already, uses it from these and from later ones, unloads
 * it, and loads it again.
 */
#define _GNU_SOURCE
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>

#include "library.h"
#include "thread.h"

#define THREADS 3
#define ROUNDS 3

static struct library lib;
static sem_t loaded;

static void *use_from_thread(void *name)
{
    use_library(&lib, SHMBRIDGE_TYPE_SYSTEMV, name);
    use_library(&lib, SHMBRIDGE_TYPE_POSIX, name);
    return NULL;
}

static void *use_when_loaded(void *name)
{
    CHECK(sem_wait(&loaded) == 0);
    return use_from_thread(name);
}

/* A child that was forked before may load it by itself, as may the parent afterwards. */
static void load_in_a_child(const char *path)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        lib = load(path);
        use_from_thread((void *)(uintptr_t)"child");
        exit(0);
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
}

int main(int argc, char **argv)
{
    static char names[THREADS][8];
    pthread_t threads[THREADS];
    CHECK(argc == 2 && !is_loaded(argv[1]));
    load_in_a_child(argv[1]);
    CHECK(!is_loaded(argv[1]));
    for (int round = 0; round < ROUNDS; round++) {
        CHECK(sem_init(&loaded, 0, 0) == 0);
        for (int i = 0; i < THREADS; i++) {
            CHECK(snprintf(names[i], sizeof names[i], "late%d", i) > 0);
            threads[i] = start(use_when_loaded, names[i]);
        }
        lib = load(argv[1]);
        for (int i = 0; i < THREADS; i++) {
            CHECK(sem_post(&loaded) == 0);
        }
        use_from_thread((void *)(uintptr_t)"main");
        for (int i = 0; i < THREADS; i++) {
            join(threads[i]);
        }
        join(start(use_from_thread, names[0]));
        CHECK(lib.handle_count() == 0);
        CHECK(dlclose(lib.handle) == 0);
        CHECK(is_loaded(argv[1]));
    }
    return 0;
}
