package bridge

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const (
	insistents = 10
	kills      = 150

	insistentsRacing = 4
	killsRacing      = 10
)

// insist takes the guard again and again. With the guard it waits for a line of standard input, and releases.
func insist(key ipckey.Key) {
	in := bufio.NewReader(os.Stdin)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		guard, err := TakeGuard(ctx, key)
		cancel()
		if errors.As(err, new(*TakenError)) {
			time.Sleep(rand.N(2 * time.Millisecond))
			continue
		}
		report(err)
		if err != nil {
			os.Exit(1)
		}
		if _, err := in.ReadString('\n'); err != nil {
			os.Exit(0)
		}
		report(guard.Release(context.Background()))
	}
}

// What a contender that insists is doing, as far as it is known here.
const (
	trying = iota
	holding
	releasing
)

// tell makes the holder release the guard.
func (a *arena) tell(holder *contender) {
	a.t.Helper()
	if _, err := fmt.Fprintln(holder.in); err != nil {
		a.t.Fatal(err)
	}
	holder.state = releasing
}

// holder returns the one that has the guard, once one has it.
func (a *arena) holder() *contender {
	a.t.Helper()
	for {
		for _, c := range a.all {
			if c.state == holding {
				return c
			}
		}
		a.take(a.next())
	}
}

// take takes note of a report.
func (a *arena) take(pid int, what string) {
	a.t.Helper()
	c := a.all[pid]
	switch {
	case c == nil: // it has been killed since
		return
	case what != "done":
		a.t.Fatalf("process %d: %s", pid, what)
	case c.state != trying:
		c.state = trying
		return
	}
	for other, o := range a.all {
		if o.state == holding {
			a.t.Fatalf("process %d has the guard beside process %d", pid, other)
		}
	}
	c.state = holding
}

// catchUp takes note of what has been reported by now.
func (a *arena) catchUp() {
	a.t.Helper()
	if err := a.ours.SetReadDeadline(time.Now()); err != nil {
		a.t.Fatal(err)
	}
	for {
		if _, err := a.reports.Peek(1); errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
		a.take(a.next())
	}
	if err := a.ours.SetReadDeadline(time.Time{}); err != nil {
		a.t.Fatal(err)
	}
}

// Processes are killed wherever they happen to be. Nobody hangs, and there are never two who have the guard.
func TestGuardInStorm(t *testing.T) { eachFamily(t, testGuardInStorm) }

func testGuardInStorm(t *testing.T, key ipckey.Key) {
	n, left := insistents, kills
	if raceDetector {
		n, left = insistentsRacing, killsRacing
	}
	a := newArena(t, key)
	for range n {
		a.enter()
	}
	for range left {
		if holder := a.holder(); rand.N(3) > 0 {
			a.tell(holder)
		}
		time.Sleep(rand.N(3 * time.Millisecond))
		a.catchUp()
		for _, victim := range a.all { // a random one
			a.leave(victim)
			break
		}
		a.enter()
	}
	a.holder()
	for _, c := range a.all {
		a.leave(c)
	}
	takeGuard(t, key)
}
