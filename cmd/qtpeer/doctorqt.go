package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/internal/realqt"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// qtCheck compares a Qt library with what we derive by the rules of its version.
type qtCheck struct {
	*realqt.Qt
	rules    ipckey.Rules
	compared int
	found    []finding // mismatches
}

// qtNames are names whose keys are compared, besides that of the user.
var qtNames = []string{"test", "My App 1.0", "12345", "a/b\\c", "héllo wörld", "日本語", "\U0001f600 emoji", "org.kde.example",
	strings.Repeat("x", 160),
	strings.Repeat("7", 5000)}

// compareQt loads the library and compares.
func (d diagnosis) compareQt(args []string) (found []finding, err error) {
	qt, err := realqt.Load(d.library)
	if err != nil {
		return nil, fmt.Errorf("--qt: %w", err)
	}
	rules, err := ipckey.RulesOf(qt.Version())
	if err != nil {
		return nil, fmt.Errorf("--qt %s: %w", d.library, err)
	}
	c := qtCheck{Qt: qt, rules: rules}
	found = []finding{fine("qt.version", "%s is Qt %s", d.library, qt.Version())}
	if isHere(ipckey.SystemV) {
		found = append(found, c.tempPath())
	}
	if d.text != "" || d.native {
		args = nil // a key, from which nothing is derived
	}
	if err := c.inPrivate(append(args, qtNames...)); err != nil {
		found = append(found, finding{"qt.unchecked", levelProblem, fmt.Sprintf("its keys cannot be compared: %v", err),
			"what keeps this library from making objects keeps programs with it as well", "see what else is said here"})
	} else if len(c.found) == 0 {
		found = append(found, fine("qt.keys", "%d keys that it derives are those that qtpeer derives; its objects are found",
			c.compared))
	}
	return append(found, c.found...), nil
}

// inPrivate compares the keys of names, and meets Qt under names like these, where no other program is.
func (c *qtCheck) inPrivate(names []string) error {
	restore, err := privateDirs()
	if err != nil {
		return err
	}
	err = c.compareNames(names)
	for _, name := range qtNames {
		if err == nil {
			err = c.meet(name + " " + rand.Text())
		}
	}
	return errors.Join(err, restore())
}

// tempPath compares the directory of key files as it is now.
func (c *qtCheck) tempPath() finding {
	theirs, ours := c.TempPath(), bridge.Environment(bridge.WithRules(c.rules)).TempDir
	if theirs == ours {
		return fine("qt.temp", "it has its key files in %q", theirs)
	}
	return finding{"qt.temp", levelProblem, fmt.Sprintf("QDir::tempPath() is %q, and qtpeer takes it for %q", theirs, ours),
		"key files are in different directories: qtpeer does not meet programs with this Qt",
		"qtpeer ... --tmpdir " + shellWord(theirs)}
}

// privateDirs makes the directories of key files empty ones of ours, until restore is called.
func privateDirs() (restore func() error, err error) {
	dir, err := os.MkdirTemp("", "qtpeer-doctor-")
	if err != nil {
		return nil, err
	}
	var undo []func() error
	for _, name := range []string{"TMPDIR", "XDG_RUNTIME_DIR"} {
		old, wasSet := os.LookupEnv(name)
		undo = append(undo, func() error {
			if wasSet {
				return os.Setenv(name, old)
			}
			return os.Unsetenv(name)
		})
		if err := os.Setenv(name, dir); err != nil {
			return nil, err
		}
	}
	return func() (err error) {
		for _, u := range undo {
			err = errors.Join(err, u())
		}
		return errors.Join(err, os.RemoveAll(dir))
	}, nil
}
