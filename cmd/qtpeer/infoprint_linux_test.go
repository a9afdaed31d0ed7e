package main

import (
	"os"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
)

func TestLockInWords(t *testing.T) {
	c, me, gone := newCensus(), os.Getpid(), 1<<30
	alive, ended := c.who(me), "process 1073741824 (ended)"
	for _, k := range []struct {
		attached int
		lock     bridge.SemaphoreInfo
		want     string
	}{
		{1, bridge.SemaphoreInfo{Value: 1, LastPID: me}, "free, last used by " + alive},
		{1, bridge.SemaphoreInfo{Value: 1, LastPID: gone}, "free, last used by " + ended},
		{1, bridge.SemaphoreInfo{Value: 2, LastPID: me}, "which admits 2 at once: somebody has given it back twice; last used by " + alive},
		{1, bridge.SemaphoreInfo{LastPID: me}, "held by " + alive},
		{1, bridge.SemaphoreInfo{KeyFile: bridge.KeyFile{Path: "x"}}, "held by a process that is not visible here"},
		{1, bridge.SemaphoreInfo{LastPID: gone}, "held by " + ended +
			`, and nobody will give it back: end those that are attached, and "qtpeer clean" removes it`},
		{0, bridge.SemaphoreInfo{LastPID: gone}, "held by " + ended + `, and nobody will give it back: "qtpeer clean" removes it`},
		{1, bridge.SemaphoreInfo{Value: -1}, "which is not for this user to see"},
	} {
		k.lock.Exists = true
		if got := lockInWords(c, bridge.Info{Exists: true, Attached: k.attached, Semaphore: k.lock}); got != k.want {
			t.Errorf("%+v: %q, want %q", k.lock, got, k.want)
		}
	}
}

func TestAttachedInWords(t *testing.T) {
	for want, info := range map[string]bridge.Info{
		"which its owner may see only":                                              {Exists: true, Attached: -1},
		`0: left behind, as Qt does with POSIX segments; "qtpeer clean" removes it`: {Exists: true},
		"1: process 7 (a)": {Exists: true, Attached: 1, Users: []bridge.Process{{PID: 7, Command: "a"}}},
	} {
		if got := attachedInWords(info); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
