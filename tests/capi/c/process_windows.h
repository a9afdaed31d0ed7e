/* process.h, on Windows. */
#include <windows.h>

struct process {
    HANDLE process;
    HANDLE in, out; /* pipes to its standard input and from its standard output */
};

/* Makes a pipe, of which the process that is started gets one end. */
static inline void make_pipe(HANDLE *reader, HANDLE *writer, HANDLE *ours)
{
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof inherited, .bInheritHandle = TRUE};
    CHECK(CreatePipe(reader, writer, &inherited, 0));
    CHECK(SetHandleInformation(*ours, HANDLE_FLAG_INHERIT, 0));
}

static inline struct process start_process(const char *job, const shmbridge_key *key)
{
    struct process p;
    char text[TEXT_SIZE], line[2 * TEXT_SIZE], program[MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    PROCESS_INFORMATION started;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_text(key, text, sizeof text, NULL, NULL));
    CHECK(snprintf(line, sizeof line, "self %s \"%s\"", job, text) > 0);
    make_pipe(&startup.hStdInput, &p.in, &p.in);
    make_pipe(&p.out, &startup.hStdOutput, &p.out);
    CHECK(GetModuleFileNameA(NULL, program, sizeof program) > 0);
    CHECK(CreateProcessA(program, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &started));
    CHECK(CloseHandle(startup.hStdInput) && CloseHandle(startup.hStdOutput) && CloseHandle(started.hThread));
    p.process = started.hProcess;
    return p;
}

static inline void await(const struct process *p)
{
    char byte;
    DWORD count = 0;
    CHECK(ReadFile(p->out, &byte, 1, &count, NULL) && count == 1);
}

static inline void let_go_on(const struct process *p) { CHECK(CloseHandle(p->in)); }

/* Returns when it has ended, with its status. */
static inline DWORD status_of(const struct process *p)
{
    DWORD status;
    CHECK(WaitForSingleObject(p->process, INFINITE) == WAIT_OBJECT_0 && GetExitCodeProcess(p->process, &status));
    CHECK(CloseHandle(p->process) && CloseHandle(p->out));
    return status;
}

static inline void ended(const struct process *p)
{
    DWORD status = status_of(p);
    if (status != 0) {
        fprintf(stderr, "the second process ended with status %#lx\n", status);
    }
    CHECK(status == 0);
}

static inline void kill_process(const struct process *p)
{
    CHECK(TerminateProcess(p->process, 9) && status_of(p) == 9);
    let_go_on(p);
}

static inline void say(void)
{
    DWORD count = 0;
    CHECK(WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "\n", 1, &count, NULL) && count == 1);
}

static inline void listen_for_the_end(void)
{
    char byte;
    DWORD count;
    CHECK(!ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &count, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
}
