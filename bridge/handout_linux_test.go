package bridge

import (
	"errors"
	"sync/atomic"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// pull changes the semaphore, if it can.
func (o outsider) pull(release bool) bool {
	lever := o.Lever()
	switch {
	case lever.Word == nil && release:
		ok, err := sysv.SemTry(lever.SemID, 1, true)
		return ok && err == nil
	case lever.Word == nil:
		ok, err := sysv.SemTry(lever.SemID, -1, true)
		return ok && err == nil
	case release:
		return atomic.CompareAndSwapUintptr(lever.Word, lever.Taken, lever.Free)
	}
	return atomic.CompareAndSwapUintptr(lever.Word, lever.Free, lever.Taken)
}

// usable reports whether the semaphore can still be looked at.
func (o outsider) usable() bool {
	lever := o.Lever()
	if lever.Word != nil {
		return *lever.Word <= max(lever.Free, lever.Taken)
	}
	_, err := sysv.SemValue(lever.SemID)
	return err == nil
}

func TestLeverOfARemovedSemaphore(t *testing.T) {
	o := handOut(create(t, newKey(t), 8))
	before := o.Lever().SemID
	if err := sysv.Semrm(before); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(o.lock(), o.unlock()); err != nil {
		t.Fatal(err)
	}
	if after := o.Lever().SemID; after == before || !o.usable() {
		t.Errorf("semid %d after %d was removed", after, before)
	}
}
