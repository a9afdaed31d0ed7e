package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A side is who does a work, and how: one or two processes that prepare it and do it on demand, or a program that is
// the work, from its start to its end.
type side struct {
	label    string
	family   string
	programs string // "go", "libshmbridge", or "qt" and a version, such as "qt5" and "qt6.8.3"; or two of them
	work     string // of works.go, works.c and works.cpp; of two programs the first does work0, the other work1
	command  string // instead: the program and its arguments but the last, the name of a segment
}

// timer does the work of a side so many times and tells how long that took.
type timer interface {
	time(times int) (time.Duration, error)
	close() error
}

func (s side) open(l *lab) (timer, error) {
	at, err := l.stock(s.family, s.work)
	if err != nil {
		return nil, err
	}
	if s.command != "" {
		return openCommand(l, append(strings.Fields(s.command), at.name))
	}
	programs := strings.Fields(s.programs)
	var t team
	for i, program := range programs {
		work := s.work
		if len(programs) > 1 {
			work = fmt.Sprint(work, i)
		}
		w, err := startWorker(l, program, work, at)
		if err != nil {
			return nil, errors.Join(err, t.close())
		}
		t = append(t, w)
	}
	for _, w := range t { // one after the other, now that all are there
		if _, err := (team{w}).time(0); err != nil {
			return nil, errors.Join(err, t.close())
		}
	}
	return t, nil
}
