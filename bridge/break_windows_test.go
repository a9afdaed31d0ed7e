package bridge

import (
	"errors"
	"testing"

	"github.com/shmbridge/shmbridge/internal/win32"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// abandon is what the kernel does for a process that dies. The Segment is as if detached afterwards.
func abandon(t *testing.T, s *Segment) {
	t.Helper()
	a, ok := s.at.(*win32Attachment)
	if !ok {
		a = s.at.(*breakingAttachment).mortalAttachment.(*win32Attachment)
	}
	s.gone.Store(true)
	s.mem = nil
	if err := errors.Join(win32.UnmapView(a.mem), win32.Close(a.mapping), a.sem.close()); err != nil {
		t.Fatal(err)
	}
}

// suspected is what an error says of a child that may hold the lock: Windows does not say who has it open.
func suspected(childProcess) string { return "other handles to the semaphore" }

// leaveHeld leaves a segment whose lock is held until die is called. Until then two newcomers wait, in this process and in some children.
func leaveHeld(t *testing.T, key ipckey.Key) (untilNewcomersWait func(children int), die func()) {
	t.Helper()
	mapping, err := win32.CreateMapping(key.Native, 8)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeHandle(t, mapping) })
	sem, err := win32.CreateSemaphore(lockKey(t, key).Native, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func(int) { untilOpen(t, sem, 3) }, func() { closeHandle(t, sem) }
}

func closeHandle(t *testing.T, h win32.Handle) {
	t.Helper()
	if err := win32.Close(h); err != nil {
		t.Error(err)
	}
}

// untilOpen returns once there are n handles to an object, of which h is one.
func untilOpen(t *testing.T, h win32.Handle, n int) {
	t.Helper()
	until(t, func() bool {
		got, err := win32.Handles(h)
		if err != nil {
			t.Fatal(err)
		}
		return got == n
	})
}
