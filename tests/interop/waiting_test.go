//go:build linux

package interop

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// inWindows plays meet with a peer that has the script, beside an observer that finds a semaphore with the value 0.
func inWindows(script string, meet func(c *Cell, p *Peer)) error {
	programs := fakeIn("names=ok\nprobe segment x=ok 0 0")
	programs["fake-windows"] = []string{"env", fakeVar + "=" + script, os.Args[0]}
	return usualWindows.Play(programs, func(c *Cell) { meet(c, c.Start("fake-windows")) })
}

// TestWaiting: a peer that has read its command and does nothing waits, and no other does.
func TestWaiting(t *testing.T) {
	defer func(was time.Duration) { Patience = was }(Patience)
	for script, want := range map[string]string{
		"lock s=hang":              "",
		"lock s=spin":              "is {value:0 waiting:0}, and that for",
		"lock s=ok":                `fake-windows#2 should wait to lock s, and answers "ok"`,
		"lock s=deaf\nkey a=ok b":  "", // it is in the pipe that key a waits
		"lock s=die":               "is {value:0 waiting:0}, and that for",
		"hello=ok go 1 x\nlock s=": "is {value:0 waiting:0}, and that for",
	} {
		Patience = 10 * time.Second
		err := inWindows(script, func(c *Cell, p *Peer) {
			Patience = time.Second
			if strings.Contains(script, "deaf") {
				p.does("lock", "s")
				p.Send("key", "a")
				if got := c.probe("segment", "x"); got.waiting != 0 {
					t.Errorf("a peer that does not read its command waits: %+v", got)
				}
			} else {
				c.waits("x", p, "lock", "s")
			}
			p.Kill()
		})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v\nwant %q", script, err, want)
		}
	}
}

// TestManyWait: those that wait are counted, and those that have ended are not.
func TestManyWait(t *testing.T) {
	if err := inWindows("lock s=hang", func(c *Cell, p *Peer) {
		other := c.Start("fake-windows")
		c.waits("x", p, "lock", "s")
		other.Send("lock", "s")
		c.untilWaiting("segment", "x", 2)
		other.Kill()
		c.untilWaiting("segment", "x", 1)
		p.Kill()
		c.wantLock("x", 0)
	}); err != nil {
		t.Error(err)
	}
}

func TestNamesLeftBehind(t *testing.T) {
	programs := fakeIn("names=ok foreign\nkey x=ok shm_x")
	if err := usualWindows.Play(programs, func(*Cell) {}); err != nil {
		t.Errorf("what was there before: %v", err)
	}
	err := usualWindows.Play(programs, func(c *Cell) { c.foreign = nil })
	if err == nil || !strings.Contains(err.Error(), `the files are ["foreign"], want []`) {
		t.Errorf("error %v", err)
	}
	if err := usualWindows.Play(programs, func(c *Cell) {
		p := c.Start("go-windows")
		c.vanishes(p, "x")
		c.foreign = nil
		if err := attempt(func() { c.remains("x", p, p) }); err == nil {
			t.Error("nothing remains, though there is something")
		}
		c.foreign = []string{"foreign"}
	}); err != nil {
		t.Error(err)
	}
}

// TestStartsOfWine: one that ends with status 1 and says nothing is made again, once.
func TestStartsOfWine(t *testing.T) {
	const once = `if mkdir "$0" 2>/dev/null; then exit $1; fi; exec "$2"`
	for _, test := range []struct {
		status, want string
		world        World
	}{
		{"1", "", usualWindows},
		{"2", "ended instead of answering hello: exit status 2", usualWindows},
		{"1", "ended instead of answering hello: exit status 1", Usual},
	} {
		kind := "go"
		if test.world.windows() {
			kind = "weak-windows"
		}
		programs := fakeIn("names=ok")
		programs[kind] = []string{"env", fakeVar + "=names=ok", "sh", "-c", once, filepath.Join(t.TempDir(), "tried"), test.status, os.Args[0]}
		err := test.world.Play(programs, func(c *Cell) {
			c.Start(kind)
			if len(c.peers) != 2 {
				t.Errorf("there are the peers %v", c.peers)
			}
		})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v", test, err)
		}
	}
	programs := fakeIn("names=ok")
	programs["weak-windows"] = []string{"false"}
	if err := usualWindows.Play(programs, func(c *Cell) { c.Start("weak-windows") }); err == nil {
		t.Error("a peer that always ends has started")
	}
}

// TestProcessIDsOfWindows are not those of this system. Who speaks wrongly is found out nevertheless.
func TestProcessIDsOfWindows(t *testing.T) {
	if err := inWindows("hello=ok go 1.0 17", func(c *Cell, _ *Peer) {
		if text := c.transcript.anonymous(c); !strings.Contains(text, "creator    ->     ok KIND VERSION PID") {
			t.Errorf("the transcript is\n%s", text)
		}
	}); err != nil {
		t.Error(err)
	}
	if err := inWindows("hello=ok go 1.0", func(*Cell, *Peer) {}); err == nil || !strings.Contains(err.Error(), "answers hello with") {
		t.Errorf("error %v", err)
	}
}

// TestSizesOnWindows are whole pages.
func TestSizesOnWindows(t *testing.T) {
	for asked, want := range map[int]int{1: 4096, 4095: 4096, 4096: 4096, 4097: 8192, 64 << 20: 64 << 20} {
		if got := (&Cell{world: usualWindows}).sizeOf(asked); got != want {
			t.Errorf("%d: %d, want %d", asked, got, want)
		}
		if got := (&Cell{world: Usual}).sizeOf(asked); got != asked {
			t.Errorf("%d: %d elsewhere", asked, got)
		}
	}
}

// TestFilesOfSegments finds segments in lists of mappings: of Wine 8 and 10, and of Linux.
func TestFilesOfSegments(t *testing.T) {
	var modes []string
	for line := range strings.Lines(`47060000-47061000 rw-s 00000000 fe:00 10208895   /tmp/wine-rkvAQN/server-fe00-9905f7/tmpmap-58a39205 (deleted)
47061000-47062000 r--s 00000000 fe:00 10208896   /tmp/.wine-0/server-fe00-9905f7/anonmap.aB3xYz (deleted)
7ffe0000-7ffe1000 r--s 00000000 fe:00 10208894   /tmp/wine-rkvAQN/server-fe00-9905f7/tmpmap-8236bd41 (deleted)
00010000-00012000 r--s 00000000 fe:00 10028519   /usr/share/wine/nls/l_intl.nls
7f08bb2a1000-7f08bb2a8000 r--s 00000000 00:01 1  /SYSV51018c6f (deleted)
7f08bb2a1000-7f08bb2a8000 rw-s 00000000 00:19 2  /dev/shm/qipc_sharedmemory_x
7f08bb2a1000-7f08bb2a8000 rw-s 00000000 00:19 3  /dev/shm/sem.qipc_systemsem_x
`) {
		if isSegment(line) {
			modes = append(modes, strings.Fields(line)[1])
		}
	}
	if want := []string{"rw-s", "r--s", "r--s", "rw-s"}; !slices.Equal(modes, want) {
		t.Errorf("%q, want %q", modes, want)
	}
}

func TestRestingMeansTheSameTrace(t *testing.T) {
	a, b := &Peer{}, &Peer{}
	before := resting{a: "1", b: "2"}
	for _, test := range []struct {
		now  resting
		want int
	}{{resting{a: "1", b: "2"}, 2}, {resting{a: "1", b: "3"}, 1}, {resting{b: "2"}, 1}, {nil, 0}} {
		if got := before.still(test.now); got != test.want {
			t.Errorf("%v: %d, want %d", test.now, got, test.want)
		}
	}
}

// TestThreads: a process that has not been scheduled has the same trace, and one that has another.
func TestThreads(t *testing.T) {
	if trace, sleep := threads(os.Getpid()); sleep {
		t.Errorf("this process sleeps: %s", trace)
	}
	if trace, sleep := threads(1 << 30); sleep {
		t.Errorf("a process that is not there sleeps: %s", trace)
	}
	if err := inWindows("lock s=hang\nkey a=ok b", func(_ *Cell, p *Peer) {
		asleep := func() (trace string) {
			for end := time.Now().Add(Patience); ; {
				trace, sleep := threads(p.cmd.Process.Pid)
				if sleep {
					return trace
				} else if time.Now().After(end) {
					p.cell.failf("it does not sleep")
				}
			}
		}
		before := asleep()
		p.does("key", "a")
		if after := asleep(); after == before || !strings.Contains(after, "nonvoluntary_ctxt_switches") {
			t.Errorf("the trace after some work is\n%s\nbefore it was\n%s", after, before)
		}
	}); err != nil {
		t.Error(err)
	}
}
