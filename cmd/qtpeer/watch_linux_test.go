package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// newWatched makes a segment of size bytes, and a watcher that has seen it.
func newWatched(tb testing.TB, family ipckey.Type, size int) (*bridge.Segment, *watcher) {
	tb.Helper()
	key, err := bridge.LegacyKey(letters(), bridge.WithType(family))
	if err != nil {
		tb.Fatal(err)
	}
	s := createSegment(tb, key, size)
	w := &watcher{o: new(options), find: func() (ipckey.Key, error) { return key, nil }, warn: func(string, ...any) {}}
	wantChanges(tb, w, appeared)
	return s, w
}

func createSegment(tb testing.TB, key ipckey.Key, size int) *bridge.Segment {
	tb.Helper()
	s, err := bridge.Create(context.Background(), key, size, bridge.RemoveLast())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { detachSegment(tb, s) })
	return s
}

func detachSegment(tb testing.TB, s *bridge.Segment) {
	tb.Helper()
	if err := s.Detach(context.Background()); err != nil {
		tb.Error(err)
	}
}

func wantChanges(tb testing.TB, w *watcher, want ...string) {
	tb.Helper()
	changes, err := w.look(context.Background(), time.Millisecond)
	var got []string
	for _, c := range changes {
		got = append(got, c.event)
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		tb.Fatalf("%q, %v; want %q", got, err, want)
	}
}

// While nobody uses the lock, System V is attached to every tenth time only.
func TestIdleWatchSeldomAttaches(t *testing.T) {
	privateDir(t)
	for family, want := range map[ipckey.Type]int{ipckey.SystemV: 10, ipckey.PosixRealtime: 100} {
		_, w := newWatched(t, family, 8)
		attached := 0
		for range 100 {
			wantChanges(t, w)
			if w.skipped == 0 {
				attached++
			}
		}
		if attached != want {
			t.Errorf("%v: attached %d of 100 times, want %d", family, attached, want)
		}
	}
}

// A program that writes without the lock is noticed in the end, one that uses it at once.
func TestWatchNoticesWriters(t *testing.T) {
	privateDir(t)
	s, w := newWatched(t, ipckey.SystemV, 8)
	if _, err := s.WriteAt([]byte{1}, 0); err != nil {
		t.Fatal(err)
	}
	for range mostSkipped {
		wantChanges(t, w)
	}
	wantChanges(t, w, changed)
	write := qtpeer(t, "write", "--key", s.Key().String(), "--as", "int32")
	write.Stdin = strings.NewReader("7")
	if out, err := write.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	changes, err := w.look(t.Context(), time.Second)
	if err != nil || len(changes) != 1 || changes[0].by != write.Process.Pid {
		t.Errorf("%+v, %v; want one change by %d", changes, err, write.Process.Pid)
	}
}

// Another segment of the same name and content is another one.
func TestWatchTellsSegmentsApart(t *testing.T) {
	privateDir(t)
	for _, family := range []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime} {
		first, w := newWatched(t, family, 8)
		detachSegment(t, first)
		second := createSegment(t, first.Key(), 8)
		w.skipped = mostSkipped // its maker is this process
		wantChanges(t, w, disappeared, appeared)
		detachSegment(t, second)
		wantChanges(t, w, disappeared)
		wantChanges(t, w)

		third := createSegment(t, first.Key(), 8)
		wantChanges(t, w, appeared)
		if _, err := third.WriteAt([]byte{1}, 0); err != nil {
			t.Fatal(err)
		}
		w.skipped = mostSkipped
		wantChanges(t, w, changed)
		detachSegment(t, third)
	}
}

// A change is seen wherever it is, and in a segment of any size.
func TestWatchSeesEveryByte(t *testing.T) {
	privateDir(t)
	for _, size := range []int{1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200_000} {
		s, w := newWatched(t, ipckey.PosixRealtime, size)
		for n, at := range []int{0, size / 2, size - 1} {
			wantChanges(t, w)
			if _, err := s.WriteAt([]byte{byte(n + 1)}, int64(at)); err != nil {
				t.Fatal(err)
			}
			wantChanges(t, w, changed)
			if !bytes.Equal(w.seen.data, s.Bytes()) {
				t.Errorf("%d bytes: not what is there", size)
			}
		}
	}
}

// What is being written under the lock is not seen before it is done.
func TestWatchWaitsItsTurn(t *testing.T) {
	privateDir(t)
	for _, family := range []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime} {
		s, w := newWatched(t, family, 8)
		w.skipped = mostSkipped
		if err := s.Do(t.Context(), func(mem []byte) error {
			mem[0] = 1
			wantChanges(t, w)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		w.skipped = mostSkipped
		wantChanges(t, w, changed)
	}
}

// A writer that is always at work is never seen at work.
func TestWatchSeesWholeValues(t *testing.T) {
	privateDir(t)
	for _, family := range []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime} {
		s, w := newWatched(t, family, 1<<16)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			var err error
			for n := byte(1); err == nil && ctx.Err() == nil; n++ {
				err = s.Do(context.Background(), func(mem []byte) error {
					copy(mem, bytes.Repeat([]byte{n}, len(mem)))
					return nil
				})
			}
			done <- err
		}()
		for range 200 {
			w.skipped = mostSkipped
			if _, err := w.look(t.Context(), time.Second); err != nil {
				t.Error(err)
			}
			if data := w.seen.data; bytes.Count(data, data[:1]) != len(data) {
				t.Error("a value in the making")
				break
			}
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// BenchmarkIdleWatch looks at a segment of 1 MiB that does not change. It reports how much of one core a watch takes that looks once
// a second.
func BenchmarkIdleWatch(b *testing.B) {
	b.Setenv("TMPDIR", b.TempDir())
	for name, family := range map[string]ipckey.Type{"SystemV": ipckey.SystemV, "POSIX": ipckey.PosixRealtime} {
		b.Run(name, func(b *testing.B) {
			_, w := newWatched(b, family, 1<<20)
			before := processorTime(b)
			for b.Loop() {
				wantChanges(b, w)
			}
			used := processorTime(b) - before
			b.ReportMetric(100*used.Seconds()/float64(b.N), "%core")
		})
	}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
