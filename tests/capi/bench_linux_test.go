package capi

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// benches runs a test of capibench in each family, with a segment "test" that a peer keeps alive, and fails it for what is
// left in TMPDIR.
func benches(t *testing.T, test func(t *testing.T, bench func(work string) *conversation, peer *conversation)) {
	for _, family := range []string{"systemv", "posix"} {
		t.Run(family, func(t *testing.T) {
			dir := t.TempDir()
			peer := converse(t, dir, "qtpeer", "peer")
			peer.ask("keys legacy "+family, "segment s test", "create s 4096")
			test(t, func(work string) *conversation {
				c := converse(t, dir, "capibench", family, work, "test")
				if line := c.line(); !strings.HasPrefix(line, "ready 0.") {
					t.Fatalf("%s begins with %q", work, line)
				}
				return c
			}, peer)
			if state := peer.ask("probe segment test"); state != "1 0" {
				t.Errorf("the lock is %q afterwards, want a free one", state)
			}
			peer.ask("detach s")
			if family == "posix" {
				peer.ask("remove test")
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// takes is how long doing the work that many times takes, in nanoseconds.
func takes(t *testing.T, c *conversation, times string) int {
	t.Helper()
	c.send(times)
	ns, err := strconv.Atoi(c.line())
	if err != nil || ns < 0 {
		t.Fatalf("%s takes %d ns, %v", times, ns, err)
	}
	return ns
}

func ends(t *testing.T, c *conversation) {
	t.Helper()
	if err := c.in.Close(); err != nil {
		t.Error(err)
	}
	if rest, status := c.end(); rest != "" || status != 0 {
		t.Errorf("%q ends with %d: %q", c.cmd.Args, status, rest)
	}
}

func TestBenchDoesEveryWork(t *testing.T) {
	benches(t, func(t *testing.T, bench func(string) *conversation, _ *conversation) {
		for _, work := range []string{"lock", "trylock", "tryheld", "attach"} {
			c := bench(work)
			takes(t, c, "0")
			if takes(t, c, "10") == 0 {
				t.Errorf("%s takes no time", work)
			}
			ends(t, c)
		}
		for _, work := range []string{"data", "size", "empty"} {
			c := bench(work)
			const times, least = 10_000_000, 1_000_000 // no machine's loop takes a tenth of a nanosecond
			if ns := takes(t, c, strconv.Itoa(times)); ns < least {
				t.Errorf("%s takes %d ns for %d", work, ns, times)
			}
			ends(t, c)
		}
	})
}

func TestBenchHoldsTheLock(t *testing.T) {
	benches(t, func(t *testing.T, bench func(string) *conversation, peer *conversation) {
		c := bench("tryheld")
		if state := peer.ask("probe segment test"); state != "0 0" {
			t.Errorf("the lock is %q while tryheld tries, want one that is held", state)
		}
		ends(t, c)
	})
}

func TestBenchWaitsForTheLock(t *testing.T) {
	benches(t, func(t *testing.T, bench func(string) *conversation, peer *conversation) {
		c := bench("lock")
		peer.ask("lock s")
		c.send("1")
		for peer.ask("probe segment test") != "0 1" {
		}
		peer.ask("unlock s")
		if line := c.line(); strings.Trim(line, "0123456789") != "" {
			t.Errorf("lock answers %q", line)
		}
		ends(t, c)
	})
}

func TestBenchSaysWhatFailed(t *testing.T) {
	benches(t, func(t *testing.T, bench func(string) *conversation, peer *conversation) {
		c := bench("trylock")
		peer.ask("lock s")
		c.send("1")
		if rest, status := c.end(); !strings.Contains(rest, "trylock test: cannot take a lock") || status != 1 {
			t.Errorf("trylock of a lock that is held ends with %d: %q", status, rest)
		}
		peer.ask("unlock s")
	})
	for _, x := range []struct {
		args   string
		status int
		says   string
	}{
		{"systemv lock nonesuch", 1, "no such segment"},
		{"posix attach", 2, "usage"},
		{"posix nonesuch test", 2, "usage"},
		{"windows lock test", 2, "usage"},
		{"systemv lock test more", 2, "usage"},
	} {
		c := converse(t, t.TempDir(), "capibench", strings.Fields(x.args)...)
		if rest, status := c.end(); !strings.Contains(rest, x.says) || status != x.status {
			t.Errorf("%s: %d, %q; want %d and %q", x.args, status, rest, x.status, x.says)
		}
	}
}
