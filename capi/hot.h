/*
 * The hot path: what needs no Go. For every handle there is a slot, in which the Go side puts what the C side needs of an
 * attached segment.
 */
#ifndef SHMBRIDGE_HOT_H
#define SHMBRIDGE_HOT_H

#include "shmbridge.h"

/* A handle's lower half is the number of its slot; the upper half says which of those that had the slot it is. */
#define SHMBRIDGE_SLOT_BITS 16
#define SHMBRIDGE_SLOTS (1 << SHMBRIDGE_SLOT_BITS)

/* bridge.GateFree and so on: see bridge.Segment.HandOut. */
enum { SHMBRIDGE_GATE_FREE = 0, SHMBRIDGE_GATE_HELD = 1, SHMBRIDGE_GATE_PASSING = 3 };

/* All members but gate are written by the Go side only, while handle is 0. On a cache line of its own. */
typedef struct shmbridge_slot {
    uintptr_t handle; /* of the attached segment, or 0 */
    uintptr_t data;
    uintptr_t size;
    uintptr_t requested; /* size, by the one who created the segment */
    uintptr_t *word; /* bridge.Lever */
    uintptr_t free;
    uintptr_t taken;
    int32_t semid; /* may be written at any time */
    uint32_t gate;
} __attribute__((aligned(64))) shmbridge_slot;

#pragma GCC visibility push(hidden)

extern shmbridge_slot shmbridge_slots[SHMBRIDGE_SLOTS];

/* What became of an attempt: done, another has the lock, or Go has to look at it. */
enum { SHMBRIDGE_HOT_DONE, SHMBRIDGE_HOT_TAKEN, SHMBRIDGE_HOT_GO };
int shmbridge_hot_lock(uintptr_t handle);
int shmbridge_hot_unlock(uintptr_t handle);

/* Is called with what Go's lock has returned, and returns it. */
int32_t shmbridge_hot_locked(uintptr_t handle, int32_t result);

#pragma GCC visibility pop

#endif
