//go:build linux

package posix

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

func TestGlibcSeesOurSemaphore(t *testing.T) {
	sem, name := newSem(t, 2)
	glibc := startPeers(t, 1, name)[0]
	if !sem.TryWait() || glibc.ok("sem_getvalue") != 1 {
		t.Error("glibc does not see that we took one")
	}
	glibc.ok("sem_trywait")
	if err := glibc.do("sem_trywait"); err != unix.EAGAIN || sem.TryWait() {
		t.Errorf("at 0: %v in glibc, want EAGAIN", err)
	}
	glibc.ok("sem_post")
	wantState(t, sem.image, 1, 0)
}

func TestWeSeeGlibcsSemaphore(t *testing.T) {
	name := newName()
	glibc := startPeer(t)
	glibc.ok("sem_create =%s 384 7", name)
	sem, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	wantState(t, sem.image, 7, 0)
	if !sem.TryWait() || glibc.ok("sem_getvalue") != 6 {
		t.Error("glibc does not see that we took one")
	}
	if err := errors.Join(sem.Close(), SemUnlink(name)); err != nil {
		t.Error(err)
	}
	glibc.ok("sem_close")
}

func TestGlibcWakesUs(t *testing.T) {
	sem, name := newSem(t, 0)
	glibc := startPeers(t, 1, name)[0]
	w := startWaiter(t.Context(), sem.image)
	w.untilAsleep(t)
	glibc.ok("sem_post")
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
}

func TestWeWakeGlibc(t *testing.T) {
	sem, name := newSem(t, 0)
	glibc := startPeers(t, 1, name)[0]
	glibc.send("sem_wait")
	glibc.untilAsleep()
	wantState(t, sem.image, 0, 1)
	if err := sem.Post(); err != nil {
		t.Fatal(err)
	}
	if _, err := glibc.answer(); err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
}

// One Add, and one Set, serves as many waiters of glibc as it brings.
func TestWeWakeSeveralOfGlibc(t *testing.T) {
	for what, give := range map[string]func(sem *Sem, n int) error{"Add": (*Sem).Add, "Set": (*Sem).Set} {
		sem, name := newSem(t, 0)
		glibc := startPeers(t, 3, name)
		for _, p := range glibc {
			p.send("sem_wait")
			p.untilAsleep()
		}
		if err := give(sem, 2); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		untilWaiting(t, sem.image, 1)
		wantState(t, sem.image, 0, 1)
		if err := give(sem, 2); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		for _, p := range glibc {
			if _, err := p.answer(); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		wantState(t, sem.image, 1, 0)
	}
}

// Waiters of both kinds sleep on one semaphore; some give up; posts of both kinds serve the others, each of them once.
func TestWaitersOfBothKinds(t *testing.T) {
	const each = 3
	sem, name := newSem(t, 0)
	poster := startPeers(t, 1, name)[0]
	glibc := startPeers(t, each, name)
	ctx, cancel := context.WithCancel(t.Context())
	var ours, leaving []*waiter
	for _, p := range glibc {
		p.send("sem_wait")
		ours = append(ours, startWaiter(t.Context(), sem.image))
		leaving = append(leaving, startWaiter(ctx, sem.image))
	}
	untilWaiting(t, sem.image, 3*each)
	cancel()
	for _, w := range leaving {
		if err := <-w.done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	for i, p := range glibc {
		p.untilAsleep()
		ours[i].untilAsleep(t)
	}
	wantState(t, sem.image, 0, 2*each)
	for range each {
		poster.ok("sem_post")
		if err := sem.Post(); err != nil {
			t.Error(err)
		}
	}
	for i, p := range glibc {
		if _, err := p.answer(); err != nil {
			t.Error(err)
		}
		if err := <-ours[i].done; err != nil {
			t.Error(err)
		}
	}
	wantState(t, sem.image, 0, 0)
}

func TestGlibcGivesUpBesideUs(t *testing.T) {
	sem, name := newSem(t, 0)
	glibc := startPeers(t, 1, name)[0]
	w := startWaiter(t.Context(), sem.image)
	w.untilAsleep(t)
	if err := glibc.do("sem_timedwait 1"); err != unix.ETIMEDOUT {
		t.Errorf("%v, want ETIMEDOUT", err)
	}
	wantState(t, sem.image, 0, 1)
	glibc.ok("sem_post")
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
}

// Nobody gives back what a killed process held: the value stays 0 until somebody posts for it.
func TestHolderIsKilled(t *testing.T) {
	sem, name := newSem(t, 1)
	glibc := startPeers(t, 1, name)[0]
	glibc.ok("sem_wait")
	ctx, cancel := context.WithCancel(t.Context())
	w := startWaiter(ctx, sem.image)
	w.untilAsleep(t)
	glibc.kill()
	w.untilAsleep(t)
	wantState(t, sem.image, 0, 1)
	cancel()
	if err := <-w.done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
	if err := sem.Post(); err != nil || !sem.TryWait() {
		t.Errorf("posted for the dead: %v", err)
	}
}

// A waiter that is killed stays counted, and nobody else suffers from that.
func TestWaiterIsKilled(t *testing.T) {
	sem, name := newSem(t, 0)
	glibc := startPeers(t, 1, name)[0]
	glibc.send("sem_wait")
	glibc.untilAsleep()
	glibc.kill()
	wantState(t, sem.image, 0, 1)
	w := startWaiter(t.Context(), sem.image)
	w.untilAsleep(t)
	if err := sem.Post(); err != nil {
		t.Error(err)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 1)
	if err := sem.Post(); err != nil || !sem.TryWait() {
		t.Errorf("post and take: %v", err)
	}
	wantState(t, sem.image, 0, 1)
}

// Processes and goroutines add to one number under the lock, in two steps each, and none is lost.
func TestMutualExclusion(t *testing.T) {
	const peers, goroutines, rounds = 2, 4, 5000
	sem, name := newSem(t, 1)
	fd, shm := newShm(t, 4)
	mem := newMapping(t, fd, 4, false)
	glibc := startPeers(t, peers, name)
	for _, p := range glibc {
		p.ok("shm_open =%s %d 0", shm, ReadWrite)
		p.ok("mmap 4")
		p.send("count %d", rounds)
	}
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range rounds {
				if err := sem.Wait(t.Context()); err != nil {
					t.Error(err)
				}
				binary.NativeEndian.PutUint32(mem, binary.NativeEndian.Uint32(mem)+1)
				if err := sem.Post(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, p := range glibc {
		if _, err := p.answer(); err != nil {
			t.Error(err)
		}
	}
	if got := binary.NativeEndian.Uint32(mem); got != (peers+goroutines)*rounds {
		t.Errorf("%d, want %d", got, (peers+goroutines)*rounds)
	}
	wantState(t, sem.image, 1, 0)
}
