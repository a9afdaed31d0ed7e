package bridge

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What a killed process has left is replaced, whatever it holds.
func TestGuardReplacesOrphans(t *testing.T) { eachFamily(t, testGuardReplacesOrphans) }

func testGuardReplacesOrphans(t *testing.T, key ipckey.Key) {
	for range 2 {
		kill(startChild(t, "create", key, "held"))
		if !inspect(t, key).Orphan() {
			t.Fatalf("%+v", inspect(t, key))
		}
		start := time.Now()
		releaseGuard(t, takeGuard(t, key))
		if waited := time.Since(start); waited >= guardPatience {
			t.Errorf("the dead holder's lock was waited for %v", waited)
		}
	}
}

// A System V segment is being made, for an instant, when nobody has attached to it yet.
func TestGuardLeavesASegmentThatIsBeingMade(t *testing.T) {
	key := newKey(t)
	file, _, err := sysv.CreateKeyFile(key.Native)
	if err != nil {
		t.Fatal(err)
	}
	id, err := sysv.Shmget(file.Key('Q'), 1, shmMode|sysv.Create|sysv.Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	wantTaken(t, key, os.Getpid())
	mem, err := sysv.Shmat(id, false)
	if err := errors.Join(err, sysv.Shmdt(mem)); err != nil {
		t.Fatal(err)
	}
	takeGuard(t, key) // an orphan, though its maker lives
}

func TestTakenNamesALivingProcess(t *testing.T) {
	key := newKey(t)
	child := startChild(t, "create", key, "held")
	ended := child.Process.Pid
	kill(child)
	takeGuard(t, key) // which removes what the child has left
	for _, c := range []struct {
		info sysv.ShmInfo
		want int
	}{
		{sysv.ShmInfo{CreatorPID: os.Getpid(), LastPID: ended}, os.Getpid()},
		{sysv.ShmInfo{CreatorPID: ended, LastPID: os.Getpid()}, os.Getpid()},
		{sysv.ShmInfo{CreatorPID: ended}, 0},
	} {
		var e *TakenError
		if !errors.As(taken(c.info), &e) || e.PID != c.want {
			t.Errorf("%+v: %v", c.info, e)
		}
	}
	now := time.Now().Unix()
	for _, c := range []struct {
		info sysv.ShmInfo
		want bool
	}{
		{sysv.ShmInfo{CreatorPID: os.Getpid(), CtTime: now}, true},
		{sysv.ShmInfo{CreatorPID: os.Getpid(), CtTime: now, AtTime: now}, false},
		{sysv.ShmInfo{CreatorPID: ended, CtTime: now}, false},
		{sysv.ShmInfo{CreatorPID: os.Getpid(), CtTime: now - 3600}, false}, // another process with the same number
	} {
		if got := beingMade(c.info); got != c.want {
			t.Errorf("%+v: being made %v", c.info, got)
		}
	}
}

// A semaphore that never got its first value stops neither the beginning of a guard nor its end.
func TestGuardAndUnbornLock(t *testing.T) {
	key := newKey(t)
	makeUnborn(t, key)
	g := takeGuard(t, key)
	if err := sysv.Semrm(inspect(t, key).Semaphore.ID); err != nil {
		t.Fatal(err)
	}
	makeUnborn(t, key)
	releaseGuard(t, g)
}

func makeUnborn(t *testing.T, key ipckey.Key) {
	t.Helper()
	path := lockKey(t, key).Native
	file, made, err := sysv.CreateKeyFile(path)
	if !made && err == nil {
		file, err = sysv.StatKeyFile(path)
	}
	if err == nil {
		_, err = sysv.Semget(file.Key('Q'), 1, semMode|sysv.Create|sysv.Exclusive)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A System V guard that has met another key file, or another lock, than a newcomer would begins again.
func TestGuardKnowsItsFiles(t *testing.T) {
	key := newKey(t)
	g := takeGuard(t, key)
	a := g.segment.at.(guardingAttachment).sysvAttachment
	if err := a.current(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{key.Native, lockKey(t, key).Native} {
		aside := path + ".aside"
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		if err := a.current(); !errors.Is(err, errReplaced) || !overtaken(err) {
			t.Errorf("%s is gone: %v", path, err)
		}
		if _, _, err := sysv.CreateKeyFile(path); err != nil {
			t.Fatal(err)
		}
		if err := a.current(); !errors.Is(err, errReplaced) {
			t.Errorf("%s is another: %v", path, err)
		}
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
	}
	if overtaken(nil) || overtaken(fs.ErrPermission) || overtaken(noKeyFile("/none/x", errors.Join(fs.ErrNotExist))) {
		t.Error("overtaken by nobody")
	}
}

// A lock that is held ends the wait with the context, and is no obstacle where the guard is taken.
func TestGuardAndHeldLock(t *testing.T) {
	key := newKey(t)
	sem, err := OpenSemaphore(t.Context(), lockKey(t, key), 1, OpenExisting)
	if err != nil {
		t.Fatal(err)
	}
	defer sem.Close()
	if err := sem.Acquire(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err = TakeGuard(ctx, key)
	wantError(t, err, context.DeadlineExceeded, CodeTimeout)
	if err := sem.Release(1); err != nil {
		t.Fatal(err)
	}
	takeGuard(t, key)
}

// A POSIX lock stays taken when its holder dies. While a third one waits for it nobody can tell; but nobody has the segment open.
func TestGuardAndDeadPosixLock(t *testing.T) {
	key := newPosixKey(t)
	sem := makeLock(t, key, 0)
	start := time.Now()
	g := takeGuard(t, key)
	if waited := time.Since(start); waited < guardPatience {
		t.Errorf("after %v", waited)
	}
	if sem.Value() != 1 {
		t.Errorf("the lock has the value %d", sem.Value())
	}
	closeSem(t, sem)
	releaseGuard(t, g)
}

// Qt makes a POSIX segment, closes it, and opens it again.
func TestGuardWaitsForAYoungSegment(t *testing.T) {
	key := newPosixKey(t)
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create, objectMode)
	if err := errors.Join(err, posix.Ftruncate(fd, 1), posix.Close(fd)); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	takeGuard(t, key)
	if waited := time.Since(start); waited < guardYouth {
		t.Errorf("after %v", waited)
	}
}

// Somebody who has a segment open without saying who has it may only be looking at it, but not for long.
func TestGuardDoubtsAndBelieves(t *testing.T) {
	key := newPosixKey(t)
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create, objectMode)
	if err := errors.Join(err, posix.Ftruncate(fd, 1)); err != nil {
		t.Fatal(err)
	}
	_, err = TakeGuard(t.Context(), key)
	var taken *TakenError
	if !errors.As(err, &taken) || taken.PID != 0 {
		t.Errorf("%v", err)
	}
	if err := posix.Close(fd); err != nil {
		t.Fatal(err)
	}
	takeGuard(t, key)
}
