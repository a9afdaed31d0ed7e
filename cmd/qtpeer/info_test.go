package main

import (
	"slices"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
)

func TestHolder(t *testing.T) {
	users := []bridge.Process{{PID: 7, Command: "app"}, {PID: 8, Command: "qtpeer"}}
	const died, maybe = "held by a process that has died: --break-dead-lock takes it over",
		"held by a process that has died, or by one that is not visible here"
	for _, c := range []struct {
		exists          bool
		attached, value int
		users           []bridge.Process
		want            string
	}{
		{true, 0, 1, nil, "free"},
		{true, 2, 1, users, "free, open in process 7 (app), process 8 (qtpeer)"},
		{true, 2, 0, users, "held by one of these, or by one that has died: process 7 (app), process 8 (qtpeer)"},
		{true, 0, 0, users[:1], "held by one of these, or by one that has died: process 7 (app)"},
		{true, 0, 0, nil, died},
		{true, 1, 0, nil, maybe}, // the segment is open where this process cannot look, so the lock may be too
		{false, 0, 0, nil, maybe},
	} {
		info := bridge.Info{Exists: c.exists, Attached: c.attached,
			Semaphore: bridge.SemaphoreInfo{Exists: true, Value: c.value, Users: c.users}}
		if got := holder(info); got != c.want {
			t.Errorf("%+v: %q, want %q", c, got, c.want)
		}
	}
}

// Two key files with one kernel key are told whichever of the two the list has in front.
func TestAddCollisions(t *testing.T) {
	file := func(path string, others ...string) bridge.KeyFile {
		return bridge.KeyFile{Path: path, Exists: true, Collides: others}
	}
	for _, c := range []struct {
		listed bridge.Info
		want   []string
	}{
		{bridge.Info{KeyFile: file("other")}, nil},
		{bridge.Info{KeyFile: file("mine")}, nil},
		{bridge.Info{KeyFile: file("mine", "a", "b")}, []string{"a", "b"}},
		{bridge.Info{KeyFile: file("a", "mine", "b")}, []string{"a", "b"}},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{KeyFile: file("a", "mine")}}, []string{"a"}},
	} {
		mine := file("mine")
		if addCollisions(&mine, []bridge.Info{{}, c.listed}); !slices.Equal(mine.Collides, c.want) {
			t.Errorf("%+v: %q, want %q", c.listed, mine.Collides, c.want)
		}
	}
}

func TestProcesses(t *testing.T) {
	for want, users := range map[string][]bridge.Process{
		"a process that is not visible here": nil,
		"process 7 (app)":                    {{PID: 7, Command: "app"}},
		"process 7 (app), process 8 ()":      {{PID: 7, Command: "app"}, {PID: 8}},
	} {
		if got := processes(users); got != want {
			t.Errorf("%v: %q, want %q", users, got, want)
		}
	}
}
