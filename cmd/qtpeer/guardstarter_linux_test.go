package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// guardHangs is how long a guard may take, and half of what is waited for any answer.
const guardHangs = 15 * time.Second

// contenderFlag, with the text of a key, makes the test binary a contender when it is to be a peer.
const contenderFlag = "--contend"

func init() {
	if len(os.Args) != 4 || os.Args[2] != contenderFlag {
		return
	}
	if err := contend(os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// contend takes the guard, or releases it, for each line of standard input, and says what came of it.
func contend(text string) error {
	key, err := ipckey.Parse(text)
	if err != nil {
		return err
	}
	var guard *bridge.Guard
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		ctx, cancel := context.WithTimeout(context.Background(), guardHangs)
		var err error
		if in.Text() == "take" {
			guard, err = bridge.TakeGuard(ctx, key)
		} else {
			err = guard.Release(ctx)
		}
		cancel()
		answer := "ok"
		switch {
		case errors.As(err, new(*bridge.TakenError)):
			answer = "taken"
		case err != nil:
			answer = "err " + strings.ReplaceAll(err.Error(), "\n", "; ")
		}
		if _, err := fmt.Println(answer); err != nil {
			return err
		}
	}
	return nil
}

// What has become of a process.
const (
	runs    = "runs"    // it is the single instance
	leaves  = "leaves"  // it has seen another one
	late    = "late"    // of Qt: it has seen none, and its create() has failed
	stopped = "stopped" // it has let go of what it had
	hung    = "hung"    // of Qt: it waits for ever
)

// starter is a process that asks again and again whether it is the single instance.
type starter struct {
	*testPeer
	kind string // guard, or of Qt
	came string // what has become of it
}

func (s *starter) isGuard() bool { return s.kind == "guard" }

// look does the first half of what a Qt program does when it starts: if (memory.attach()) return;
func (s *starter) look() string {
	if s.isGuard() {
		return ""
	}
	return s.tell("attach s", map[string]string{"ok ": leaves, "err ": late})
}

// start does what a process does when it starts: of Qt, unless it has looked already, look, and then memory.create(1);
func (s *starter) start() string {
	if s.isGuard() {
		return s.tell("take", map[string]string{"ok": runs, "taken": leaves})
	}
	if s.came == stopped || s.came == "" {
		s.came = s.look()
	}
	if s.came != late {
		return s.came
	}
	return s.tell("create s 1", map[string]string{"ok ": runs, "err ": late})
}

// stop does what a process does when it ends.
func (s *starter) stop() string {
	switch {
	case s.isGuard() && s.came == runs:
		return s.tell("release", map[string]string{"ok": stopped})
	case s.isGuard(), s.came == "":
		return stopped
	}
	return s.tell("close s", map[string]string{"ok": stopped})
}

// tell returns what the answer to a command means by its beginning, or the answer. Unlike ask it may be used by any goroutine.
func (s *starter) tell(command string, meanings map[string]string) string {
	_, _ = fmt.Fprintln(s.in, command) // if it has ended there is no answer
	answer := <-s.out
	for beginning, meaning := range meanings {
		if strings.HasPrefix(answer, beginning) {
			return meaning
		}
	}
	return command + ": " + strconv.Quote(answer)
}
