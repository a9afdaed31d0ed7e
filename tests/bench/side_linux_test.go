package main

import (
	"bytes"
	"strings"
	"testing"
)

// attachments of the segments of l, one after the other.
func attachments(t *testing.T, l *lab) (n []int) {
	t.Helper()
	for _, s := range l.segments {
		info, err := s.Stat()
		if err != nil {
			t.Fatal(err)
		}
		n = append(n, info.Attached)
	}
	return n
}

func TestGoDoesEveryWork(t *testing.T) {
	for work := range works {
		if strings.HasPrefix(work, "ring") {
			continue // takes two
		}
		t.Run(work, func(t *testing.T) {
			l := newLab(t)
			s, err := side{programs: "go", work: work}.open(l)
			if err != nil {
				t.Fatal(err)
			}
			d, err := s.time(2)
			if err != nil || d <= 0 {
				t.Errorf("%v, %v", d, err)
			}
			if err := s.close(); err != nil {
				t.Error(err)
			}
			for i, n := range attachments(t, l) {
				if n != 1 {
					t.Errorf("%d attached afterwards, want the lab alone", n)
				}
				if mem := l.segments[i].Bytes(); !bytes.Equal(mem, content(stocks[work].size)) {
					t.Errorf("%d bytes that are not what the lab puts there", len(mem))
				}
			}
		})
	}
}

// In a ring nobody can be a turn ahead: with one side alone, or three locks that did not bind, this would end at once or
// never.
func TestRingHandsOver(t *testing.T) {
	l := newLab(t)
	s, err := side{programs: "go go", work: "ring"}.open(l)
	if err != nil {
		t.Fatal(err)
	}
	both := s.(team)
	if _, err := (both[0]).in.Write([]byte("100\n")); err != nil {
		t.Fatal(err)
	}
	waits := func() bool { // for the lock that the other holds
		for _, s := range l.segments {
			if info, err := s.Stat(); err != nil || info.Semaphore.Waiting > 0 {
				return true
			}
		}
		return false
	}
	for !waits() {
	}
	if _, err := both[1:].time(100); err != nil {
		t.Error(err)
	}
	if _, err := both[0].answer(); err != nil {
		t.Error(err)
	}
	if d, err := s.time(100); err != nil || d <= 0 {
		t.Errorf("a second turn: %v, %v", d, err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestLockWorkLocks(t *testing.T) {
	l := newLab(t)
	s, err := side{programs: "go", work: "lock"}.open(l)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.segments[0].Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := s.(team)[0]
	if _, err := w.in.Write([]byte("1\n")); err != nil {
		t.Fatal(err)
	}
	for waiting := 0; waiting == 0; {
		info, err := l.segments[0].Stat()
		if err != nil {
			t.Fatal(err)
		}
		waiting = info.Semaphore.Waiting
	}
	if err := l.segments[0].Unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.answer(); err != nil {
		t.Error(err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestInCopies(t *testing.T) {
	l := newLab(t)
	s, err := side{programs: "go", work: "in"}.open(l)
	if err != nil {
		t.Fatal(err)
	}
	mem := l.segments[0].Bytes()
	clear(mem)
	if _, err := s.time(1); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(mem, content(len(mem))) {
		t.Error("nothing came in")
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestAttachDetaches(t *testing.T) {
	l := newLab(t)
	name, err := l.stock("attach")
	if err != nil {
		t.Fatal(err)
	}
	do, err := attachWork(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := do(2); err != nil {
		t.Error(err)
	}
	if n := attachments(t, l); n[0] != 1 {
		t.Errorf("%d attached afterwards, want the lab alone", n[0])
	}
}

func TestWorkersThatFail(t *testing.T) {
	l := newLab(t)
	for name, commands := range map[string]string{
		"ends":        "exit 3\n",
		"ends later":  "echo ready 1\nread n; echo 5; read n; exit 3\n",
		"no number":   "echo ready 1\nread n; echo 5; read n; echo five\n",
		"ends badly":  "echo ready 1\nwhile read n; do echo 5; done; exit 3\n",
		"cannot wait": "echo ready 1\nread n; exit 3\n",
	} {
		script(t, l.bin, "qtbench-qt5", commands)
		s, err := side{programs: "qt5", work: "key"}.open(l)
		if err == nil {
			_, err = s.time(1)
			if closeErr := s.close(); err == nil {
				err = closeErr
			}
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestServeRefuses(t *testing.T) {
	for _, x := range []struct{ work, name, in string }{
		{"nonesuch", "", ""},
		{"lock", "no such segment", ""},
		{"attach", "no such segment", "1\n"},
		{"attach", "", ""},
		{"ring0", "no such segment", ""},
		{"in", "no such segment", ""},
		{"key", "", "one\n"},
	} {
		if err := serve(x.work, x.name, strings.NewReader(x.in), new(bytes.Buffer)); err == nil {
			t.Errorf("%+v: no error", x)
		}
	}
}

func TestCommand(t *testing.T) {
	l := newLab(t)
	script(t, l.bin, "reader", `[ "$1" = now ] && head -c 1048576 /dev/zero | tr '\0' x`)
	c, err := side{command: "reader now", work: "read"}.open(l)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := c.time(2); err != nil || d <= 0 {
		t.Errorf("%v, %v", d, err)
	}
	script(t, l.bin, "reader", "exit 1\n")
	if _, err := c.time(1); err == nil {
		t.Error("a program that fails: no error")
	}
	script(t, l.bin, "liar", "echo xxx\n")
	if _, err := (side{command: "liar", work: "read"}).open(l); err == nil {
		t.Error("a program that writes something else: no error")
	}
}
