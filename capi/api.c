/*
 * The functions of shmbridge.h. The Go runtime does not survive fork(2), so each of them looks first whether that has
 * happened; the rest is done by the function of nearly the same name in Go.
 */
#include <string.h>

#include "_cgo_export.h"
#include "hot.h"
#include "system.h"

static int32_t refuse(shmbridge_error *err) {
    static const char text[] = "libshmbridge was loaded before this process was forked: only the parent can use it; call exec first";
    if (err && err->struct_size >= offsetof(shmbridge_error, message) + sizeof text) {
        err->code = SHMBRIDGE_E_FORK;
        err->os_error = 0;
        memcpy(err->message, text, sizeof text);
    }
    return SHMBRIDGE_E_FORK;
}

#define IN_GO(call) (shmbridge_forked ? refuse(err) : (shmbridge_enter_go(), shmbridge_leave_go(call)))

#define AS_CASE(name, value, text) case value: return AS_RESULT(name, text);

const char *shmbridge_error_name(int32_t code) {
#define AS_RESULT(name, text) #name
    switch (code) { SHMBRIDGE_CODES(AS_CASE) }
#undef AS_RESULT
    return "SHMBRIDGE_E_UNKNOWN";
}

const char *shmbridge_error_text(int32_t code) {
#define AS_RESULT(name, text) text
    switch (code) { SHMBRIDGE_CODES(AS_CASE) }
#undef AS_RESULT
    return shmbridge_error_text(SHMBRIDGE_E_UNKNOWN);
}

#define STRING_(x) #x
#define STRING(x) STRING_(x)

const char *shmbridge_version(void) {
    return STRING(SHMBRIDGE_VERSION_MAJOR) "." STRING(SHMBRIDGE_VERSION_MINOR) "." STRING(SHMBRIDGE_VERSION_PATCH);
}

int32_t shmbridge_abi_version(void) { return SHMBRIDGE_ABI_VERSION; }

int32_t shmbridge_handle_count(void) {
    if (shmbridge_forked)
        return 0;
    shmbridge_enter_go();
    return shmbridge_leave_go(shmbridgeHandleCount());
}

int32_t shmbridge_key_legacy(int32_t kind, const char *name, int32_t type, const char *qt_version, shmbridge_key **key,
                             shmbridge_error *err) {
    return IN_GO(shmbridgeKeyLegacy(kind, name, type, qt_version, (uintptr_t *)key, err));
}

int32_t shmbridge_key_safe(int32_t kind, const char *name, int32_t type, const char *qt_version, shmbridge_key **key,
                           shmbridge_error *err) {
    return IN_GO(shmbridgeKeySafe(kind, name, type, qt_version, (uintptr_t *)key, err));
}

int32_t shmbridge_key_parse(const char *text, const char *qt_version, shmbridge_key **key, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyParse(text, qt_version, (uintptr_t *)key, err));
}

int32_t shmbridge_key_native(const char *native, int32_t type, const char *qt_version, shmbridge_key **key,
                             shmbridge_error *err) {
    return IN_GO(shmbridgeKeyNative(native, type, qt_version, (uintptr_t *)key, err));
}

int32_t shmbridge_key_find(const char *name, const char *qt_version, shmbridge_key **key, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyFind(name, qt_version, (uintptr_t *)key, err));
}

int32_t shmbridge_key_type(const shmbridge_key *key) {
    shmbridge_error *err = NULL;
    return IN_GO(shmbridgeKeyType((uintptr_t)key));
}

int32_t shmbridge_key_family(const shmbridge_key *key) {
    shmbridge_error *err = NULL;
    return IN_GO(shmbridgeKeyFamily((uintptr_t)key));
}

int32_t shmbridge_key_text(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyText((uintptr_t)key, buf, cap, len, err));
}

int32_t shmbridge_key_native_name(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyNativeName((uintptr_t)key, buf, cap, len, err));
}

int32_t shmbridge_key_legacy_name(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyLegacyName((uintptr_t)key, buf, cap, len, err));
}

int32_t shmbridge_key_close(shmbridge_key *key, shmbridge_error *err) {
    return IN_GO(shmbridgeKeyClose((uintptr_t)key, err));
}

int32_t shmbridge_segment_create(const shmbridge_key *key, size_t size, uint32_t flags, int32_t timeout_ms,
                                 shmbridge_segment **segment, shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentCreate((uintptr_t)key, size, flags, timeout_ms, (uintptr_t *)segment, err));
}

int32_t shmbridge_segment_attach(const shmbridge_key *key, uint32_t flags, int32_t timeout_ms, shmbridge_segment **segment,
                                 shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentAttach((uintptr_t)key, flags, timeout_ms, (uintptr_t *)segment, err));
}

int32_t shmbridge_segment_detach(shmbridge_segment *segment, int32_t timeout_ms, shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentDetach((uintptr_t)segment, timeout_ms, err));
}

int32_t shmbridge_segment_remove(const shmbridge_key *key, uint32_t flags, int32_t timeout_ms, shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentRemove((uintptr_t)key, flags, timeout_ms, err));
}

int32_t shmbridge_segment_lock(shmbridge_segment *segment, int32_t timeout_ms, shmbridge_error *err) {
    int done = shmbridge_hot_lock((uintptr_t)segment);
    if (done == SHMBRIDGE_HOT_DONE)
        return SHMBRIDGE_OK;
    if (done == SHMBRIDGE_HOT_TAKEN && timeout_ms == 0 && !err)
        return SHMBRIDGE_E_TIMEOUT;
    return shmbridge_hot_locked((uintptr_t)segment, IN_GO(shmbridgeSegmentLock((uintptr_t)segment, timeout_ms, err)));
}

int32_t shmbridge_segment_unlock(shmbridge_segment *segment, shmbridge_error *err) {
    if (shmbridge_hot_unlock((uintptr_t)segment) == SHMBRIDGE_HOT_DONE)
        return SHMBRIDGE_OK;
    return IN_GO(shmbridgeSegmentUnlock((uintptr_t)segment, err));
}

int32_t shmbridge_segment_cancel(shmbridge_segment *segment, shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentCancel((uintptr_t)segment, err));
}

int32_t shmbridge_segment_read(shmbridge_segment *segment, size_t offset, void *buf, size_t count, size_t *done,
                               shmbridge_error *err) {
    const unsigned blocked = shmbridge_unblock_faults();
    return shmbridge_block_faults(blocked, IN_GO(shmbridgeSegmentRead((uintptr_t)segment, offset, buf, count, done, err)));
}

int32_t shmbridge_segment_write(shmbridge_segment *segment, size_t offset, const void *buf, size_t count, size_t *done,
                                shmbridge_error *err) {
    const unsigned blocked = shmbridge_unblock_faults();
    return shmbridge_block_faults(blocked, IN_GO(shmbridgeSegmentWrite((uintptr_t)segment, offset, buf, count, done, err)));
}

int32_t shmbridge_segment_stat(const shmbridge_key *key, shmbridge_segment_info *info, shmbridge_error *err) {
    return IN_GO(shmbridgeSegmentStat((uintptr_t)key, info, err));
}

int32_t shmbridge_semaphore_stat(const shmbridge_key *key, shmbridge_semaphore_info *info, shmbridge_error *err) {
    return IN_GO(shmbridgeSemaphoreStat((uintptr_t)key, info, err));
}

int32_t shmbridge_semaphore_open(const shmbridge_key *key, int32_t initial, uint32_t flags, shmbridge_semaphore **semaphore,
                                 shmbridge_error *err) {
    return IN_GO(shmbridgeSemaphoreOpen((uintptr_t)key, initial, flags, (uintptr_t *)semaphore, err));
}

int32_t shmbridge_semaphore_acquire(shmbridge_semaphore *semaphore, int32_t timeout_ms, shmbridge_error *err) {
    return IN_GO(shmbridgeSemaphoreAcquire((uintptr_t)semaphore, timeout_ms, err));
}

int32_t shmbridge_semaphore_release(shmbridge_semaphore *semaphore, int32_t n, shmbridge_error *err) {
    return IN_GO(shmbridgeSemaphoreRelease((uintptr_t)semaphore, n, err));
}

int32_t shmbridge_semaphore_close(shmbridge_semaphore *semaphore, shmbridge_error *err) {
    return IN_GO(shmbridgeSemaphoreClose((uintptr_t)semaphore, err));
}
