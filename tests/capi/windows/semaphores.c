/* Semaphores of Windows: a value that is there is kept, whatever the flags, and the last handle ends them. */
#include "../c/process.h"

static void owners(const shmbridge_key *key)
{
    shmbridge_semaphore *maker = open_with(key, 3, SHMBRIDGE_TAKE_OVER), *user = open_with(key, 7, SHMBRIDGE_TAKE_OVER);
    CHECK(semaphore_info(key).value == 3);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(maker, NULL));
    CHECK(semaphore_info(key).exists && semaphore_info(key).value == 3);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(user, NULL));
    CHECK(!semaphore_info(key).exists);
}

static int acquire(const char *text)
{
    shmbridge_semaphore *semaphore = open_with(parse(text), 0, 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_acquire(semaphore, 0, NULL));
    say();
    listen_for_the_end();
    return 1; /* it is killed before that */
}

/* What a dead process took is not given back. */
static void dead_process(const shmbridge_key *key)
{
    shmbridge_semaphore *semaphore = open_with(key, 2, 0);
    struct process p = start_process("acquire", key);
    await(&p);
    kill_process(&p);
    CHECK(semaphore_info(key).value == 1);
    EXPECT(SHMBRIDGE_OK, shmbridge_semaphore_close(semaphore, NULL));
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return acquire(argv[2]);
    }
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, SHMBRIDGE_TYPE_LEGACY);
    owners(key);
    dead_process(key);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
