/* What the tests want of the operating system, each in its own way. */
#ifndef SHMBRIDGE_TESTS_SYSTEM_H
#define SHMBRIDGE_TESTS_SYSTEM_H

#include <shmbridge.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef _WIN32

#include <windows.h>

#include <ntsecapi.h>

/* The families of this system, for loops, and the types that keys have if nothing is said. */
static const int32_t types[] = {SHMBRIDGE_TYPE_WINDOWS};
#define LEGACY_TYPE SHMBRIDGE_TYPE_WINDOWS
#define SAFE_TYPE SHMBRIDGE_TYPE_WINDOWS

static inline bool fill_with_random(void *memory, size_t size) { return RtlGenRandom(memory, (ULONG)size); }

#else

#include <sys/random.h>

static const int32_t types[] = {SHMBRIDGE_TYPE_SYSTEMV, SHMBRIDGE_TYPE_POSIX};
#define LEGACY_TYPE SHMBRIDGE_TYPE_SYSTEMV
#define SAFE_TYPE SHMBRIDGE_TYPE_POSIX

static inline bool fill_with_random(void *memory, size_t size) { return getrandom(memory, size, 0) == (ssize_t)size; }

#endif

#define TYPES (sizeof types / sizeof types[0])

#endif
