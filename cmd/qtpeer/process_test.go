package main

import (
	"strconv"
	"testing"
)

func TestCensusOfUsers(t *testing.T) {
	c := newCensus()
	if got := c.user(4294967294); got != "4294967294" {
		t.Errorf("a user without a name: %q", got)
	}
	c.users[5] = "known"
	if got := c.user(5); got != "known" {
		t.Errorf("asked again: %q", got)
	}
}

func TestCensusOfProcesses(t *testing.T) {
	c := newCensus()
	c.commands[5], c.commands[6] = "evil\x1b[2J", ""
	for pid, want := range map[int]string{0: "-", ended: strconv.Itoa(ended) + " (ended)", 5: `"evil\x1b[2J"/5`, 6: "6"} {
		if got := c.process(pid); got != want {
			t.Errorf("%d: %s, want %s", pid, got, want)
		}
	}
	for pid, want := range map[int]bool{0: false, ended: true} {
		if _, got := c.command(pid); got != want {
			t.Errorf("%d has ended: %v", pid, got)
		}
	}
	if name := c.living(ended); name != nil {
		t.Errorf("%q lives", *name)
	}
}
