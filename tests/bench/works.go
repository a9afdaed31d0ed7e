package main

import (
	"context"
	"fmt"

	"github.com/shmbridge/shmbridge/bridge"
)

// work is one work, prepared.
type work struct {
	do  func(times int) error // does it that many times
	end func() error          // gives back what the kernel does not when the process ends, may be nil
}

// works are the counterparts of those in tests/qt/bench/works.cpp, by the same names. Each gets the place of the segment
// that a lab keeps alive for it, or what the names of such begin with.
var works = map[string]func(at place) (work, error){
	"lock":      lockWork,
	"attach":    attachWork,
	"attachnew": attachNewWork,
	"create":    createWork,
	"key":       keyWork,
	"keep":      keepWork,
	"ring0":     func(at place) (work, error) { return ringWork(at, 0) },
	"ring1":     func(at place) (work, error) { return ringWork(at, 1) },
	"in": func(at place) (work, error) {
		return copyWork(at, func(s *bridge.Segment, p []byte) (int, error) { return s.WriteAt(p, 0) })
	},
	"out": func(at place) (work, error) {
		return copyWork(at, func(s *bridge.Segment, p []byte) (int, error) { return s.ReadAt(p, 0) })
	},
}

var background = context.Background()

func repeat(do func() error) work {
	return work{do: func(times int) error {
		for range times {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	}}
}

// lockWork calls no function but those it measures, one of which takes ten nanoseconds.
func lockWork(at place) (work, error) {
	s, err := at.attach()
	return work{do: func(times int) error {
		for range times {
			if err := s.Lock(background); err != nil {
				return err
			}
			if err := s.Unlock(); err != nil {
				return err
			}
		}
		return nil
	}}, err
}

func attachWork(at place) (work, error) {
	key, err := at.key()
	return repeat(func() error {
		s, err := bridge.Attach(background, key, bridge.ReadWrite)
		if err != nil {
			return err
		}
		return s.Detach(background)
	}), err
}

// attachNewWork derives the key every time, because Qt's new object does.
func attachNewWork(at place) (work, error) {
	return repeat(func() error {
		s, err := at.attach()
		if err != nil {
			return err
		}
		return s.Detach(background)
	}), nil
}

// createWork derives the key every time, as attachNewWork does, and leaves nothing: Detach removes the segment on POSIX too.
func createWork(at place) (work, error) {
	return repeat(func() error {
		key, err := at.key()
		if err != nil {
			return err
		}
		s, err := bridge.Create(background, key, 4096, bridge.RemoveLast())
		if err != nil {
			return err
		}
		return s.Detach(background)
	}), nil
}

func keyWork(at place) (work, error) {
	example := place{at.family, "QSharedMemoryExample"}
	return repeat(func() error {
		_, err := example.key()
		return err
	}), nil
}

const keptSize = 4096

// keepWork keeps a segment for another worker, as the lab itself cannot on Windows.
func keepWork(at place) (work, error) {
	s, err := at.create(keptSize)
	if err != nil {
		return work{}, err
	}
	_, err = s.WriteAt(content(keptSize), 0)
	return work{func(int) error { return nil }, func() error { return s.Detach(background) }}, err
}

// ringWork hands over locks in a ring of three, with another process; works.cpp explains it.
func ringWork(at place, start int) (work, error) {
	var locks [3]*bridge.Segment
	for i := range locks {
		s, err := place{at.family, fmt.Sprint(at.name, i)}.attach()
		if err != nil {
			return work{}, err
		}
		locks[i] = s
	}
	turn := func(times int) error {
		if times == 0 {
			return locks[start].Lock(background)
		}
		for i := start; i < start+3*times; i++ {
			if err := locks[(i+1)%3].Lock(background); err != nil {
				return err
			}
			if err := locks[i%3].Unlock(); err != nil {
				return err
			}
		}
		return nil
	}
	return work{turn, locks[start].Unlock}, nil
}

func copyWork(at place, copy func(*bridge.Segment, []byte) (int, error)) (work, error) {
	s, err := at.attach()
	if err != nil {
		return work{}, err
	}
	p := content(s.Size())
	return repeat(func() error {
		_, err := copy(s, p)
		return err
	}), nil
}
