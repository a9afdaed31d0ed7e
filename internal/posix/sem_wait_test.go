//go:build linux

package posix

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

func TestWaitIsWoken(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		for _, ctx := range []context.Context{context.Background(), t.Context()} {
			w := startWaiter(ctx, l)
			w.untilAsleep(t)
			wantState(t, l, 0, 1)
			add(l, 1)
			if err := <-w.done; err != nil {
				t.Error(err)
			}
			wantState(t, l, 0, 0)
		}
	})
}

func TestWaitIsCancelled(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		reason := errors.New("enough")
		ctx, cancel := context.WithCancelCause(t.Context())
		first, second := startWaiter(ctx, l), startWaiter(t.Context(), l)
		first.untilAsleep(t)
		second.untilAsleep(t)
		cancel(reason)
		if err := <-first.done; !errors.Is(err, reason) {
			t.Errorf("%v, want %v", err, reason)
		}
		wantState(t, l, 0, 1)
		second.untilAsleep(t)
		add(l, 1)
		if err := <-second.done; err != nil {
			t.Error(err)
		}
		wantState(t, l, 0, 0)
	})
}

// A wake-up without a token, as glibc's programs may cause, ends nothing.
func TestWaitSleepsAgain(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		w := startWaiter(t.Context(), l)
		w.untilAsleep(t)
		word, _ := l.futex()
		futexWake(word, 1)
		if err := unix.Tgkill(unix.Getpid(), w.tid, unix.SIGURG); err != nil {
			t.Fatal(err)
		}
		w.untilAsleep(t)
		wantState(t, l, 0, 1)
		add(l, 1)
		if err := <-w.done; err != nil {
			t.Error(err)
		}
	})
}

// A context that ends together with a post: the semaphore wins.
func TestWaitPrefersTheSemaphore(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := wait(ctx, l, new(atomic.Bool)); err != nil {
			t.Error(err)
		}
		if err := wait(ctx, l, new(atomic.Bool)); !errors.Is(err, context.Canceled) {
			t.Errorf("at 0: %v", err)
		}
		wantState(t, l, 0, 0)
	})
}

// badWord sends its waiter to sleep on four bytes that are no word.
type badWord struct{ image64 }

func (m *badWord) futex() (*uint32, uint32) { return (*uint32)(unsafe.Add(unsafe.Pointer(m), 1)), 0 }

func TestWaitEndsWhenTheKernelRefuses(t *testing.T) {
	var sem badWord
	sem.init(0)
	if err := wait(t.Context(), &sem, new(atomic.Bool)); errnoOf(err) != unix.EINVAL || callOf(err) != "sem_wait" {
		t.Errorf("%v, want sem_wait: EINVAL", err)
	}
	wantState(t, &sem, 0, 0)
}

// lateWord is posted to between the look and the sleep.
type lateWord struct{ image64 }

func (m *lateWord) futex() (*uint32, uint32) {
	m.add(1)
	return m.image64.futex()
}

func TestWaitLooksAgainWhenTheWordHasChanged(t *testing.T) {
	var sem lateWord
	sem.init(0)
	if err := wait(t.Context(), &sem, new(atomic.Bool)); err != nil {
		t.Error(err)
	}
	wantState(t, &sem, 0, 0)
}

// Many waiters, each cancelled at a time of its own while others post: whoever returns nil has taken one, nobody else
// has, and nobody stays counted.
func TestWaitLosesNoCount(t *testing.T) {
	const waiters, posts = 1000, 500
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		var wg sync.WaitGroup
		var taken atomic.Uint32
		cancels := make([]context.CancelFunc, waiters)
		for i := range cancels {
			var ctx context.Context
			ctx, cancels[i] = context.WithCancel(t.Context())
			wg.Go(func() {
				switch err := wait(ctx, l, new(atomic.Bool)); {
				case err == nil:
					taken.Add(1)
				case !errors.Is(err, context.Canceled):
					t.Error(err)
				}
			})
		}
		untilWaiting(t, l, waiters)
		wg.Go(func() {
			for range posts {
				add(l, 1)
			}
		})
		for _, i := range rand.Perm(waiters) {
			cancels[i]()
		}
		wg.Wait()
		wantState(t, l, posts-taken.Load(), 0)
	})
}

// As many posts as waiters while none is cancelled: everybody is served.
func TestWaitServesEverybody(t *testing.T) {
	const waiters, rounds = 8, 2000
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		var wg sync.WaitGroup
		for range waiters {
			wg.Go(func() {
				for range rounds {
					if err := wait(t.Context(), l, new(atomic.Bool)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range waiters * rounds {
			add(l, 1)
		}
		wg.Wait()
		wantState(t, l, 0, 0)
	})
}
