package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// systemV are the limits of System V objects in this IPC namespace, as proc_sys_kernel(5) has them, and what there is.
type systemV struct {
	shmmni, shmall, shmmax         uint64 // segments, pages of all segments, bytes of one segment
	semmsl, semmns, semopm, semmni uint64 // semaphores of one set, all semaphores, operations of one call, sets
	segments, pages                uint64
	sets, semaphores               uint64
}

func readSystemV() (v systemV, err error) {
	for name, numbers := range map[string][]any{
		"shmmni": {&v.shmmni}, "shmall": {&v.shmall}, "shmmax": {&v.shmmax},
		"sem": {&v.semmsl, &v.semmns, &v.semopm, &v.semmni},
	} {
		text, err := os.ReadFile("/proc/sys/kernel/" + name)
		if err == nil {
			_, err = fmt.Sscan(string(text), numbers...)
		}
		if err != nil {
			return v, fmt.Errorf("kernel.%s: %w", name, err)
		}
	}
	page := uint64(os.Getpagesize())
	err = countRows("/proc/sysvipc/shm", func(size uint64) {
		v.segments++
		v.pages += (size + page - 1) / page
	})
	if err != nil {
		return v, err
	}
	return v, countRows("/proc/sysvipc/sem", func(nsems uint64) {
		v.sets++
		v.semaphores += nsems
	})
}

// countRows calls fn with the fourth column of each object in a table: its size or its number of semaphores.
func countRows(table string, fn func(uint64)) error {
	text, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	_, rows, _ := strings.Cut(string(text), "\n")
	for row := range strings.Lines(rows) {
		if columns := strings.Fields(row); len(columns) > 3 {
			n, err := strconv.ParseUint(columns[3], 10, 64)
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			fn(n)
		}
	}
	return nil
}

// kernelLimits says how much of the limits of System V is used.
func kernelLimits() []finding {
	v, err := readSystemV()
	if err != nil {
		return []finding{{"limits.systemv", levelProblem, fmt.Sprintf("System V objects cannot be looked at: %v", err),
			"QSharedMemory(QString) and QSystemSemaphore(QString) use them on Linux",
			"use a kernel with CONFIG_SYSVIPC and mount /proc; POSIX objects, which Qt knows since 6.6, work without"}}
	}
	const noSegment = "QSharedMemory::create() fails with OutOfResources"
	const noSemaphore = "neither QSystemSemaphore nor the lock of a QSharedMemory can be made: OutOfResources"
	const remove = `remove what killed programs left ("qtpeer ls" shows it, "qtpeer clean" removes it), or raise the limit: `
	page := uint64(os.Getpagesize())
	sem := fmt.Sprintf(`sysctl kernel.sem="%d %d %d %d" (SEMMSL SEMMNS SEMOPM SEMMNI)`, v.semmsl, max(v.semmns*2, 1024000000),
		v.semopm,
		max(v.semmni*2, 32000))
	found := []finding{oneSegment(v.shmmax), oneSemaphore(v.semmsl, v.semopm)}
	for _, q := range []quota{
		{"limits.shmmni", "System V segments (shmmni)", v.segments, v.shmmni, 1, false, noSegment,
			remove + fmt.Sprintf("sysctl kernel.shmmni=%d", max(v.shmmni*2, 4096))},
		{"limits.shmall", "memory of System V segments (shmall)", inBytes(v.pages), inBytes(v.shmall), page, true, noSegment,
			remove + "sysctl kernel.shmall=18446744073692774399 (pages), which is no limit"},
		{"limits.semmni", "System V semaphore sets (SEMMNI)", v.sets, v.semmni, 1, false, noSemaphore, remove + sem},
		{"limits.semmns", "System V semaphores (SEMMNS)", v.semaphores, v.semmns, 1, false, noSemaphore, remove + sem},
	} {
		found = append(found, q.finding())
	}
	return found
}

// inBytes is a number of pages, as many as fit.
func inBytes(pages uint64) uint64 {
	page := uint64(os.Getpagesize())
	return min(pages, math.MaxUint64/page) * page
}

// smallSegment is the limit of Linux before 3.16.
const smallSegment = 32 << 20

func oneSegment(shmmax uint64) finding {
	f := fine("limits.shmmax", "size of a System V segment (shmmax): up to %s", byteSize(shmmax))
	switch {
	case shmmax > unlimited:
		f.What = "size of a System V segment (shmmax): without a limit"
		return f
	case shmmax > smallSegment:
		return f
	case shmmax >= uint64(os.Getpagesize()):
		f.Level = levelWarning
	default:
		f.Level = levelProblem
	}
	f.Why = "QSharedMemory::create() of a larger one fails with InvalidSize; the default of today's Linux is no limit"
	f.Do = "sysctl kernel.shmmax=18446744073692774399"
	return f
}

// oneSemaphore looks at what each System V semaphore of Qt takes: a set of one, and calls of one operation.
func oneSemaphore(semmsl, semopm uint64) finding {
	f := fine("limits.semopm", "semaphores of a set, operations of a call (SEMMSL, SEMOPM): up to %d, %d", semmsl, semopm)
	if semmsl == 0 || semopm == 0 {
		f.Level = levelProblem
		f.Why = "each QSystemSemaphore, and each lock of a QSharedMemory, takes one of both"
		f.Do = `sysctl kernel.sem="32000 1024000000 500 32000"`
	}
	return f
}
