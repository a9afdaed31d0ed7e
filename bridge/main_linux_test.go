package bridge

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const childVar = "SHMBRIDGE_CHILD" // makes the test binary a second process: see child

func TestMain(m *testing.M) {
	if job := os.Getenv(childVar); job != "" {
		child(job)
	}
	os.Exit(ipctest.Run(m))
}

// child attaches, locks, says so and stays until it is killed; with "wait" it locks when it is told to; with "create" it
// creates instead.
func child(job string) {
	verb, text, _ := strings.Cut(job, " ")
	key, err := ipckey.Parse(text)
	open := func() (*Segment, error) { return Attach(context.Background(), key, ReadWrite) }
	if verb == "create" {
		open = func() (*Segment, error) { return Create(context.Background(), key, 8) }
	}
	seg, err2 := open()
	if err := errors.Join(err, err2); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if verb == "wait" {
		fmt.Println("attached")
		_, _ = os.Stdin.Read(make([]byte, 1))
	}
	if err := seg.Lock(context.Background()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// startChild starts a second process and returns, with its standard input, once it has said what is expected. It is
// killed with the test.
func startChild(t *testing.T, verb string, key ipckey.Key, says string) (*exec.Cmd, io.Writer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVar+"="+verb+" "+key.String())
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(cmd) })
	line, _, err := bufio.NewReader(out).ReadLine()
	if err != nil || string(line) != says {
		t.Fatalf("child says %q, %v; want %q", line, err, says)
	}
	return cmd, in
}

func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
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

func create(t *testing.T, key ipckey.Key, size int, opts ...Option) *Segment {
	t.Helper()
	s, err := Create(t.Context(), key, size, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { detach(t, s) })
	return s
}

func attach(t *testing.T, key ipckey.Key, access Access) *Segment {
	t.Helper()
	s, err := Attach(t.Context(), key, access)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { detach(t, s) })
	return s
}

func detach(t *testing.T, s *Segment) {
	t.Helper()
	if err := s.Detach(context.Background()); err != nil {
		t.Error(err)
	}
}

func lock(t *testing.T, s *Segment) {
	t.Helper()
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func unlock(t *testing.T, s *Segment) {
	t.Helper()
	if err := s.Unlock(); err != nil {
		t.Fatal(err)
	}
}

func inspect(t *testing.T, key ipckey.Key) Info {
	t.Helper()
	info, err := Inspect(key)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func wantValue(t *testing.T, key ipckey.Key, want int) {
	t.Helper()
	if got := inspect(t, key).Semaphore.Value; got != want {
		t.Errorf("the lock's value is %d, want %d", got, want)
	}
}

// untilWaiting returns once n threads wait for the lock of key.
func untilWaiting(t *testing.T, key ipckey.Key, n int) {
	t.Helper()
	for inspect(t, key).Semaphore.Waiting != n {
		runtime.Gosched()
	}
}

func wantError(t *testing.T, err, want error, code Code) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, want) || CodeOf(err) != code {
		t.Errorf("error %v (code %d), want %v (code %d)", err, CodeOf(err), want, code)
	}
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
