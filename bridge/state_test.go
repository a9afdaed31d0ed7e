package bridge

import (
	"os"
	"testing"
)

func TestStates(t *testing.T) {
	for want, infos := range map[State][]Info{
		StateInUse:       {{Exists: true, Attached: 1}, {Exists: true, Attached: -1}, {Exists: true, Attached: 2, KeyFile: KeyFile{Exists: true}}},
		StateOrphan:      {{Exists: true}, {Exists: true, KeyFile: KeyFile{Exists: true}}},
		StateKeyFileOnly: {{KeyFile: KeyFile{Exists: true}}, {Semaphore: SemaphoreInfo{KeyFile: KeyFile{Exists: true}}}},
		StateNone:        {{}, {Semaphore: SemaphoreInfo{Exists: true, KeyFile: KeyFile{Exists: true}}}},
	} {
		for _, info := range infos {
			if got := info.State(); got != want || info.Orphan() != (want == StateOrphan) {
				t.Errorf("%+v: %s, want %s", info, got, want)
			}
		}
	}
}

func TestLockStates(t *testing.T) {
	const nobody = 1 << 30
	systemV := KeyFile{Path: "x", Exists: true}
	for want, locks := range map[LockState][]SemaphoreInfo{
		LockNone:    {{}, {KeyFile: systemV}},
		LockFree:    {{Exists: true, Value: 1}, {Exists: true, Value: 2, Waiting: -1}},
		LockUnknown: {{Exists: true, Value: -1, Waiting: -1}},
		LockHeld: {
			{Exists: true, Waiting: -1}, // Windows
			{Exists: true, LastPID: os.Getpid(), KeyFile: systemV},
			{Exists: true, KeyFile: systemV}, // by a process of another pid namespace
			{Exists: true, counted: true},
			{Exists: true, Users: []Process{{PID: 1}}},
		},
	} {
		for _, lock := range locks {
			if got := lock.State(); got != want {
				t.Errorf("%+v: %s, want %s", lock, got, want)
			}
		}
	}
	for _, lock := range []SemaphoreInfo{{Exists: true, LastPID: nobody, KeyFile: systemV}, {Exists: true, LastPID: nobody, counted: true}, {Exists: true}} {
		want := LockDead
		if !ended(nobody) && lock.LastPID != 0 { // a system that does not tell
			want = LockHeld
		}
		if got := lock.State(); got != want {
			t.Errorf("%+v: %s, want %s", lock, got, want)
		}
	}
}
