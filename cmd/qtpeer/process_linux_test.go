package main

import (
	"os"
	"strings"
	"testing"
)

func TestCensusKnowsThisProcess(t *testing.T) {
	c, me := newCensus(), strings.TrimSpace(readString(t, "/proc/self/comm"))
	name, hasEnded := c.command(os.Getpid())
	if name != me || hasEnded || c.living(os.Getpid()) == nil || *c.living(os.Getpid()) != me {
		t.Errorf("%q, %v, want %q", name, hasEnded, me)
	}
	if got := c.user(0); got != "root" {
		t.Errorf("user 0: %q", got)
	}
}
