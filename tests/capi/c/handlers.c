/*
 * handlers LIBRARY: signal handlers that were there before the library was loaded still get what is not the library's: in
 * threads that have called it and in those that have not.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "library.h"
#include "thread.h"

static struct library lib;

static struct {
    sigjmp_buf escape;
    volatile sig_atomic_t sig;
    void *volatile address;
} caught;

static void escape(int sig, siginfo_t *info, void *context)
{
    (void)context;
    caught.sig = sig;
    caught.address = info->si_addr;
    siglongjmp(caught.escape, 1);
}

static void note(int sig) { caught.sig = sig; }

static void install(int sig, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    CHECK(sigaction(sig, &action, NULL) == 0);
}

static void expect_fault(int sig, volatile char *address)
{
    caught.sig = 0;
    if (sigsetjmp(caught.escape, 1) == 0) {
        *address = 1;
        CHECK(!"a fault");
    }
    CHECK(caught.sig == sig && caught.address == (void *)(uintptr_t)address);
}

static void *map(size_t size, int protection, int file)
{
    void *memory = mmap(NULL, size, protection, file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, file, 0);
    CHECK(memory != MAP_FAILED);
    return memory;
}

static void *fault(void *nothing)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int empty = memfd_create("empty", 0);
    char *forbidden = map(page, PROT_NONE, -1), *missing = map(page, PROT_READ | PROT_WRITE, empty);
    CHECK(empty >= 0);
    for (int i = 0; i < 3; i++) {
        expect_fault(SIGSEGV, forbidden + i);
        expect_fault(SIGSEGV, (volatile char *)(uintptr_t)(i + 1));
        expect_fault(SIGBUS, missing + i);
    }
    CHECK(munmap(forbidden, page) == 0 && munmap(missing, page) == 0 && close(empty) == 0);
    return nothing;
}

static void *fault_after_calls(void *nothing)
{
    use_library(&lib, SHMBRIDGE_TYPE_POSIX, "handlers");
    fault(nothing);
    use_library(&lib, SHMBRIDGE_TYPE_SYSTEMV, "handlers");
    return fault(nothing);
}

static void write_to_nobody(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0 && close(ends[0]) == 0);
    CHECK(write(ends[1], "x", 1) == -1 && errno == EPIPE);
    CHECK(close(ends[1]) == 0);
}

static void *pipe_and_user_signals(void *nothing)
{
    caught.sig = 0;
    write_to_nobody();
    CHECK(caught.sig == SIGPIPE);
    CHECK(pthread_kill(pthread_self(), SIGUSR1) == 0 && caught.sig == SIGUSR1);
    return nothing;
}

/* In a child of its own, which loads the library: without a handler these signals kill, and ignored they do nothing. */
static void expect_death(const char *path, int sig, void (*handler)(int))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        CHECK(signal(sig, handler) != SIG_ERR);
        lib = load(path);
        use_library(&lib, SHMBRIDGE_TYPE_POSIX, "handlers");
        if (sig == SIGPIPE) {
            write_to_nobody();
        } else if (sig == SIGSEGV) {
            *(volatile char *)(uintptr_t)1 = 1;
        } else {
            CHECK(kill(getpid(), sig) == 0);
        }
        _exit(0);
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
    CHECK(handler == SIG_IGN ? status == 0 : WIFSIGNALED(status) && WTERMSIG(status) == sig);
}

/* All but the five that the header names. */
static void other_signals_are_left_alone(const struct sigaction before[SIGRTMAX + 1])
{
    for (int sig = 1; sig <= SIGRTMAX; sig++) {
        struct sigaction now;
        int known = sig == SIGSEGV || sig == SIGBUS || sig == SIGFPE || sig == SIGPIPE || sig == SIGURG;
        if (!known && sigaction(sig, NULL, &now) == 0 && now.sa_handler != before[sig].sa_handler) {
            fprintf(stderr, "signal %d has another handler\n", sig);
            exit(1);
        }
    }
}

int main(int argc, char **argv)
{
    struct sigaction before[SIGRTMAX + 1];
    CHECK(argc == 2 && !is_loaded(argv[1]));
    static const int deadly[] = {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGUSR1};
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        expect_death(argv[1], deadly[i], SIG_DFL);
        expect_death(argv[1], deadly[i], SIG_IGN);
    }
    expect_death(argv[1], SIGSEGV, SIG_DFL);
    expect_death(argv[1], SIGABRT, SIG_DFL);
    install(SIGSEGV, escape);
    install(SIGBUS, escape);
    CHECK(signal(SIGPIPE, note) != SIG_ERR && signal(SIGUSR1, note) != SIG_ERR);
    memset(before, 0, sizeof before);
    for (int sig = 1; sig <= SIGRTMAX; sig++) {
        (void)sigaction(sig, NULL, &before[sig]); /* refuses those of glibc's own */
    }
    fault(NULL);
    lib = load(argv[1]);
    for (int i = 0; i < 2; i++) {
        other_signals_are_left_alone(before);
        join(start(fault, NULL));
        join(start(fault_after_calls, NULL));
        join(start(pipe_and_user_signals, NULL));
        fault_after_calls(NULL);
        pipe_and_user_signals(NULL);
    }
    return 0;
}
