package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
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

// inBothFamilies runs test once for each.
func inBothFamilies(t *testing.T, test func(t *testing.T, l *lab, family string)) {
	for _, family := range []string{systemV, posix} {
		t.Run(family, func(t *testing.T) { test(t, testLab(t), family) })
	}
}

func TestGoDoesEveryWork(t *testing.T) {
	for work := range works {
		if strings.HasPrefix(work, "ring") {
			continue // takes two
		}
		t.Run(work, func(t *testing.T) {
			inBothFamilies(t, func(t *testing.T, l *lab, family string) { testWork(t, l, family, work) })
		})
	}
}

func testWork(t *testing.T, l *lab, family, work string) {
	s, err := side{family: family, programs: "go", work: work}.open(l)
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
}

// In a ring nobody can be a turn ahead: with one side alone, or three locks that did not bind, this would end at once or
// never. It ends with all locks free, since a POSIX lock that the other holds would keep a worker from detaching.
func TestRingHandsOver(t *testing.T) { inBothFamilies(t, testRing) }

func testRing(t *testing.T, l *lab, family string) {
	s, err := side{family: family, programs: "go go", work: "ring"}.open(l)
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
	for _, s := range l.segments {
		if info, err := s.Stat(); err != nil || info.Semaphore.Value != 1 {
			t.Errorf("%+v, %v: want a free lock", info.Semaphore, err)
		}
	}
}

// The lab removes a segment even if a worker was killed that held its lock.
func TestKilledWorkers(t *testing.T) {
	inBothFamilies(t, func(t *testing.T, l *lab, family string) {
		s, err := side{family: family, programs: "go go", work: "ring"}.open(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range s.(team) {
			if err := w.cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
		if err := s.close(); err == nil {
			t.Error("no error about workers that were killed")
		}
		if err := l.clear(); err != nil {
			t.Error(err)
		}
	})
}

func TestLockWorkLocks(t *testing.T) { inBothFamilies(t, testLockWork) }

func testLockWork(t *testing.T, l *lab, family string) {
	s, err := side{family: family, programs: "go", work: "lock"}.open(l)
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
	l := testLab(t)
	s, err := side{family: systemV, programs: "go", work: "in"}.open(l)
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
	l := testLab(t)
	at, err := l.stock(systemV, "attach") // which counts attachments, not processes
	if err != nil {
		t.Fatal(err)
	}
	for _, prepare := range []func(place) (work, error){attachWork, attachNewWork} {
		w, err := prepare(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.do(2); err != nil {
			t.Error(err)
		}
		if n := attachments(t, l); n[0] != 1 {
			t.Errorf("%d attached afterwards, want the lab alone", n[0])
		}
	}
}

func TestCreateLeavesNothing(t *testing.T) {
	inBothFamilies(t, func(t *testing.T, _ *lab, family string) {
		at := place{family, rand.Text()}
		w, err := createWork(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.do(2); err != nil {
			t.Error(err)
		}
		if _, err := at.attach(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v, want %v", err, fs.ErrNotExist)
		}
	})
}

func TestKeepKeeps(t *testing.T) {
	inBothFamilies(t, func(t *testing.T, _ *lab, family string) {
		at := place{family, rand.Text()}
		w, err := keepWork(at)
		if err != nil {
			t.Fatal(err)
		}
		s, err := at.attach()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(s.Bytes(), content(keptSize)) {
			t.Errorf("%d bytes that are not what the lab puts there", s.Size())
		}
		if err := errors.Join(s.Detach(t.Context()), w.end()); err != nil {
			t.Error(err)
		}
		if _, err := at.attach(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v, want %v", err, fs.ErrNotExist)
		}
	})
}

func TestPlaces(t *testing.T) {
	for family, want := range map[string]ipckey.Type{systemV: ipckey.SystemV, posix: ipckey.PosixRealtime, windows: ipckey.Windows} {
		key, err := place{family, "test"}.key()
		if err != nil || key.Type != want || key.Legacy != "test" {
			t.Errorf("%s: %v, %v", family, key, err)
		}
	}
	for _, at := range []place{{"", "test"}, {stream, "test"}, {posix, ""}} {
		if key, err := at.key(); err == nil {
			t.Errorf("%+v: %v, want an error", at, key)
		}
		if s, err := at.attach(); err == nil {
			t.Errorf("%+v: %v, want an error", at, s)
		}
	}
}

func TestCommand(t *testing.T) {
	l := testLab(t)
	script(t, l.bin, "reader", `[ "$1" = now ] && head -c 1048576 /dev/zero | tr '\0' x`)
	c, err := side{family: systemV, command: "reader now", work: "read"}.open(l)
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
	if _, err := (side{family: systemV, command: "liar", work: "read"}).open(l); err == nil {
		t.Error("a program that writes something else: no error")
	}
}
