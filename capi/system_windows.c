#include "system.h"

#include <windows.h>

/* There is no fork, there are no signals that a thread could block, and no System V semaphores. */
int shmbridge_forked;

void shmbridge_enter_go(void) {}

int32_t shmbridge_leave_go(int32_t result) { return result; }

unsigned shmbridge_unblock_faults(void) { return 0; }

int32_t shmbridge_block_faults(unsigned blocked, int32_t result) { return result; }

int shmbridge_semop(int semid, short by) { return -1; }

/* The Go runtime cannot be unloaded. */
__attribute__((constructor)) static void stay(void) {
    HMODULE self;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&shmbridge_forked, &self);
}
