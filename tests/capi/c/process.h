/* A program's second process: the same program again, told what to do by its arguments. */
#ifndef SHMBRIDGE_TESTS_PROCESS_H
#define SHMBRIDGE_TESTS_PROCESS_H

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "objects.h"

struct process {
    pid_t pid;
    int in, out; /* pipes to its standard input and from its standard output */
};

extern char **environ;

/* Starts this program with job and the text of key as arguments. */
static inline struct process start_process(const char *job, const shmbridge_key *key)
{
    struct process p;
    char text[TEXT_SIZE];
    char *const arguments[] = {(char *)(uintptr_t)"self", (char *)(uintptr_t)job, text, NULL};
    int in[2], out[2];
    posix_spawn_file_actions_t actions;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(key, text, sizeof text, NULL, NULL));
    CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
    CHECK(posix_spawn_file_actions_init(&actions) == 0);
    CHECK(posix_spawn_file_actions_adddup2(&actions, in[0], 0) == 0);
    CHECK(posix_spawn_file_actions_adddup2(&actions, out[1], 1) == 0);
    CHECK(posix_spawn(&p.pid, "/proc/self/exe", &actions, NULL, arguments, environ) == 0);
    CHECK(posix_spawn_file_actions_destroy(&actions) == 0);
    CHECK(close(in[0]) == 0 && close(out[1]) == 0);
    p.in = in[1];
    p.out = out[0];
    return p;
}

/* Returns when the process has called say. */
static inline void await(const struct process *p)
{
    char byte;
    CHECK(read(p->out, &byte, 1) == 1);
}

/* Lets it go on that calls listen_for_the_end. */
static inline void tell(const struct process *p) { CHECK(close(p->in) == 0); }

/* Returns when it has ended, which it must do well. */
static inline void ended(const struct process *p)
{
    int status;
    CHECK(waitpid(p->pid, &status, 0) == p->pid);
    if (status != 0) {
        fprintf(stderr, "the second process ended with status %#x\n", (unsigned)status);
    }
    CHECK(status == 0);
    CHECK(close(p->out) == 0);
}

static inline void finish(const struct process *p)
{
    tell(p);
    ended(p);
}

/* For the second process. */
static inline void say(void) { CHECK(write(1, "\n", 1) == 1); }

static inline void listen_for_the_end(void)
{
    char byte;
    CHECK(read(0, &byte, 1) == 0);
}

static inline shmbridge_key *parse(const char *text)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_parse(text, NULL, &key, NULL));
    return key;
}

#endif
