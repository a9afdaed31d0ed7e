package main

import "fmt"

// A row is one work, and how long ours may take at it.
type row struct {
	id      string
	work    string
	per     int // operations that doing it once consists of
	matches []match
}

// match is ours against theirs; ours is to take at most target times as long. Without a target, 0, it only compares.
type match struct {
	ours, theirs side
	target       float64
}

// opponents are builds of real Qt, by version, on one family.
type opponents struct {
	family   string
	versions []string
}

// rowsAgainst returns the rows of System V against the system's Qt, and those of POSIX against other builds.
func rowsAgainst(builds []string) []row {
	rows := systemVRows(opponents{systemV, []string{"5", "6"}})
	if len(builds) > 0 {
		rows = append(rows, posixRows(opponents{posix, builds})...)
	}
	return rows
}

func systemVRows(qt opponents) []row {
	return []row{
		{"lock", "lock + unlock, uncontended", 1, append(qt.matches("lock", 1.00), qt.bare("C semop", "semop", 1.03))},
		{"attach", "attach + detach, living segment", 1, qt.matches("attach", 0.60)},
		{"create", "create + detach, from a name", 1, qt.matches("create", 0.80)},
		{"key", "derive a key", 1, qt.matches("key", 0.15)},
		{"handover", "hand over a lock to a waiter", 6, qt.handOvers(1.00)},
		{"in", "copy 64 MiB in", 1, qt.matches("in", 1/0.95)}, // 0.95 of memcpy's speed
		{"out", "copy 64 MiB out", 1, qt.matches("out", 1/0.95)},
		{"read", "program that reads 1 MiB", 1, qt.readers(0.50)},
	}
}

func posixRows(qt opponents) []row {
	return []row{
		{"posix-lock", "POSIX lock + unlock, uncontended", 1, append(qt.matches("lock", 1.00), qt.bare("C sem_wait, sem_post", "sem", 0))},
		{"posix-attach", "POSIX attach + detach, living segment, Qt by one object", 1, qt.matches("attach", 0.80)},
		{"posix-attach-new", "POSIX attach + detach, living segment, from a name, Qt by a new object", 1, qt.matches("attachnew", 0.80)},
		{"posix-create", "POSIX create + detach + remove, from a name", 1, qt.matches("create", 0.80)},
		{"posix-key", "POSIX derive a key", 1, append(qt.matches("key", 0.15), qt.derivers()...)},
		{"posix-handover", "POSIX hand over a lock to a waiter", 6, qt.handOvers(1.00)},
	}
}

func (o opponents) ours(work string) side {
	return side{label: "Go", family: o.family, programs: "go", work: work}
}

func (o opponents) matches(work string, target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{o.ours(work), side{label: "Qt " + v, family: o.family, programs: "qt" + v, work: work}, target})
	}
	return m
}

// bare is against C functions without Qt, which do what lock does.
func (o opponents) bare(label, work string, target float64) match {
	return match{o.ours("lock"), side{label: label, family: o.family, programs: "qt6", work: work}, target}
}

// derivers are against the one function that derives keys and nothing else, from Qt 6.6.
func (o opponents) derivers() (m []match) {
	for _, v := range o.versions {
		m = append(m, match{o.ours("key"),
			side{label: "Qt " + v + " legacyNativeKey", family: o.family, programs: "qt" + v, work: "derive"}, 0})
	}
	return m
}

func (o opponents) handOvers(target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{
			side{label: "Go - Qt " + v, family: o.family, programs: "go qt" + v, work: "ring"},
			side{label: fmt.Sprintf("Qt %s - Qt %[1]s", v), family: o.family, programs: fmt.Sprintf("qt%s qt%[1]s", v), work: "ring"},
			target})
	}
	return m
}

func (o opponents) readers(target float64) (m []match) {
	for _, v := range o.versions {
		m = append(m, match{
			side{label: "qtpeer", family: o.family, work: "read", command: "qtpeer read --as raw"},
			side{label: "Qt " + v, family: o.family, work: "read", command: "qtread-qt" + v}, target})
	}
	return m
}
