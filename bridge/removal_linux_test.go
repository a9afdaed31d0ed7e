package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// orphan makes a segment that a killed process has left behind, with its lock.
func orphan(t *testing.T, key ipckey.Key) Info {
	t.Helper()
	kill(startChild(t, "create", key, "held"))
	info := inspect(t, key)
	if !info.Orphan() {
		t.Fatalf("%+v", info)
	}
	return info
}

// atOnce is a context that lets nobody wait.
func atOnce(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	t.Cleanup(cancel)
	return ctx
}

func TestInfoRemove(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		for _, how := range []func() Info{
			func() Info { return inspect(t, key) },
			func() Info { return listed(t, key.Native)[0] },
		} {
			orphan(t, key)
			info := how()
			if err := info.Remove(t.Context(), RequireOwner()); err != nil {
				t.Error(err)
			}
			if now := inspect(t, key); now.Exists || now.KeyFile.Exists || now.Semaphore.Exists || now.Semaphore.KeyFile.Exists {
				t.Errorf("left behind: %+v", now)
			}
			wantError(t, info.Remove(t.Context()), fs.ErrNotExist, CodeNotFound)
		}
	})
}

// What has taken the place of what was looked at stays, whether or not somebody is attached.
func TestInfoRemoveLeavesTheNext(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		old := orphan(t, key)
		if err := Remove(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		next := orphan(t, key)
		wantError(t, old.Remove(t.Context()), ErrInUse, CodeInUse)
		wantText(t, old.Remove(t.Context()), "another has taken its place")
		if now := inspect(t, key); now.ID != next.ID || !now.Semaphore.Exists {
			t.Errorf("%+v, want %+v", now, next)
		}
		if err := next.Remove(t.Context()); err != nil {
			t.Error(err)
		}
		s := create(t, key, 8)
		for _, gone := range []Info{old, next} {
			wantError(t, gone.Remove(t.Context()), ErrInUse, CodeInUse)
		}
		detach(t, s)
		_ = inspect(t, key).Remove(t.Context())
	})
}

func TestInfoRemoveLeavesWhoHasAttachedSince(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		info := orphan(t, key)
		s := attach(t, key, ReadOnly, BreakDeadLock())
		wantError(t, info.Remove(t.Context()), ErrInUse, CodeInUse)
		detach(t, s)
		_ = inspect(t, key).Remove(t.Context())
	})
}

// Between Qt's shmget and its shmat nobody is attached.
func TestInfoRemoveLeavesWhatIsBeingMade(t *testing.T) {
	key := newKey(t)
	if err := os.WriteFile(key.Native, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	file, err := sysv.StatKeyFile(key.Native)
	if err != nil {
		t.Fatal(err)
	}
	id, err := sysv.Shmget(file.Key('Q'), 8, shmMode|sysv.Create)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{inspect(t, key).Remove(t.Context()), Remove(t.Context(), key), removeNamelessAs(t, id)} {
		wantError(t, err, ErrInUse, CodeInUse)
		wantText(t, err, "has made it and not attached to it yet")
	}
	mem, err := sysv.Shmat(id, true)
	if err := errors.Join(err, sysv.Shmdt(mem), inspect(t, key).Remove(t.Context())); err != nil {
		t.Error(err)
	}
}

func removeNamelessAs(t *testing.T, id int) error {
	return Info{Key: ipckey.Key{Type: ipckey.SystemV}, Exists: true, ID: id}.Remove(t.Context())
}

func TestInfoRemoveOfKeyFiles(t *testing.T) {
	key := newKey(t)
	touch := func(path string, age time.Duration) Info {
		then := time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, nil, 0o640), os.Chtimes(path, then, then)); err != nil {
			t.Fatal(err)
		}
		return listed(t, key.Native, path)[0]
	}
	lock := lockKey(t, key).Native
	if err := touch(key.Native, 0).Remove(t.Context()); err != nil {
		t.Error(err)
	}
	if err := touch(lock, time.Minute).Remove(t.Context()); err != nil {
		t.Error(err)
	}
	// A young one may be that of a process which is about to make the semaphore.
	young := touch(lock, 0)
	wantError(t, young.Remove(atOnce(t)), context.DeadlineExceeded, CodeTimeout)
	semaphore := openSemaphore(t, lockKey(t, key), 1, OpenExisting)
	wantError(t, young.Remove(t.Context()), ErrInUse, CodeInUse)
	if err := semaphore.Close(); err != nil {
		t.Error(err)
	}
	// What somebody has written to is none that Qt made.
	full := touch(key.Native, 0)
	if err := os.WriteFile(key.Native, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, full.Remove(t.Context()), fs.ErrNotExist, CodeNotFound)
	if err := errors.Join(os.Remove(key.Native), os.RemoveAll(lock)); err != nil {
		t.Error(err)
	}
}

// A process in another IPC namespace that has the same directory may have an object of a key file that has none here.
func TestInfoRemoveLeavesTheKeyFilesOfAContainer(t *testing.T) {
	key := newKey(t)
	stay, end, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	container := exec.Command("cat")
	container.Stdin = stay
	container.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWIPC}
	if err := container.Start(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{key.Native, lockKey(t, key).Native} {
		then := time.Now().Add(-time.Minute)
		if err := errors.Join(os.WriteFile(path, nil, 0o640), os.Chtimes(path, then, then)); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{inspect(t, key).Remove(t.Context()), listed(t, key.Native)[0].Remove(t.Context())} {
		wantError(t, err, ErrInUse, CodeInUse)
		wantText(t, err, fmt.Sprintf("process %d (cat) has the same directory and another IPC namespace", container.Process.Pid))
	}
	if err := errors.Join(end.Close(), container.Wait(), stay.Close(), inspect(t, key).Remove(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestInfoRemoveWithoutKeyFile(t *testing.T) {
	key := newKey(t)
	info := orphan(t, key)
	if err := errors.Join(os.Remove(info.KeyFile.Path), os.Remove(info.Semaphore.KeyFile.Path)); err != nil {
		t.Fatal(err)
	}
	for _, nameless := range listed(t, "") {
		if nameless.Exists && nameless.ID == info.ID || !nameless.Exists && nameless.Semaphore.ID == info.Semaphore.ID {
			if err := nameless.Remove(t.Context(), RequireOwner()); err != nil {
				t.Error(err)
			}
			wantError(t, nameless.Remove(t.Context()), fs.ErrNotExist, CodeNotFound)
		}
	}
	if _, err := sysv.Shmstat(info.ID); !removed(err) {
		t.Errorf("the segment: %v", err)
	}
	if _, err := sysv.SemValue(info.Semaphore.ID); !removed(err) {
		t.Errorf("the semaphore: %v", err)
	}
}

func TestInfoRemoveOfAnotherUsers(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		openToAll(t, ipckey.Key{Native: os.Getenv("TMPDIR") + "/x"})
		asUser(t, 65534, func() {
			s, err := Create(t.Context(), key, 8)
			if err != nil {
				t.Fatal(err)
			}
			if key.Type == ipckey.SystemV {
				detachWithoutCleaning(t, s)
			} else {
				detach(t, s)
			}
		})
		info := inspect(t, key)
		wantError(t, info.Remove(t.Context(), RequireOwner()), ErrForeignOwner, CodePermissionDenied)
		if !inspect(t, key).Exists {
			t.Error("it is gone")
		}
		if err := info.Remove(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
