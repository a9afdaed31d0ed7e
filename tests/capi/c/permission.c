/*
 * What belongs to another user is refused with SHMBRIDGE_E_PERMISSION: by the kernel, or, as the kernel lets root do
 * everything, because of SHMBRIDGE_REQUIRE_OWNER. The objects are made by hand.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <semaphore.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects.h"

#define STRANGER 12345

static const char *native_name(const shmbridge_key *key, const char *prefix, char path[TEXT_SIZE])
{
    strcpy(path, prefix);
    EXPECT(SHMBRIDGE_OK, shmbridge_key_native_name(key, path + strlen(path), TEXT_SIZE - strlen(path), NULL, NULL));
    return path;
}

static void make_file(const char *path, off_t size)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    CHECK(fd >= 0 && ftruncate(fd, size) == 0 && close(fd) == 0);
}

/* Root can give a file away; others can make one that not even they may open. */
static void give_away_file(const char *path)
{
    CHECK((geteuid() == 0 ? chown(path, STRANGER, (gid_t)-1) : chmod(path, 0)) == 0);
}

static void take_back_file(const char *path) { CHECK((geteuid() == 0 ? chown(path, 0, (gid_t)-1) : chmod(path, 0600)) == 0); }

static void give_away(struct ipc_perm *perm)
{
    perm->uid = geteuid() == 0 ? STRANGER : perm->uid;
    perm->mode = geteuid() == 0 ? 0600 : 0;
}

static void expect_refused_segment(const shmbridge_key *key)
{
    shmbridge_segment *segment = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_PERMISSION, shmbridge_segment_attach(key, SHMBRIDGE_REQUIRE_OWNER, 0, &segment, &err));
    CHECK(segment == NULL && err.message[0] != 0);
    EXPECT(SHMBRIDGE_E_PERMISSION, shmbridge_segment_remove(key, SHMBRIDGE_REQUIRE_OWNER, 0, NULL));
}

static void systemv_segment(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_SYSTEMV);
    char path[TEXT_SIZE];
    struct shmid_ds ds;
    make_file(native_name(key, "", path), 0);
    int id = shmget(ftok(path, SHMBRIDGE_TYPE_SYSTEMV), 1, IPC_CREAT | IPC_EXCL | 0600);
    CHECK(id >= 0 && shmdt(shmat(id, NULL, 0)) == 0); /* or it would be one that this process is about to attach to */
    CHECK(shmctl(id, IPC_STAT, &ds) == 0);
    give_away(&ds.shm_perm);
    CHECK(shmctl(id, IPC_SET, &ds) == 0);
    expect_refused_segment(key);
    ds.shm_perm.uid = geteuid();
    ds.shm_perm.mode = 0600;
    CHECK(shmctl(id, IPC_SET, &ds) == 0);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(key, 0, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void posix_segment(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEGMENT, SHMBRIDGE_TYPE_POSIX);
    char path[TEXT_SIZE];
    make_file(native_name(key, "/dev/shm", path), 1);
    give_away_file(path);
    expect_refused_segment(key);
    take_back_file(path);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_remove(key, 0, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void expect_refused_semaphore(shmbridge_key *key)
{
    shmbridge_semaphore *semaphore = NULL;
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    EXPECT(SHMBRIDGE_E_PERMISSION, shmbridge_semaphore_open(key, 1, SHMBRIDGE_REQUIRE_OWNER, &semaphore, &err));
    CHECK(semaphore == NULL && err.message[0] != 0);
    EXPECT(SHMBRIDGE_E_PERMISSION,
           shmbridge_semaphore_open(key, 1, SHMBRIDGE_REQUIRE_OWNER | SHMBRIDGE_TAKE_OVER, &semaphore, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_key_close(key, NULL));
}

static void systemv_semaphore(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, SHMBRIDGE_TYPE_SYSTEMV);
    char path[TEXT_SIZE];
    struct semid_ds ds;
    union {
        struct semid_ds *ds;
    } arg = {&ds};
    make_file(native_name(key, "", path), 0);
    int id = semget(ftok(path, SHMBRIDGE_TYPE_SYSTEMV), 1, IPC_CREAT | IPC_EXCL | 0600);
    CHECK(id >= 0 && semctl(id, 0, IPC_STAT, arg) == 0);
    give_away(&ds.sem_perm);
    CHECK(semctl(id, 0, IPC_SET, arg) == 0);
    expect_refused_semaphore(key);
    CHECK(semctl(id, 0, IPC_RMID) == 0 && unlink(path) == 0);
}

static void posix_semaphore(void)
{
    shmbridge_key *key = random_key(SHMBRIDGE_SEMAPHORE, SHMBRIDGE_TYPE_POSIX);
    char name[TEXT_SIZE], path[TEXT_SIZE + 16];
    sem_t *made = sem_open(native_name(key, "", name), O_CREAT | O_EXCL, 0600, 1);
    CHECK(made != SEM_FAILED && sem_close(made) == 0);
    snprintf(path, sizeof path, "/dev/shm/sem.%s", name + 1);
    give_away_file(path);
    expect_refused_semaphore(key);
    CHECK(unlink(path) == 0);
}

int main(void)
{
    systemv_segment();
    posix_segment();
    systemv_semaphore();
    posix_semaphore();
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
