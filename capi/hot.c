#include "hot.h"

#include <errno.h>

#include "system.h"

shmbridge_slot shmbridge_slots[SHMBRIDGE_SLOTS];

/*
 * Why this is right.
 *
 * The slot stays what it is: a slot is never unmapped, and whoever has changed its gate from FREE or HELD to PASSING keeps
 * Detach waiting, and with it the end of the semaphore's page, until the gate says something else (bridge's holder.go). So
 * the handle is looked at again after that change: if it is still ours, word and semid are too, and if it is another's,
 * the gate gets its old value back and nothing has happened. The first look only spares others the disturbance.
 *
 * Memory order. The change to PASSING acquires, and the store that ends it releases, so that those who use one handle see
 * what the holder before them wrote, on System V too, where a system call excludes and orders nothing for the compiler.
 * The semaphore's word is taken with acquire and given back with release, as glibc's sem_wait and sem_post do: that orders
 * the memory of different handles and processes. Go's atomic operations are stronger than both.
 */

static inline shmbridge_slot *slot_of(uintptr_t handle) { return &shmbridge_slots[handle % SHMBRIDGE_SLOTS]; }

static inline int is_of(const shmbridge_slot *slot, uintptr_t handle) {
    return __atomic_load_n(&slot->handle, __ATOMIC_ACQUIRE) == handle && handle != 0 && !shmbridge_forked;
}

static inline int change(uint32_t *gate, uint32_t from, uint32_t to) {
    return __atomic_compare_exchange_n(gate, &from, to, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Passes the gate, or returns 0. */
static inline int pass(shmbridge_slot *slot, uintptr_t handle, uint32_t from) {
    if (!is_of(slot, handle) || !change(&slot->gate, from, SHMBRIDGE_GATE_PASSING))
        return 0;
    if (is_of(slot, handle))
        return 1;
    __atomic_store_n(&slot->gate, from, __ATOMIC_RELEASE);
    return 0;
}

static inline void passed(shmbridge_slot *slot, uint32_t to) { __atomic_store_n(&slot->gate, to, __ATOMIC_RELEASE); }

static inline int change_semaphore(const shmbridge_slot *slot, short by) {
    int id = __atomic_load_n(&slot->semid, __ATOMIC_RELAXED);
    if (id < 0)
        return SHMBRIDGE_HOT_GO;
    if (shmbridge_semop(id, by) == 0)
        return SHMBRIDGE_HOT_DONE;
    return errno == EAGAIN ? SHMBRIDGE_HOT_TAKEN : SHMBRIDGE_HOT_GO;
}

int shmbridge_hot_lock(uintptr_t handle) {
    shmbridge_slot *slot = slot_of(handle);
    int outcome;
    if (!pass(slot, handle, SHMBRIDGE_GATE_FREE))
        return SHMBRIDGE_HOT_GO;
    if (!slot->word) {
        outcome = change_semaphore(slot, -1);
    } else {
        uintptr_t free = slot->free;
        if (__atomic_compare_exchange_n(slot->word, &free, slot->taken, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            outcome = SHMBRIDGE_HOT_DONE;
        else
            outcome = free == slot->taken ? SHMBRIDGE_HOT_TAKEN : SHMBRIDGE_HOT_GO;
    }
    passed(slot, outcome == SHMBRIDGE_HOT_DONE ? SHMBRIDGE_GATE_HELD : SHMBRIDGE_GATE_FREE);
    return outcome;
}

int shmbridge_hot_unlock(uintptr_t handle) {
    shmbridge_slot *slot = slot_of(handle);
    int outcome;
    if (!pass(slot, handle, SHMBRIDGE_GATE_HELD))
        return SHMBRIDGE_HOT_GO;
    if (!slot->word) {
        outcome = change_semaphore(slot, 1);
    } else {
        uintptr_t taken = slot->taken;
        if (__atomic_compare_exchange_n(slot->word, &taken, slot->free, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
            outcome = SHMBRIDGE_HOT_DONE;
        else
            outcome = SHMBRIDGE_HOT_GO;
    }
    passed(slot, outcome == SHMBRIDGE_HOT_DONE ? SHMBRIDGE_GATE_FREE : SHMBRIDGE_GATE_HELD);
    return outcome;
}

/* Go's operations order memory without it; but who looks at the C side only, as ThreadSanitizer does, sees an acquire here too. */
int32_t shmbridge_hot_locked(uintptr_t handle, int32_t result) {
    (void)__atomic_load_n(&slot_of(handle)->gate, __ATOMIC_ACQUIRE);
    return result;
}

/* The second look tells that the member is not that of the next one to have the slot. */
static uintptr_t look(const shmbridge_segment *segment, const uintptr_t *member) {
    const shmbridge_slot *slot = slot_of((uintptr_t)segment);
    if (is_of(slot, (uintptr_t)segment)) {
        uintptr_t value = __atomic_load_n(member, __ATOMIC_ACQUIRE);
        if (is_of(slot, (uintptr_t)segment))
            return value;
    }
    return 0;
}

void *shmbridge_segment_data(const shmbridge_segment *segment) {
    return (void *)look(segment, &slot_of((uintptr_t)segment)->data);
}

size_t shmbridge_segment_size(const shmbridge_segment *segment) {
    return look(segment, &slot_of((uintptr_t)segment)->size);
}

size_t shmbridge_segment_requested_size(const shmbridge_segment *segment) {
    return look(segment, &slot_of((uintptr_t)segment)->requested);
}
