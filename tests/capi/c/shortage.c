/* No memory for a page of a POSIX segment: an error, not SIGBUS. In a small /dev/shm of its own. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "objects.h"

#define SIZE (1 << 20)

/* A thread that the library has started would stay outside: this program is started again inside. */
static int start_inside(char **argv)
{
    char *const arguments[] = {argv[0], (char *)(uintptr_t)"inside", NULL};
    CHECK(unshare(CLONE_NEWNS) == 0);
    CHECK(mount("small", "/dev/shm", "tmpfs", 0, "size=64k") == 0);
    execv("/proc/self/exe", arguments);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        return start_inside(argv);
    }
    static char buf[SIZE] = {1};
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_POSIX);
    shmbridge_segment *segment = create(key, SIZE);
    for (int i = 0; i < 3; i++) {
        size_t done = SIZE_MAX;
        shmbridge_error err = SHMBRIDGE_ERROR_INIT;
        EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_segment_write(segment, 0, buf, SIZE, &done, &err));
        CHECK(err.code == SHMBRIDGE_E_RESOURCES && err.message[0] != 0 && done < SIZE);
        EXPECT(SHMBRIDGE_E_RESOURCES, shmbridge_segment_read(segment, SIZE / 2, buf, 1, &done, NULL));
        CHECK(done == 0);
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_write(segment, 0, buf, 1, &done, NULL));
        CHECK(done == 1);
    }
    discard(key, segment);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
