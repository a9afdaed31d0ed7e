//go:build linux || windows

package bridge

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const childVar = "SHMBRIDGE_CHILD" // makes the test binary a second process: see child

const breakPatience = 5 * time.Second // on Windows they step aside for each other at random

func TestMain(m *testing.M) {
	if job := os.Getenv(childVar); job != "" {
		child(job)
	}
	os.Exit(ipctest.Run(m))
}

// child attaches, or with "create" creates, locks, says so, and stays as it is until its standard input ends; then it
// detaches. With "wait" it locks when it is told to, and says that it waits where nobody else can see it. With "count" it
// counts, see count, instead of locking. With "break" it takes the lock over from the dead, and fails after breakPatience.
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
		announceWait()
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

// childProcess is a second process.
type childProcess struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startChild starts a second process and returns once it has said what is expected. It is killed with the test.
func startChild(t *testing.T, verb string, key ipckey.Key, says string) childProcess {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVar+"="+verb+" "+key.String(), "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, dieWithUs(cmd), cmd.Start()); err != nil {
		t.Fatal(err)
	}
	child := childProcess{cmd, in, bufio.NewReader(out)}
	t.Cleanup(func() { kill(child) })
	wantSays(t, child, says)
	return child
}

func wantSays(t *testing.T, child childProcess, want string) {
	t.Helper()
	if line, _, err := child.out.ReadLine(); err != nil || string(line) != want {
		t.Fatalf("child says %q, %v; want %q", line, err, want)
	}
}

func kill(child childProcess) {
	_ = child.Process.Kill()
	_ = child.Wait()
}

// tell tells a child to go on.
func tell(t *testing.T, child childProcess) {
	t.Helper()
	if _, err := child.in.Write([]byte("\n")); err != nil {
		t.Fatal(err)
	}
}

// end lets a child detach, and returns when it has ended.
func end(t *testing.T, child childProcess) {
	t.Helper()
	if err := errors.Join(child.in.Close(), child.Wait()); err != nil {
		t.Errorf("child: %v", err)
	}
}

// family is a kind of kernel objects that this system has.
type family struct {
	name   string
	newKey func(t *testing.T) ipckey.Key // of a segment of which nothing may be left when the test ends
	mortal bool                          // a lock stays taken when its holder dies
}

// eachFamily runs a test of what all families have in common.
func eachFamily(t *testing.T, test func(t *testing.T, key ipckey.Key)) {
	for _, f := range families {
		t.Run(f.name, func(t *testing.T) { test(t, f.newKey(t)) })
	}
}

// eachMortalFamily runs a test of locks that the dead keep. It makes its keys itself.
func eachMortalFamily(t *testing.T, test func(t *testing.T, newKey func(t *testing.T) ipckey.Key)) {
	for _, f := range families {
		if f.mortal {
			t.Run(f.name, func(t *testing.T) { test(t, f.newKey) })
		}
	}
}

func lockKey(t testing.TB, segment ipckey.Key) ipckey.Key {
	t.Helper()
	key, err := segment.Semaphore(Environment())
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

func wantValue(t *testing.T, key ipckey.Key, want int) {
	t.Helper()
	if got, _ := semaphoreState(t, lockKey(t, key)); got != want {
		t.Errorf("the lock's value is %d, want %d", got, want)
	}
}

// untilWaiting returns once n threads wait for the lock of key.
func untilWaiting(t *testing.T, key ipckey.Key, n int) {
	t.Helper()
	untilAcquiring(t, lockKey(t, key), n)
}

// untilAcquiring returns once n threads wait for the semaphore of key.
func untilAcquiring(t *testing.T, key ipckey.Key, n int) {
	t.Helper()
	until(t, func() bool { _, got := semaphoreState(t, key); return got == n })
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

func wantText(t *testing.T, err error, text string) {
	t.Helper()
	if !strings.Contains(fmt.Sprint(err), text) {
		t.Errorf("no %q in %q", text, fmt.Sprint(err))
	}
}

func wantError(t *testing.T, err, want error, code Code) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, want) || CodeOf(err) != code {
		t.Errorf("error %v (code %d), want %v (code %d)", err, CodeOf(err), want, code)
	}
}
