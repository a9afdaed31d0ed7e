package bridge

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// detachWaits tells whether Detach waits while another holds the lock.
const detachWaits = true

var families = []family{
	{name: "System V", newKey: newKey},
	{name: "POSIX", newKey: func(t *testing.T) ipckey.Key { return newPosixKey(t) }, mortal: true},
}

// newKey makes a random key in a TMPDIR of its own, which must be empty again when the test ends.
func newKey(t *testing.T) ipckey.Key {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		if left, _ := filepath.Glob(dir + "/*"); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	})
	key, err := LegacyKey("Test" + rand.Text())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// semaphoreState looks at a POSIX semaphore itself, because InspectSemaphore takes long: it looks into every process.
func semaphoreState(t *testing.T, key ipckey.Key) (value, waiting int) {
	t.Helper()
	if key.Type != ipckey.PosixRealtime {
		info, err := InspectSemaphore(key)
		if err != nil {
			t.Fatal(err)
		}
		return info.Value, info.Waiting
	}
	sem, err := posix.SemOpen(key.Native)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0
	}
	if err != nil {
		t.Fatal(err)
	}
	defer closeSem(t, sem)
	return sem.Value(), sem.Waiters()
}

// A child's wait is seen from outside.
func announceWait() {}

func untilChildWaits(t *testing.T, key ipckey.Key, _ childProcess) {
	t.Helper()
	untilWaiting(t, key, 1)
}

// dieWithUs makes a child die with this process, also when a test panics.
func dieWithUs(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return nil
}

// openToAll lets every user make key files beside key's.
func openToAll(t *testing.T, key ipckey.Key) {
	t.Helper()
	dir := filepath.Dir(key.Native)
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
}

// asUser runs fn as another user: on Linux a thread has credentials of its own. It needs root.
func asUser(t *testing.T, uid int, fn func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	setEUID := func(uid int) {
		const keep = ^uintptr(0)
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, keep, uintptr(uid), keep); errno != 0 {
			panic(errno)
		}
	}
	setEUID(uid)
	defer setEUID(0)
	fn()
}
