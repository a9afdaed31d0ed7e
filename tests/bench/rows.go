package main

// A row is one work, and how long ours may take at it.
type row struct {
	id      string
	work    string
	per     int // operations that doing it once consists of
	matches []match
}

// match is ours against theirs; ours is to take at most target times as long.
type match struct {
	ours, theirs side
	target       float64
}

var rows = []row{
	{"lock", "lock + unlock, uncontended", 1, append(againstQt("lock", 1.00),
		match{side{label: "Go", programs: "go", work: "lock"}, side{label: "C semop", programs: "qt6", work: "semop"}, 1.03})},
	{"attach", "attach + detach, living segment", 1, againstQt("attach", 0.60)},
	{"create", "create + detach, from a name", 1, againstQt("create", 0.80)},
	{"key", "derive a key", 1, againstQt("key", 0.15)},
	{"handover", "hand over a lock to a waiter", 6, handOver(1.00)},
	{"in", "copy 64 MiB in", 1, againstQt("in", 1/0.95)}, // 0.95 of memcpy's speed
	{"out", "copy 64 MiB out", 1, againstQt("out", 1/0.95)},
	{"read", "program that reads 1 MiB", 1, readers(0.50)},
}

var qts = []struct{ label, program string }{{"Qt 5", "qt5"}, {"Qt 6", "qt6"}}

func againstQt(work string, target float64) (m []match) {
	ours := side{label: "Go", programs: "go", work: work}
	for _, qt := range qts {
		m = append(m, match{ours, side{label: qt.label, programs: qt.program, work: work}, target})
	}
	return m
}

func handOver(target float64) (m []match) {
	for _, qt := range qts {
		m = append(m, match{
			side{label: "Go - " + qt.label, programs: "go " + qt.program, work: "ring"},
			side{label: qt.label + " - " + qt.label, programs: qt.program + " " + qt.program, work: "ring"}, target})
	}
	return m
}

func readers(target float64) (m []match) {
	for _, qt := range qts {
		m = append(m, match{
			side{label: "qtpeer", work: "read", command: "qtpeer read --as raw"},
			side{label: qt.label, work: "read", command: "qtread-" + qt.program}, target})
	}
	return m
}
