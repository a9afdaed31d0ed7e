package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
)

// Of many that are started at once one runs its command, also if the one before was killed.
func TestGuardsStartedAtOnce(t *testing.T) {
	for _, family := range []string{"systemv", "posix"} {
		t.Run(family, func(t *testing.T) {
			t.Setenv("TMPDIR", tempDir(t))
			name := letters()
			for _, killed := range []bool{true, true, false} {
				startGuards(t, killed, "guard", name, "--type", family, "--timeout", "20s", "--", "cat")
			}
		})
	}
}

func startGuards(t *testing.T, killed bool, args ...string) {
	t.Helper()
	const n = 20
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	running := map[*exec.Cmd]bool{}
	ended := make(chan *exec.Cmd)
	for range n {
		cmd := qtpeer(t, args...)
		cmd.Stdin = r
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running[cmd] = true
		go func() { _ = cmd.Wait(); ended <- cmd }()
	}
	for len(running) > 1 {
		cmd := <-ended
		delete(running, cmd)
		if cmd.ProcessState.ExitCode() != 3 {
			t.Errorf("process %d: %v", cmd.Process.Pid, cmd.ProcessState)
		}
	}
	want := 0
	if killed {
		want = -1
		for winner := range running {
			err = winner.Process.Kill()
		}
	}
	err = errors.Join(err, w.Close())
	if last := <-ended; err != nil || last.ProcessState.ExitCode() != want {
		t.Errorf("the winner: %v, %v", last.ProcessState, err)
	}
}

func TestGuardWaitIsInterrupted(t *testing.T) {
	t.Setenv("TMPDIR", tempDir(t))
	key, err := bridge.LegacyKey(letters())
	if err != nil {
		t.Fatal(err)
	}
	held, err := bridge.TakeGuard(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	interrupted := errors.New("interrupt signal received")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(interrupted)
	for _, g := range []guard{{wait: true}, {replace: true}} {
		g.options, g.key = new(options), key
		_, err := g.take(ctx)
		if !errors.Is(err, interrupted) || statusOf(err).Exit != 1 || !strings.Contains(err.Error(), "another instance") {
			t.Errorf("%+v: %v", g, err)
		}
	}
	if err := held.Release(t.Context()); err != nil {
		t.Error(err)
	}
}

// Nobody else's process is asked to end, nor this one.
func TestGuardReplacesNobodyElse(t *testing.T) {
	t.Setenv("TMPDIR", tempDir(t))
	key, err := bridge.LegacyKey(letters())
	if err != nil {
		t.Fatal(err)
	}
	held, err := bridge.TakeGuard(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	g := guard{options: new(options), key: key, replace: true, takenStatus: 3, asked: map[int]bool{}}
	_, err = g.take(t.Context())
	if err == nil || statusOf(err).Exit != 3 || !strings.Contains(err.Error(), "cannot be seen from here") {
		t.Errorf("the process itself: %v", err)
	}
	if err := held.Release(t.Context()); err != nil {
		t.Error(err)
	}
	if foreignProcess(os.Getpid()) || !foreignProcess(0) {
		t.Error("foreignProcess is wrong")
	}
}
