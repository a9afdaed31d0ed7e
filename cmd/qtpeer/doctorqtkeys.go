package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/internal/realqt"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// compareNames compares the keys of names in every form and family that the library has.
func (c *qtCheck) compareNames(names []string) error {
	for _, name := range names {
		if err := c.compareUsual(name); err != nil {
			return err
		}
		for _, t := range families {
			if !isHere(t) || c.rules.Lock == ipckey.LockLegacyOnly { // before Qt 6.6
				continue
			}
			for _, kind := range []ipckey.Kind{ipckey.Segment, ipckey.Semaphore} {
				err := errors.Join(c.compare("legacy", ipckey.Legacy, c.LegacyKey, kind, name, t),
					c.compare("safe", ipckey.PlatformSafe, c.PlatformSafeKey, kind, name, t))
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// compareUsual compares what an object of every Qt tells.
func (c *qtCheck) compareUsual(name string) error {
	ours, err := bridge.LegacyKey(name, bridge.WithRules(c.rules))
	if err != nil {
		return err
	}
	m := c.NewSharedMemory(name)
	defer m.Close()
	c.judge("QSharedMemory(QString)", name, m.NativeKey(), ours.Native)
	return nil
}

type qtDeriver = func(semaphore bool, name string, keyType uint16) (realqt.NativeIpcKey, error)

func (c *qtCheck) compare(form string, derive deriver, qtDerive qtDeriver, kind ipckey.Kind, name string, t ipckey.Type) error {
	ours, err := derive(bridge.Environment(bridge.WithRules(c.rules)), kind, name, t)
	if err != nil {
		return err
	}
	theirs, err := qtDerive(kind == ipckey.Semaphore, name, uint16(t))
	if err != nil {
		return err
	}
	object := "segment"
	if kind == ipckey.Semaphore {
		object = "semaphore"
	}
	c.judge(fmt.Sprintf("the %s key of a %s", form, object), name, theirs.Text, ours.String())
	return nil
}

// judge notes a mismatch.
func (c *qtCheck) judge(what, name, theirs, ours string) {
	c.compared++
	if theirs == ours {
		return
	}
	c.found = append(c.found, finding{"qt.mismatch", levelProblem,
		fmt.Sprintf("%s for %.40q is %q, and qtpeer derives %q", what, name, theirs, ours),
		"programs with this Qt do not meet qtpeer, nor other versions of Qt, under that name",
		"give the key as this Qt has it, with --native; and report that this Qt is not supported"})
}

// meet lets Qt make a semaphore and a segment under a new name, and looks whether they, and the lock, are found by our keys.
// Before Qt 6.6 that is the only way to learn the name of a semaphore.
func (c *qtCheck) meet(name string) error {
	rules := bridge.WithRules(c.rules)
	key, err := bridge.LegacyKey(name, rules)
	semKey, semErr := bridge.LegacySemaphoreKey(name, rules)
	if err := errors.Join(err, semErr); err != nil {
		return err
	}
	s := c.NewSystemSemaphore(name, 3, true)
	semaphore, err := bridge.InspectSemaphore(semKey, rules)
	failed := s.ErrorString()
	s.Close() // before the segment is made, whose lock is the same semaphore
	if err != nil || !semaphore.Exists && failed != "" {
		return errors.Join(err, fmt.Errorf("it cannot make a semaphore: %s", failed))
	}
	c.meets("semaphore", semKey, semaphore.Exists && semaphore.Value == 3)
	m := c.NewSharedMemory(name)
	defer m.Close()
	if !m.Create(1, false) {
		return fmt.Errorf("it cannot make a segment: %s", m.ErrorString())
	}
	info, err := bridge.Inspect(key, rules)
	c.meets("segment", key, info.Exists && info.Attached == 1)
	c.meets("lock", key, info.Semaphore.Exists && info.Semaphore.Value == 1)
	return err
}

func (c *qtCheck) meets(object string, key ipckey.Key, found bool) {
	c.compared++
	if found {
		return
	}
	what := fmt.Sprintf("a %s that it makes is not found as %s", object, key)
	if runtime.GOOS != "windows" {
		files, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*"))
		what += fmt.Sprintf("; there are %q", files)
	}
	c.found = append(c.found, finding{"qt.meeting", levelProblem, what,
		"programs with this Qt do not meet qtpeer, nor other versions of Qt",
		"report that this Qt is not supported"})
}
