//go:build linux

package sysv

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
)

// ShmEntry is a segment as the kernel's table has it.
type ShmEntry struct {
	Key int32 // 0 (IPC_PRIVATE) if it can only be found by its id
	ID  int
	ShmInfo
}

// SemEntry is a semaphore set as the kernel's table has it.
type SemEntry struct {
	Key            int32 // 0 (IPC_PRIVATE) if it can only be found by its id
	ID             int
	N              int    // semaphores in the set
	UID            uint32 // owner
	Mode           uint32 // permission bits
	OpTime, CtTime int64  // last semop, creation or last semctl that changed something; seconds since 1970, 0 = never
}

// ShmTable returns all segments of this IPC namespace, other users' too: sysvipc_shm_proc_show in ipc/shm.c.
func ShmTable() ([]ShmEntry, error) {
	return table("/proc/sysvipc/shm", func(row *row) ShmEntry {
		e := ShmEntry{Key: int32(row.next(10)), ID: int(row.next(10))}
		e.Mode, e.Size = uint32(row.next(8))&0o777, uint64(row.next(10)) // beside the permissions are SHM_DEST and SHM_LOCKED
		e.CreatorPID, e.LastPID, e.Attached = int(row.next(10)), int(row.next(10)), uint64(row.next(10))
		e.UID = uint32(row.next(10))
		row.skip(3) // group, and user and group of the creator
		e.AtTime, e.DtTime, e.CtTime = row.next(10), row.next(10), row.next(10)
		return e
	})
}

// SemTable returns all semaphore sets of this IPC namespace, other users' too: sysvipc_sem_proc_show in ipc/sem.c.
func SemTable() ([]SemEntry, error) {
	return table("/proc/sysvipc/sem", func(row *row) SemEntry {
		e := SemEntry{Key: int32(row.next(10)), ID: int(row.next(10)), Mode: uint32(row.next(8)) & 0o777, N: int(row.next(10))}
		e.UID = uint32(row.next(10))
		row.skip(3)
		e.OpTime, e.CtTime = row.next(10), row.next(10)
		return e
	})
}

func table[E any](path string, parse func(*row) E) (all []E, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	_, lines, _ := bytes.Cut(content, []byte("\n")) // the first names the columns
	for line := range bytes.Lines(lines) {
		row := &row{fields: bytes.Fields(line)}
		e := parse(row)
		if row.err != nil {
			return nil, fmt.Errorf("%s: %q: %w", path, line, row.err)
		}
		all = append(all, e)
	}
	return all, nil
}

// row is what has not been read of a line. err stays.
type row struct {
	fields [][]byte
	err    error
}

func (r *row) next(base int) int64 {
	if len(r.fields) == 0 {
		r.err = io.ErrUnexpectedEOF
		return 0
	}
	n, err := strconv.ParseInt(string(r.fields[0]), base, 64)
	r.fields = r.fields[1:]
	if err != nil && r.err == nil {
		r.err = err
	}
	return n
}

func (r *row) skip(n int) {
	for range n {
		r.next(10)
	}
}
