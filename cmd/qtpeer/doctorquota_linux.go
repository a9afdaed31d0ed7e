package main

import "fmt"

// quota is something of which there is a limited amount.
type quota struct {
	id      string
	of      string // what there is an amount of
	used    uint64
	limit   uint64
	piece   uint64 // the least that anybody takes: a page, or 1
	inBytes bool
	failing string // what goes wrong when nothing is left
	remedy  string
}

// nearlyAll is the used part of a quota, in percent, from which on it is a warning.
const nearlyAll = 80

// unlimited is less than the kernel's defaults for what has no limit in practice (include/uapi/linux/shm.h).
const unlimited = 1 << 62

func (q quota) finding() finding {
	share := float64(q.used) / float64(max(q.limit, 1)) * 100
	f := fine(q.id, "%s: %s of %s are used", q.of, q.amount(q.used), q.amount(q.limit))
	switch {
	case q.limit > unlimited:
		f.What = fmt.Sprintf("%s: %s are used, without a limit", q.of, q.amount(q.used))
		return f
	case q.used+q.piece > q.limit:
		f.Level = levelProblem
		f.What = fmt.Sprintf("%s: all are used, %s of %s", q.of, q.amount(q.used), q.amount(q.limit))
	case share >= nearlyAll:
		f.Level = levelWarning
	default:
		return f
	}
	f.Why, f.Do = "when none is left, "+q.failing, q.remedy
	return f
}

func (q quota) amount(n uint64) string {
	if q.inBytes {
		return byteSize(n)
	}
	return fmt.Sprint(n)
}

// byteSize is a number of bytes for people.
func byteSize(n uint64) string {
	const units = "KMGTPE"
	size, unit := float64(n), -1
	for size >= 1024 && unit+1 < len(units) {
		size /= 1024
		unit++
	}
	switch {
	case unit < 0:
		return fmt.Sprintf("%d bytes", n)
	case size == float64(int(size)):
		return fmt.Sprintf("%.0f %ciB", size, units[unit])
	}
	return fmt.Sprintf("%.1f %ciB", size, units[unit])
}
