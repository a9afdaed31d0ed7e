//go:build linux

package posix

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"golang.org/x/sys/unix"
)

// peerVar holds the path of the program made of testdata/peer.c.
const peerVar = "SHMBRIDGE_GLIBC_PEER"

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run makes the peer in the outer of ipctest's two processes, so that it is not among what the tests leave.
func run(m *testing.M) int {
	if os.Getenv(peerVar) == "" {
		dir, err := os.MkdirTemp("", "shmbridge-peer-")
		if err == nil {
			defer os.RemoveAll(dir)
			err = buildPeer(filepath.Join(dir, "peer"))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "FAIL: these tests need a C program linked with glibc:", err)
			return 1
		}
	}
	return ipctest.Run(m)
}

func buildPeer(path string) error {
	args := []string{"-Wall", "-Wextra", "-Werror", "-O1", "-pthread", "-o", path, "testdata/peer.c"}
	if runtime.GOARCH == "386" {
		args = append(args, "-m32")
	}
	out, err := exec.Command("gcc", args...).CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%w; make deps installs it", err)
	}
	if err != nil {
		return fmt.Errorf("gcc %q: %w\n%s(with GOARCH=386 it needs the package gcc-multilib)", args, err, out)
	}
	return os.Setenv(peerVar, path)
}

func newName() string { return "/shmbridge-" + rand.Text() }

func errnoOf(err error) error {
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		return sys.Err
	}
	return nil
}

// callOf returns the name of the function that an error names.
func callOf(err error) string {
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		return sys.Syscall
	}
	return ""
}

// newSem makes a semaphore that goes with the test.
func newSem(t testing.TB, value int) (*Sem, string) {
	t.Helper()
	name := newName()
	sem, err := SemCreate(name, 0o600, value)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(sem.Close(), SemUnlink(name)); err != nil {
			t.Error(err)
		}
	})
	return sem, name
}

// asOther runs f on a thread that counts as another user's where files are concerned. It needs root.
func asOther(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		_ = unix.Setfsuid(65534)
		f()
	}()
	<-done
}

// dropCapabilities takes all rights beyond those of its user from the thread of asOther.
func dropCapabilities(t *testing.T) {
	t.Helper()
	var none [2]unix.CapUserData
	if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
		t.Error(err)
	}
}
