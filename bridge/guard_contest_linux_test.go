package bridge

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// The race detector makes processes large and slow.
const (
	contenders = 200
	contests   = 50

	contendersRacing = 20
	contestsRacing   = 10
)

// Two variables make the test binary a contender.
const (
	contenderVar = "SHMBRIDGE_CONTENDER" // the key
	roundVar     = "SHMBRIDGE_ROUND"     // the first one for contend; without it: insist
)

func init() {
	if os.Getenv(contenderVar) == "" {
		return
	}
	key, err := ipckey.Parse(os.Getenv(contenderVar))
	check(err)
	round, err := strconv.Atoi(os.Getenv(roundVar))
	if err != nil {
		insist(key)
	}
	contend(key, round)
}

// Files that all contenders share. They wait for a byte of the first one in rounds that have an even number, and of the second
// in the others, so that nobody takes two in one round; they report in the third.
const (
	evenRounds = 3 + iota
	oddRounds
	reports
)

// contend takes the guard in each round, and reports what came of it. With the guard it waits for a line of standard input, and
// releases.
func contend(key ipckey.Key, round int) {
	starts := []*os.File{os.NewFile(evenRounds, "even rounds"), os.NewFile(oddRounds, "odd rounds")}
	in := bufio.NewReader(os.Stdin)
	for ; ; round++ {
		if n, _ := starts[round%2].Read(make([]byte, 1)); n == 0 {
			os.Exit(0)
		}
		guard, err := TakeGuard(context.Background(), key)
		report(err)
		if err == nil {
			_, _ = in.ReadString('\n')
			report(guard.Release(context.Background()))
		}
	}
}

var reporting = os.NewFile(reports, "reports")

func report(err error) {
	what := "done"
	var taken *TakenError
	switch {
	case errors.As(err, &taken):
		what = fmt.Sprint("taken ", taken.PID)
	case err != nil:
		what = "failed " + strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	if _, err := fmt.Fprintln(reporting, os.Getpid(), what); err != nil {
		os.Exit(1)
	}
}

// arena is where contenders meet.
type arena struct {
	t       *testing.T
	key     ipckey.Key
	starts  [2]*os.File
	theirs  []*os.File // what contenders have as ExtraFiles
	ours    *os.File   // the other end of their reports
	reports *bufio.Reader
	all     map[int]*contender // by process
	round   int
}

type contender struct {
	*exec.Cmd
	in    *os.File
	state int // of one that insists
}

func newArena(t *testing.T, key ipckey.Key) *arena {
	t.Helper()
	a := &arena{t: t, key: key, all: map[int]*contender{}}
	for i := range a.starts {
		r, w := pipe(t)
		a.starts[i] = w
		a.theirs = append(a.theirs, r)
	}
	r, w := pipe(t)
	a.theirs = append(a.theirs, w)
	a.ours, a.reports = r, bufio.NewReader(r)
	return a
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// enter starts a contender, which has the variables env.
func (a *arena) enter(env ...string) {
	a.t.Helper()
	r, w := pipe(a.t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), contenderVar+"="+a.key.String()), env...)
	cmd.Stdin, cmd.Stderr, cmd.ExtraFiles = r, os.Stderr, a.theirs
	if err := errors.Join(dieWithUs(cmd), cmd.Start(), r.Close()); err != nil {
		a.t.Fatal(err)
	}
	a.all[cmd.Process.Pid] = &contender{Cmd: cmd, in: w}
	a.t.Cleanup(func() { _, _ = cmd.Process.Kill(), cmd.Wait() })
}

// next returns the next report.
func (a *arena) next() (pid int, what string) {
	a.t.Helper()
	line, err := a.reports.ReadString('\n')
	if err != nil {
		a.t.Fatal(err)
	}
	first, what, _ := strings.Cut(strings.TrimSpace(line), " ")
	if _, err := fmt.Sscan(first, &pid); err != nil {
		a.t.Fatalf("%q: %v", line, err)
	}
	return pid, what
}

// nextRound is the variable of a contender that takes part from the next round on.
func (a *arena) nextRound() string { return fmt.Sprint(roundVar, "=", a.round) }

// contest lets all contend at once and returns the only winner, whom the others must have named.
func (a *arena) contest() *contender {
	a.t.Helper()
	if _, err := a.starts[a.round%2].Write(make([]byte, len(a.all))); err != nil {
		a.t.Fatal(err)
	}
	a.round++
	winners, said := []int{}, map[string]int{}
	for range a.all {
		pid, what := a.next()
		said[what]++
		if what == "done" {
			winners = append(winners, pid)
		}
	}
	if len(winners) != 1 || said[fmt.Sprint("taken ", winners[0])] != len(a.all)-1 {
		a.t.Fatalf("round %d: the winners are %d; said: %v", a.round, winners, said)
	}
	return a.all[winners[0]]
}

// leave kills a contender.
func (a *arena) leave(c *contender) {
	_ = c.Process.Kill()
	_ = c.Wait()
	delete(a.all, c.Process.Pid)
}

// release makes the winner release the guard.
func (a *arena) release(c *contender) {
	a.t.Helper()
	if _, err := fmt.Fprintln(c.in); err != nil {
		a.t.Fatal(err)
	}
	if pid, what := a.next(); pid != c.Process.Pid || what != "done" {
		a.t.Fatalf("process %d: released: %s", pid, what)
	}
}

// Of hundreds of processes that start in the same instant exactly one is the single instance: also when the one before was
// killed.
func TestGuardHasOneWinner(t *testing.T) { eachFamily(t, testGuardHasOneWinner) }

func testGuardHasOneWinner(t *testing.T, key ipckey.Key) {
	n, rounds := contenders, contests
	if raceDetector {
		n, rounds = contendersRacing, contestsRacing
	}
	a := newArena(t, key)
	for range n {
		a.enter(a.nextRound())
	}
	for range rounds - 1 {
		winner := a.contest()
		if a.round%2 == 0 {
			a.release(winner)
			continue
		}
		a.leave(winner)
		a.enter(a.nextRound())
	}
	a.release(a.contest())
}
