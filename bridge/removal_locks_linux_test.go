package bridge

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Info.Remove among System V locks that nobody gives back, and semaphores that are no locks.

// forgetVar makes the test program take a System V semaphore, whose id it holds, without undo and end.
const forgetVar = "SHMBRIDGE_TEST_FORGET"

func init() {
	if text := os.Getenv(forgetVar); text != "" {
		id, err := strconv.Atoi(text)
		check(err)
		_, err = sysv.SemTry(id, -1, false)
		check(err)
		os.Exit(0)
	}
}

// takeAndDie leaves a lock as it is when Qt's create() has made the kernel forget what a holder would undo.
func takeAndDie(t *testing.T, id int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprint(forgetVar, "=", id))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestInfoRemoveWithADeadLock(t *testing.T) {
	key := newKey(t)
	info := orphan(t, key)
	takeAndDie(t, info.Semaphore.ID)
	if info = inspect(t, key); info.Semaphore.State() != LockDead {
		t.Fatalf("%+v", info)
	}
	if err := info.Remove(atOnce(t)); err != nil {
		t.Error(err)
	}
}

// The lock of an orphan may be one that never got its first value.
func TestInfoRemoveWithAnUnbornLock(t *testing.T) {
	key := newKey(t)
	info := orphan(t, key)
	if err := sysv.Semrm(info.Semaphore.ID); err != nil {
		t.Fatal(err)
	}
	id, err := sysv.Semget(info.Semaphore.Ftok, 1, semMode|sysv.Create)
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, Remove(atOnce(t), key), context.DeadlineExceeded, CodeTimeout)
	if value, err := sysv.SemValue(id); value != 0 || err != nil {
		t.Error(value, err)
	}
	if err := Remove(t.Context(), key); err != nil {
		t.Error(err)
	}
}

func TestInfoRemoveWaitsForALivingHolder(t *testing.T) {
	key := newKey(t)
	info := orphan(t, key)
	if ok, err := sysv.SemTry(info.Semaphore.ID, -1, true); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if info = inspect(t, key); info.Semaphore.State() != LockHeld {
		t.Fatalf("%+v", info)
	}
	wantError(t, info.Remove(atOnce(t)), context.DeadlineExceeded, CodeTimeout)
	if _, err := sysv.SemTry(info.Semaphore.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if err := info.Remove(atOnce(t)); err != nil {
		t.Error(err)
	}
}

func TestInfoRemoveOfSemaphores(t *testing.T) {
	key := lockKey(t, newKey(t))
	s := openSemaphore(t, key, 1, CreateNew)
	info := listed(t, key.Native)[0]
	wantError(t, info.Remove(t.Context()), ErrInUse, CodeInUse)
	wantText(t, info.Remove(t.Context()), fmt.Sprintf("process %d used it last", os.Getpid()))
	takeAndDie(t, info.Semaphore.ID)
	if err := info.Remove(t.Context()); err != nil {
		t.Error(err)
	}
	wantError(t, info.Remove(t.Context()), fs.ErrNotExist, CodeNotFound)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// One that has been made and not got its value may be about to get it.
func TestInfoRemoveOfAnUnfinishedSemaphore(t *testing.T) {
	key := lockKey(t, newKey(t))
	if err := os.WriteFile(key.Native, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	file, err := sysv.StatKeyFile(key.Native)
	if err != nil {
		t.Fatal(err)
	}
	id, err := sysv.Semget(file.Key('Q'), 1, semMode|sysv.Create)
	if err != nil {
		t.Fatal(err)
	}
	info := listed(t, key.Native)[0]
	wantError(t, info.Remove(atOnce(t)), context.DeadlineExceeded, CodeTimeout)
	if err := sysv.SemSetValue(id, 1); err != nil {
		t.Fatal(err)
	}
	wantError(t, info.Remove(t.Context()), ErrInUse, CodeInUse)
	takeAndDie(t, id)
	if err := info.Remove(t.Context()); err != nil {
		t.Error(err)
	}
	if id, err = sysv.Semget(0, 1, semMode|sysv.Create); err != nil { // IPC_PRIVATE
		t.Fatal(err)
	}
	nameless := Info{Key: ipckey.Key{Type: ipckey.SystemV}, Semaphore: SemaphoreInfo{Exists: true, ID: id}}
	if err := nameless.Remove(t.Context()); err != nil { // after some seconds
		t.Error(err)
	}
	wantError(t, nameless.Remove(t.Context()), fs.ErrNotExist, CodeNotFound)
}

func TestGuardWithADeadLock(t *testing.T) {
	key := newKey(t)
	takeAndDie(t, orphan(t, key).Semaphore.ID)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	guard, err := TakeGuard(ctx, key)
	if err != nil {
		t.Fatal(err, inspect(t, key).Remove(t.Context()))
	}
	if err := guard.Release(ctx); err != nil {
		t.Error(err)
	}
}
