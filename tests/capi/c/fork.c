/*
 * fork(2) without exec, while other threads are inside the library: in the child every function refuses at once, and the
 * parent's objects stay as they are, whatever the child does and however it ends.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>

#include "calls.h"
#include "process.h"
#include "thread.h"

#define FORKS 20
#define PATIENCE 30 /* seconds that the child has, should it hang */

static atomic_int stop;

static void *lock_and_unlock(void *argument)
{
    while (!atomic_load(&stop)) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(argument, SHMBRIDGE_FOREVER, NULL));
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(argument, NULL));
    }
    return NULL;
}

static void *attach_and_detach(void *argument)
{
    while (!atomic_load(&stop)) {
        EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(attach(argument), SHMBRIDGE_FOREVER, NULL));
    }
    return NULL;
}

/* In the child. */
static void expect_refused(struct objects *o)
{
    for (size_t i = 0; i < CALLS_COUNT; i++) {
        shmbridge_error err = SHMBRIDGE_ERROR_INIT, unset = {0};
        expect(__FILE__, __LINE__, calls[i].name, SHMBRIDGE_E_FORK, calls[i].call(o, &err));
        CHECK(err.code == SHMBRIDGE_E_FORK && err.os_error == 0 && strstr(err.message, "fork") != NULL);
        expect(__FILE__, __LINE__, calls[i].name, SHMBRIDGE_E_FORK, calls[i].call(o, NULL));
        expect(__FILE__, __LINE__, calls[i].name, SHMBRIDGE_E_FORK, calls[i].call(o, &unset));
        CHECK(unset.code == 0 && unset.message[0] == 0);
    }
    CHECK(o->new_key == NULL && o->new_segment == NULL && o->new_semaphore == NULL);
    EXPECT(SHMBRIDGE_E_FORK, shmbridge_key_type(o->key));
    EXPECT(SHMBRIDGE_E_FORK, shmbridge_key_family(o->key));
    CHECK(shmbridge_segment_data(o->segment) == NULL);
    CHECK(shmbridge_segment_size(o->segment) == 0);
    CHECK(shmbridge_handle_count() == 0);
    CHECK(shmbridge_version()[0] != 0 && shmbridge_abi_version() == SHMBRIDGE_ABI_VERSION);
    CHECK(strcmp(shmbridge_error_name(SHMBRIDGE_E_FORK), "SHMBRIDGE_E_FORK") == 0);
    CHECK(shmbridge_error_text(SHMBRIDGE_E_FORK)[0] != 0);
}

static void child(struct objects *o, const int *data, int round)
{
    alarm(PATIENCE);
    CHECK(*data == 42); /* its memory stays mapped */
    expect_refused(o);
    if (round % 3 == 0) {
        exit(0);
    }
    if (round % 3 == 1) {
        _exit(0);
    }
    pid_t pid = fork();
    int status;
    if (pid == 0) {
        expect_refused(o);
        _exit(0);
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
    _exit(0);
}

static void fork_once(struct objects *o, const int *data, int round)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        child(o, data, round);
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
}

/* Until it ends, a child counts as attached. */
static void child_is_attached(const struct objects *o)
{
    int status, before = segment_info(o->key).attached;
    pid_t pid = fork();
    if (pid == 0) {
        pause();
    }
    CHECK(pid > 0 && segment_info(o->key).attached > before);
    CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, &status, 0) == pid);
    CHECK(segment_info(o->key).attached == before);
}

static void child_execs(const struct objects *o)
{
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(o->segment, NULL));
    struct process other = start_process("attach", o->key);
    await(&other);
    finish(&other);
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(o->segment, 0, NULL));
}

static void parent_is_unaffected(struct objects *o, shmbridge_segment *other, const int *data)
{
    CHECK(*data == 42 && shmbridge_segment_data(o->segment) == data);
    CHECK(segment_info(o->key).exists && segment_info(o->key).lock_value == 0 && segment_info(o->key).lock_exists);
    CHECK(semaphore_info(o->semaphore_key).exists && semaphore_info(o->semaphore_key).value == 1);
    EXPECT(SHMBRIDGE_E_TIMEOUT, shmbridge_segment_lock(other, 1, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_unlock(o->segment, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(other, 0, NULL));
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(other, 0, NULL));
    close_objects(o);
}

static void play(int32_t type)
{
    struct objects o, busy;
    open_objects(&o, type);
    open_objects(&busy, type);
    shmbridge_segment *other = attach(o.key);
    int *data = shmbridge_segment_data(o.segment);
    *data = 42;
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_lock(o.segment, 0, NULL));
    atomic_store(&stop, 0);
    pthread_t threads[] = {start(lock_and_unlock, busy.segment), start(attach_and_detach, busy.key)};
    for (int i = 0; i < FORKS; i++) {
        fork_once(&o, data, i);
    }
    atomic_store(&stop, 1);
    join(threads[0]);
    join(threads[1]);
    close_objects(&busy);
    child_execs(&o);
    child_is_attached(&o);
    parent_is_unaffected(&o, other, data);
}

static int attach_once(const char *text)
{
    EXPECT(SHMBRIDGE_OK, shmbridge_segment_detach(attach(parse(text)), SHMBRIDGE_FOREVER, NULL));
    say();
    listen_for_the_end();
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        return attach_once(argv[2]);
    }
    for (size_t i = 0; i < TYPES; i++) {
        play(types[i]);
    }
    CHECK(shmbridge_handle_count() == 0);
    return 0;
}
