package main

// #include "capi.h"
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

//export shmbridgeSegmentStat
func shmbridgeSegmentStat(h handle, info *C.shmbridge_segment_info, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(k *key) error {
			if info == nil {
				return missing("info")
			}
			found, err := bridge.Inspect(k.Key, k.options()...)
			if err != nil {
				return err
			}
			full := segmentInfo(found)
			return giveInfo(unsafe.Pointer(info), info.struct_size, unsafe.Pointer(&full), unsafe.Sizeof(full))
		})
	})
}

func segmentInfo(i bridge.Info) (info C.shmbridge_segment_info) {
	info.size = C.uint64_t(i.Size)
	if i.Key.Type.Family() == ipckey.FamilySystemV {
		info.id = C.int32_t(i.ID)
		if i.Exists {
			info.created = C.int64_t(i.Created.Unix())
		}
	}
	info.attached = C.int32_t(i.Attached)
	info.creator_pid, info.last_pid = C.int32_t(i.CreatorPID), C.int32_t(i.LastPID)
	info.owner, info.mode, info.key_file_owner = C.uint32_t(i.Owner), C.uint32_t(i.Mode), C.uint32_t(i.KeyFile.Owner)
	info.lock_value, info.lock_waiting = C.int32_t(i.Semaphore.Value), C.int32_t(i.Semaphore.Waiting)
	info.lock_last_pid = C.int32_t(i.Semaphore.LastPID)
	info.exists, info.orphan = flag(i.Exists), flag(i.Orphan())
	info.key_file_exists, info.lock_exists = flag(i.KeyFile.Exists), flag(i.Semaphore.Exists)
	return info
}

//export shmbridgeSemaphoreStat
func shmbridgeSemaphoreStat(h handle, info *C.shmbridge_semaphore_info, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(k *key) error {
			if info == nil {
				return missing("info")
			}
			found, err := bridge.InspectSemaphore(k.Key, k.options()...)
			if err != nil {
				return err
			}
			var full C.shmbridge_semaphore_info
			full.value, full.waiting, full.last_pid = C.int32_t(found.Value), C.int32_t(found.Waiting), C.int32_t(found.LastPID)
			full.exists = flag(found.Exists)
			return giveInfo(unsafe.Pointer(info), info.struct_size, unsafe.Pointer(&full), unsafe.Sizeof(full))
		})
	})
}

func flag(b bool) C.uint8_t {
	if b {
		return 1
	}
	return 0
}

// giveInfo fills what the caller's version of a struct has of full, after struct_size, and zeroes what only that version has.
func giveInfo(to unsafe.Pointer, size C.size_t, full unsafe.Pointer, fullSize uintptr) error {
	const first, most = unsafe.Sizeof(size), 1 << 16
	if uintptr(size) <= first || size > most {
		return problem{C.SHMBRIDGE_E_ARGUMENT, fmt.Sprintf("info->struct_size is %d: want sizeof *info", size)}
	}
	rest := unsafe.Slice((*byte)(to), size)[first:]
	clear(rest)
	copy(rest, unsafe.Slice((*byte)(full), fullSize)[first:])
	return nil
}
