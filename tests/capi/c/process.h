/*
 * A program's second process: the same program again, told what to do by its arguments.
 *
 *   start_process         starts this program with a job and the text of a key as arguments
 *   await                 returns when the process has called say
 *   let_go_on             lets it go on that calls listen_for_the_end
 *   ended                 returns when it has ended, which it must do well
 *   kill_process          ends it as a crash would
 *   say, listen_for_the_end   are for the second process
 */
#ifndef SHMBRIDGE_TESTS_PROCESS_H
#define SHMBRIDGE_TESTS_PROCESS_H

#include "objects.h"

#ifdef _WIN32
#include "process_windows.h"
#else
#include "process_posix.h"
#endif

static inline void finish(const struct process *p)
{
    let_go_on(p);
    ended(p);
}

static inline shmbridge_key *parse(const char *text)
{
    shmbridge_key *key;
    EXPECT(SHMBRIDGE_OK, shmbridge_key_parse(text, NULL, &key, NULL));
    return key;
}

#endif
