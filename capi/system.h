/* What the C side wants of the operating system, each in its own way. */
#ifndef SHMBRIDGE_SYSTEM_H
#define SHMBRIDGE_SYSTEM_H

#include <stdint.h>

/* Set in a forked child. */
extern int shmbridge_forked;

/* These stand around each call of Go, of which the second returns the result: the thread blocks the same signals after it as before. */
void shmbridge_enter_go(void);
int32_t shmbridge_leave_go(int32_t result);

/*
 * A fault whose signal the thread blocks would end the process, whoever is ready to handle it. The first function unblocks
 * these signals and returns which ones were blocked, the second blocks these again and returns the result.
 */
unsigned shmbridge_unblock_faults(void);
int32_t shmbridge_block_faults(unsigned blocked, int32_t result);

/* Adds to a System V semaphore without waiting; errno says why it could not, EAGAIN if it would have to wait. */
int shmbridge_semop(int semid, short by);

#endif
