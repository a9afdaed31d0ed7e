package main

import (
	"context"
	"fmt"

	"github.com/shmbridge/shmbridge/bridge"
)

// work does one work that many times. What it holds the kernel takes back when the process ends.
type work func(times int) error

// works are the counterparts of those in tests/qt/bench/works.cpp, by the same names. Each gets the name of the segment
// that a lab keeps alive for it, or what such names begin with.
var works = map[string]func(name string) (work, error){
	"lock":   lockWork,
	"attach": attachWork,
	"create": createWork,
	"key":    keyWork,
	"ring0":  func(name string) (work, error) { return ringWork(name, 0) },
	"ring1":  func(name string) (work, error) { return ringWork(name, 1) },
	"in": func(name string) (work, error) {
		return copyWork(name, func(s *bridge.Segment, p []byte) (int, error) { return s.WriteAt(p, 0) })
	},
	"out": func(name string) (work, error) {
		return copyWork(name, func(s *bridge.Segment, p []byte) (int, error) { return s.ReadAt(p, 0) })
	},
}

var background = context.Background()

func attached(name string) (*bridge.Segment, error) {
	key, err := bridge.LegacyKey(name)
	if err != nil {
		return nil, err
	}
	return bridge.Attach(background, key, bridge.ReadWrite)
}

func repeat(do func() error) work {
	return func(times int) error {
		for range times {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	}
}

func lockWork(name string) (work, error) {
	s, err := attached(name)
	if err != nil {
		return nil, err
	}
	return repeat(func() error {
		if err := s.Lock(background); err != nil {
			return err
		}
		return s.Unlock()
	}), nil
}

func attachWork(name string) (work, error) {
	key, err := bridge.LegacyKey(name)
	return repeat(func() error {
		s, err := bridge.Attach(background, key, bridge.ReadWrite)
		if err != nil {
			return err
		}
		return s.Detach(background)
	}), err
}

// createWork derives the key every time, because Qt's new object does.
func createWork(name string) (work, error) {
	return repeat(func() error {
		key, err := bridge.LegacyKey(name)
		if err != nil {
			return err
		}
		s, err := bridge.Create(background, key, 4096)
		if err != nil {
			return err
		}
		return s.Detach(background)
	}), nil
}

func keyWork(string) (work, error) {
	return repeat(func() error {
		_, err := bridge.LegacyKey("QSharedMemoryExample")
		return err
	}), nil
}

// ringWork hands over locks in a ring of three, with another process; works.cpp explains it.
func ringWork(name string, start int) (work, error) {
	var locks [3]*bridge.Segment
	for i := range locks {
		s, err := attached(fmt.Sprintf("%s%d", name, i))
		if err != nil {
			return nil, err
		}
		locks[i] = s
	}
	return func(times int) error {
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
	}, nil
}

func copyWork(name string, copy func(*bridge.Segment, []byte) (int, error)) (work, error) {
	s, err := attached(name)
	if err != nil {
		return nil, err
	}
	p := content(s.Size())
	return repeat(func() error {
		_, err := copy(s, p)
		return err
	}), nil
}
