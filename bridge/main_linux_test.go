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
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const childVar = "SHMBRIDGE_CHILD" // makes the test binary a second process: see child

const breakPatience = 1 * time.Second

func TestMain(m *testing.M) {
	if job := os.Getenv(childVar); job != "" {
		child(job)
	}
	os.Exit(ipctest.Run(m))
}

// child attaches, or with "create" creates, locks, says so, and stays as it is until its standard input ends; then it
// detaches. With "wait" it locks when it is told to. With "count" it counts, see count, instead of locking. With "break" it
// takes the lock over from the dead, and fails after breakPatience.
func child(job string) {
	verb, text, _ := strings.Cut(job, " ")
	key, err := ipckey.Parse(text)
	check(err)
	seg, err := open(verb, key)
	check(err)
	if verb == "wait" || verb == "count" {
		fmt.Println("attached")
		_, _ = os.Stdin.Read(make([]byte, 1))
	}
	if verb == "count" {
		check(count(seg))
	} else {
		check(seg.Lock(context.Background()))
		fmt.Println("held")
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	check(seg.Detach(context.Background()))
	os.Exit(0)
}

func open(verb string, key ipckey.Key) (*Segment, error) {
	ctx := context.Background()
	switch verb {
	case "create":
		return Create(ctx, key, 8)
	case "break":
		fmt.Println("breaking")
		ctx, cancel := context.WithTimeout(ctx, breakPatience)
		defer cancel()
		return Attach(ctx, key, ReadWrite, BreakDeadLock())
	}
	return Attach(ctx, key, ReadWrite)
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// startChild starts a second process and returns, with its standard input, once it has said what is expected. It is
// killed with the test.
func startChild(t *testing.T, verb string, key ipckey.Key, says string) (*exec.Cmd, io.WriteCloser) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVar+"="+verb+" "+key.String(), "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // also when a test panics
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

// tell tells a child to go on.
func tell(t *testing.T, in io.Writer) {
	t.Helper()
	if _, err := in.Write([]byte("\n")); err != nil {
		t.Fatal(err)
	}
}

// end lets a child detach, and returns when it has ended.
func end(t *testing.T, cmd *exec.Cmd, in io.Closer) {
	t.Helper()
	if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
		t.Errorf("child: %v", err)
	}
}

// eachFamily runs a test of what all families have in common.
func eachFamily(t *testing.T, test func(t *testing.T, key ipckey.Key)) {
	t.Run("System V", func(t *testing.T) { test(t, newKey(t)) })
	t.Run("POSIX", func(t *testing.T) { test(t, newPosixKey(t)) })
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

func attach(t *testing.T, key ipckey.Key, access Access, opts ...Option) *Segment {
	t.Helper()
	s, err := Attach(t.Context(), key, access, opts...)
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

// lockState is what Inspect says of the lock, which of a POSIX one takes long: it looks into every process.
func lockState(t *testing.T, key ipckey.Key) (value, waiting int) {
	t.Helper()
	if key.Type != ipckey.PosixRealtime {
		lock := inspect(t, key).Semaphore
		return lock.Value, lock.Waiting
	}
	sem, err := posix.SemOpen(lockKey(t, key).Native)
	if err != nil {
		t.Fatal(err)
	}
	defer closeSem(t, sem)
	return sem.Value(), sem.Waiters()
}

func wantValue(t *testing.T, key ipckey.Key, want int) {
	t.Helper()
	if got, _ := lockState(t, key); got != want {
		t.Errorf("the lock's value is %d, want %d", got, want)
	}
}

// untilWaiting returns once n threads wait for the lock of key.
func untilWaiting(t *testing.T, key ipckey.Key, n int) {
	t.Helper()
	until(t, func() bool { _, got := lockState(t, key); return got == n })
}

// until returns once the condition holds, and ends the test if that takes too long.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !holds(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
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
