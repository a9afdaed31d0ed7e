package bridge

import (
	"errors"
	"fmt"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// abandon is what the kernel does for a process that dies. The Segment is as if detached afterwards.
func abandon(t *testing.T, s *Segment) {
	t.Helper()
	a, ok := s.at.(*posixAttachment)
	if !ok {
		a = s.at.(*breakingAttachment).mortalAttachment.(*posixAttachment)
	}
	s.gone.Store(true)
	s.mem = nil
	if err := errors.Join(posix.Munmap(a.mem), posix.Close(a.fd), a.sem.detach(false, false, false)); err != nil {
		t.Fatal(err)
	}
}

// suspected is what an error says of a child that may hold the lock.
func suspected(child childProcess) string { return fmt.Sprintf("process %d (", child.Process.Pid) }

// leaveHeld leaves a segment whose lock is held until die is called. Until then newcomers wait: one in this process, for others queue
// behind it, and some children.
func leaveHeld(t *testing.T, key ipckey.Key) (untilNewcomersWait func(children int), die func()) {
	t.Helper()
	detach(t, create(t, key, 8))
	sem := makeLock(t, key, 0)
	t.Cleanup(func() {
		wantValue(t, key, 1)
		remove(t, key)
	})
	return func(children int) { untilWaiters(t, sem, 1+children) }, func() { closeSem(t, sem) }
}

// Nothing gives back what a dead process held, unlike on System V. The hint says what is known of the holder.
func TestPosixDeadHolder(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	killHolder(t, key)
	const died = "whoever held it has died"
	wantTimeout(t, s.Lock(soon(t)), died)
	wantTimeout(t, s.Do(soon(t), nil), died)
	wantTimeout(t, s.Detach(soon(t)), died)
	if s.Bytes() == nil {
		t.Error("detached nevertheless")
	}
	abandon(t, s)
	_, err := Attach(soon(t), key, ReadWrite)
	wantTimeout(t, err, died)
	wantText(t, err, "BreakDeadLock")
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
	_, err = Create(soon(t), key, 8)
	wantTimeout(t, err, died)
	wantObjects(t, "all have given up", key, false, true)
	wantValue(t, key, 0)
	remove(t, key)
}

func TestPosixLivingHolderIsNamed(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	child := startChild(t, "hold", key, "held")
	name := fmt.Sprintf("process %d (", child.Process.Pid)
	wantTimeout(t, s.Lock(soon(t)), name)
	_, err := Attach(soon(t), key, ReadWrite)
	wantTimeout(t, err, name)
	_, err = Attach(soon(t), key, ReadWrite, BreakDeadLock())
	wantTimeout(t, err, name)
	end(t, child)
	wantValue(t, key, 1)
}

func TestBreakDeadLockOnTheWayIn(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	killHolder(t, key)
	s := attach(t, key, ReadWrite, BreakDeadLock(), RemoveLast())
	wantValue(t, key, 1)
	killHolder(t, key)
	lock(t, s)
	wantValue(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
	killHolder(t, key)
	abandon(t, s)
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
	s = create(t, key, 8, BreakDeadLock())
	wantValue(t, key, 1)
	detach(t, s)
	wantObjects(t, "created and detached", key, true, false)
}
