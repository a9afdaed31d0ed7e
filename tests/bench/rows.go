package main

import (
	"fmt"
	"slices"
	"strings"
)

// A row is one work, and how long ours may take at it.
type row struct {
	id      string
	work    string
	per     int // operations that doing it once consists of
	matches []match
}

// match is ours against theirs; ours is to take at most target times as long, or at best at most limit nanoseconds. Without
// either, 0, it only compares.
type match struct {
	ours, theirs side
	target       float64
	limit        float64
}

// opponents are builds of real Qt, by version, on one family.
type opponents struct {
	family   string
	versions []string
}

// onWindows ends the versions of builds for Windows.
const onWindows = "-" + windows

// rowsAgainst returns the rows of System V and of streams against the system's Qt, and those of POSIX and of Windows against
// other builds.
func rowsAgainst(builds []string) []row {
	system := opponents{systemV, []string{"5", "6"}}
	rows := slices.Concat(systemVRows(system), systemVRowsOfC(system), streamRows(opponents{stream, system.versions}))
	var onLinux, inWine []string
	for _, version := range builds {
		if strings.HasSuffix(version, onWindows) {
			inWine = append(inWine, version)
		} else {
			onLinux = append(onLinux, version)
		}
	}
	if len(onLinux) > 0 {
		rows = append(rows, posixRows(opponents{posix, onLinux})...)
	}
	if len(inWine) > 0 {
		rows = append(rows, windowsRows(opponents{windows, inWine})...)
	}
	return rows
}

func systemVRows(qt opponents) []row {
	lock := qt.inGo("lock")
	return []row{
		{"lock", "lock + unlock, uncontended", 1, append(qt.matches(lock, 1.00), qt.bare(lock, "C semop", "semop", 1.03))},
		{"attach", "attach + detach, living segment", 1, qt.matches(qt.inGo("attach"), 0.60)},
		{"create", "create + detach, from a name", 1, qt.matches(qt.inGo("create"), 0.80)},
		{"key", "derive a key", 1, qt.matches(qt.inGo("key"), 0.15)},
		{"handover", "hand over a lock to a waiter", 6, qt.handOvers(1.00)},
		{"in", "copy 64 MiB in", 1, qt.matches(qt.inGo("in"), 1/0.95)}, // 0.95 of memcpy's speed
		{"out", "copy 64 MiB out", 1, qt.matches(qt.inGo("out"), 1/0.95)},
		{"read", "program that reads 1 MiB", 1, qt.readers(0.50)},
	}
}

func systemVRowsOfC(qt opponents) []row {
	lock, trylock := qt.inC("lock"), qt.inC("trylock")
	return []row{
		{"c-lock", "C lock + unlock, uncontended", 1, append(qt.matches(lock, 1.00), qt.bare(lock, "C semop", "semop", 0))},
		{"c-trylock", "C trylock + unlock, uncontended, Qt by lock", 1, append(qt.against(trylock, "lock", 0), qt.bare(trylock, "C semop", "semop", 0))},
		{"c-tryheld", "C trylock of a lock that is held", 1, []match{qt.bare(qt.inC("tryheld"), "C semop", "semopheld", 0)}},
		{"c-attach", "C attach + detach, living segment", 1, qt.matches(qt.inC("attach"), 0)},
		{"c-data", "C address of the memory", 1, qt.quick("data", 5)},
		{"c-size", "C size of the memory", 1, qt.quick("size", 5)},
	}
}

func posixRows(qt opponents) []row {
	lock, lockInC := qt.inGo("lock"), qt.inC("lock")
	return []row{
		{"posix-lock", "POSIX lock + unlock, uncontended", 1, append(qt.matches(lock, 1.00), qt.bare(lock, "C sem_wait, sem_post", "sem", 0))},
		{"posix-attach", "POSIX attach + detach, living segment, Qt by one object", 1, qt.matches(qt.inGo("attach"), 0.80)},
		{"posix-attach-new", "POSIX attach + detach, living segment, from a name, Qt by a new object", 1, qt.matches(qt.inGo("attachnew"), 0.80)},
		{"posix-create", "POSIX create + detach + remove, from a name", 1, qt.matches(qt.inGo("create"), 0.80)},
		{"posix-key", "POSIX derive a key", 1, append(qt.matches(qt.inGo("key"), 0.15), qt.derivers()...)},
		{"posix-handover", "POSIX hand over a lock to a waiter", 6, qt.handOvers(1.00)},
		{"c-posix-lock", "C POSIX lock + unlock, uncontended", 1, append(qt.matches(lockInC, 1.50), qt.bare(lockInC, "C sem_wait, sem_post", "sem", 0))},
	}
}

func windowsRows(qt opponents) []row {
	return []row{
		{"windows-lock", "Windows lock + unlock, uncontended", 1, qt.matches(qt.inGo("lock"), 1.00)},
		{"windows-attach", "Windows attach + detach, living segment, Qt by one object", 1, qt.matches(qt.inGo("attach"), 1.00)},
		{"windows-attach-new", "Windows attach + detach, living segment, from a name, Qt by a new object", 1, qt.matches(qt.inGo("attachnew"), 1.00)},
		{"windows-create", "Windows create + detach, from a name", 1, qt.matches(qt.inGo("create"), 1.00)},
		{"windows-key", "Windows derive a key", 1, qt.matches(qt.inGo("key"), 0.50)},
	}
}

func streamRows(qt opponents) []row {
	rows := []row{
		{"stream-read-image", "stream: read QImage of 1920 x 1080", 1, qt.matches(qt.inGo("read-image"), 0)},
		{"stream-find-image", "stream: find the PNG file of a QImage, Qt by reading it", 1, qt.against(qt.inGo("find-image"), "read-image", 0)},
	}
	for _, x := range []struct {
		work, what  string
		read, write float64
	}{
		{"list", "a million qint32", 1, 1},
		{"list-host", "a million qint32, the host's order", 1, 1},
		{"ascii", "QString of 1 MiB, ASCII", 1, 1},
		{"latin", "QString of 1 MiB, German", 1, 1},
		{"cjk", "QString of 1 MiB, Chinese", 1, 1},
		{"variants", "QVariantMap of 100", 0.35, 0.50},
	} {
		read, write := qt.inGo("read-"+x.work), qt.inGo("write-"+x.work)
		toRead, toWrite := qt.matches(read, x.read), qt.matches(write, x.write)
		if x.work == "list-host" { // half of memcpy's speed
			toRead = append(toRead, qt.bare(read, "C malloc, memcpy", "copy-list-new", 2))
			toWrite = append(toWrite, qt.bare(write, "C memcpy", "copy-list", 2))
		}
		rows = append(rows, row{"stream-" + read.work, "stream: read " + x.what, 1, toRead}, row{"stream-" + write.work, "stream: write " + x.what, 1, toWrite})
	}
	return rows
}

func (o opponents) inGo(work string) side {
	return side{label: "Go", family: o.family, programs: "go", work: work}
}

func (o opponents) inC(work string) side {
	return side{label: "libshmbridge", family: o.family, programs: "libshmbridge", work: work}
}

// matches are against the same work of Qt's.
func (o opponents) matches(ours side, target float64) []match {
	return o.against(ours, ours.work, target)
}

func (o opponents) against(ours side, work string, target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{ours: ours, theirs: side{label: "Qt " + v, family: o.family, programs: "qt" + v, work: work}, target: target})
	}
	return m
}

// bare is against C functions without Qt.
func (o opponents) bare(ours side, label, work string, target float64) match {
	return match{ours: ours, theirs: side{label: label, family: o.family, programs: "qt6", work: work}, target: target}
}

// quick is for works of so few nanoseconds that it matters what the loop around them takes.
func (o opponents) quick(work string, limit float64) []match {
	loop := side{label: "empty loop", family: o.family, programs: "libshmbridge", work: "empty"}
	return append(o.matches(o.inC(work), 0), match{ours: o.inC(work), theirs: loop, limit: limit})
}

// derivers are against the one function that derives keys and nothing else, from Qt 6.6.
func (o opponents) derivers() (m []match) {
	for _, v := range o.versions {
		m = append(m, match{ours: o.inGo("key"),
			theirs: side{label: "Qt " + v + " legacyNativeKey", family: o.family, programs: "qt" + v, work: "derive"}})
	}
	return m
}

func (o opponents) handOvers(target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{
			ours:   side{label: "Go - Qt " + v, family: o.family, programs: "go qt" + v, work: "ring"},
			theirs: side{label: fmt.Sprintf("Qt %s - Qt %[1]s", v), family: o.family, programs: fmt.Sprintf("qt%s qt%[1]s", v), work: "ring"},
			target: target})
	}
	return m
}

func (o opponents) readers(target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{
			ours:   side{label: "qtpeer", family: o.family, work: "read", command: "qtpeer read --as raw"},
			theirs: side{label: "Qt " + v, family: o.family, work: "read", command: "qtread-qt" + v},
			target: target})
	}
	return m
}
