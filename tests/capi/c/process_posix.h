/* process.h, on POSIX. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

struct process {
    pid_t pid;
    int in, out; /* pipes to its standard input and from its standard output */
};

extern char **environ;

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

static inline void await(const struct process *p)
{
    char byte;
    CHECK(read(p->out, &byte, 1) == 1);
}

static inline void let_go_on(const struct process *p) { CHECK(close(p->in) == 0); }

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

static inline void kill_process(const struct process *p)
{
    int status;
    CHECK(kill(p->pid, SIGKILL) == 0 && waitpid(p->pid, &status, 0) == p->pid);
    CHECK(close(p->in) == 0 && close(p->out) == 0);
}

static inline void say(void) { CHECK(write(1, "\n", 1) == 1); }

static inline void listen_for_the_end(void)
{
    char byte;
    CHECK(read(0, &byte, 1) == 0);
}
