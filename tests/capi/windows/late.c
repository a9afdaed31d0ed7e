/*
 * late DLL: loads the library when the program has threads already, uses it from these and from later ones, frees it, and
 * loads it again. Faults that are not the library's still reach the program's own handlers.
 */
#include <setjmp.h>
#include <shmbridge.h>
#include <windows.h>

#include "../check.h"

#define THREADS 3
#define ROUNDS 3

#define FUNCTIONS(X) \
    X(key_native) \
    X(key_close) \
    X(segment_create) \
    X(segment_detach) \
    X(segment_data) \
    X(segment_lock) \
    X(segment_unlock) \
    X(handle_count)

static struct library {
    HMODULE module;
#define MEMBER(function) __typeof__(shmbridge_##function) *function;
    FUNCTIONS(MEMBER)
#undef MEMBER
} lib;

static HANDLE loaded;

static struct library load(const char *path)
{
    struct library l = {.module = LoadLibraryA(path)};
    CHECK(l.module != NULL);
#define LOOK_UP(function) \
    l.function = (__typeof__(l.function))(uintptr_t)GetProcAddress(l.module, "shmbridge_" #function); \
    CHECK(l.function != NULL);
    FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return l;
}

static void use(const char *name)
{
    shmbridge_key *key;
    shmbridge_segment *segment;
    CHECK(lib.key_native(name, SHMBRIDGE_TYPE_LEGACY, NULL, &key, NULL) == SHMBRIDGE_OK);
    CHECK(lib.segment_create(key, 8, 0, SHMBRIDGE_FOREVER, &segment, NULL) == SHMBRIDGE_OK);
    CHECK(lib.segment_lock(segment, SHMBRIDGE_FOREVER, NULL) == SHMBRIDGE_OK);
    CHECK(lib.segment_lock(segment, 1, NULL) == SHMBRIDGE_E_TIMEOUT);
    *(char *)lib.segment_data(segment) = 1;
    CHECK(lib.segment_unlock(segment, NULL) == SHMBRIDGE_OK);
    CHECK(lib.segment_detach(segment, SHMBRIDGE_FOREVER, NULL) == SHMBRIDGE_OK);
    CHECK(lib.key_close(key, NULL) == SHMBRIDGE_OK);
}

/* Whom the program asks when there is a fault, and what it does then. */
static __thread struct {
    void *escape[5];
    volatile DWORD code;
    void *volatile address;
} caught;

static __attribute__((noreturn)) void escape(void) { __builtin_longjmp(caught.escape, 1); }

static LONG CALLBACK catch(EXCEPTION_POINTERS *exception)
{
    const EXCEPTION_RECORD *record = exception->ExceptionRecord;
    if (record->ExceptionCode != EXCEPTION_ACCESS_VIOLATION || record->ExceptionInformation[1] >= 4096) {
        return EXCEPTION_CONTINUE_SEARCH;
    }
    caught.code = record->ExceptionCode;
    caught.address = (void *)record->ExceptionInformation[1];
    exception->ContextRecord->Rip = (DWORD64)(uintptr_t)escape;
    exception->ContextRecord->Rsp = (exception->ContextRecord->Rsp & ~(DWORD64)15) - 8;
    return EXCEPTION_CONTINUE_EXECUTION;
}

static void fault(void)
{
    char *volatile nowhere = (char *)(uintptr_t)16;
    caught.code = 0;
    if (__builtin_setjmp(caught.escape) == 0) {
        *nowhere = 1;
        CHECK(!"a fault");
    }
    CHECK(caught.code == EXCEPTION_ACCESS_VIOLATION && caught.address == nowhere);
}

static DWORD WINAPI use_when_loaded(void *name)
{
    CHECK(WaitForSingleObject(loaded, INFINITE) == WAIT_OBJECT_0);
    fault();
    use(name);
    fault();
    return 0;
}

static void play(const char *path)
{
    static char names[THREADS][16];
    HANDLE threads[THREADS];
    loaded = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(loaded != NULL);
    for (int i = 0; i < THREADS; i++) {
        CHECK(snprintf(names[i], sizeof names[i], "late %lu %d", GetCurrentProcessId() % 1000, i) > 0);
        threads[i] = CreateThread(NULL, 0, use_when_loaded, names[i], 0, NULL);
        CHECK(threads[i] != NULL);
    }
    lib = load(path);
    CHECK(SetEvent(loaded));
    use("late main");
    CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (int i = 0; i < THREADS; i++) {
        DWORD status;
        CHECK(GetExitCodeThread(threads[i], &status) && status == 0 && CloseHandle(threads[i]));
    }
    CHECK(lib.handle_count() == 0 && CloseHandle(loaded));
}

int main(int argc, char **argv)
{
    CHECK(argc == 2 && GetModuleHandleA("shmbridge.dll") == NULL);
    CHECK(AddVectoredExceptionHandler(0, catch) != NULL);
    fault();
    for (int round = 0; round < ROUNDS; round++) {
        play(argv[1]);
        for (int i = 0; i < 3; i++) {
            CHECK(FreeLibrary(lib.module) && GetModuleHandleA("shmbridge.dll") == lib.module);
        }
        use("late still there");
        fault();
    }
    return 0;
}
