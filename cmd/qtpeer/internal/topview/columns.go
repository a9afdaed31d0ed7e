package topview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
)

// column is one of the list.
type column struct {
	title   string
	width   int // negative: to the right; 0: what is left of the line
	text    func(bridge.Info) string
	compare func(x, y bridge.Info) int
	style   func(bridge.Info) string // nil: none
	least   int                      // columns of a screen that has room for it
}

// columnsOf are all columns, as they stand. The list is sorted by the first one at first.
func columnsOf(s Source, now func() time.Time) []column {
	byText := func(text func(bridge.Info) string) func(x, y bridge.Info) int {
		return func(x, y bridge.Info) int { return strings.Compare(strings.ToLower(text(x)), strings.ToLower(text(y))) }
	}
	family := func(i bridge.Info) string { return i.Key.Type.Family().String() }
	age := func(i bridge.Info) string {
		if made := s.Made(i); !made.IsZero() {
			return age(now().Sub(made))
		}
		return "-"
	}
	return []column{
		{title: "STATE", width: 9, text: stateOf, style: stateStyle,
			compare: func(x, y bridge.Info) int {
				return cmp.Compare(slices.Index(states, stateOf(x)), slices.Index(states, stateOf(y)))
			}},
		{title: "LOCK", width: 7, text: lockOf, compare: byText(lockOf), style: lockStyle},
		{title: "ATT", width: -4, text: attachedOf, compare: func(x, y bridge.Info) int { return cmp.Compare(x.Attached, y.Attached) }},
		{title: "SIZE", width: -5, text: sizeOf, compare: func(x, y bridge.Info) int { return cmp.Compare(x.Size, y.Size) }, least: 50},
		{title: "AGE", width: -4, text: age, compare: func(x, y bridge.Info) int { return s.Made(y).Compare(s.Made(x)) }, least: 40},
		{title: "OWNER", width: 8, text: s.Owner, compare: byText(s.Owner), least: 60},
		{title: "TYPE", width: 7, text: family, compare: byText(family), least: 70},
		{title: "USED BY", width: 30, text: s.Users, compare: byText(s.Users), least: 110},
		{title: "NAME", text: s.Name, compare: byText(s.Name)},
	}
}

// states in the order in which they want attention.
var states = []string{string(bridge.StateOrphan), string(bridge.StateInUse), "semaphore", "key file"}

func stateOf(i bridge.Info) string {
	switch i.State() {
	case bridge.StateNone:
		return "semaphore"
	case bridge.StateKeyFileOnly:
		return "key file"
	}
	return string(i.State())
}

func stateStyle(i bridge.Info) string {
	return map[bridge.State]string{bridge.StateInUse: green, bridge.StateOrphan: yellow}[i.State()]
}

// lockOf is the state of a lock, or the value of a semaphore that is none, or of a lock that admits several at a time.
func lockOf(i bridge.Info) string {
	switch s := i.Semaphore; {
	case !s.Exists:
		return "-"
	case s.Value > 1, s.Value >= 0 && i.State() == bridge.StateNone:
		return fmt.Sprint("= ", s.Value)
	default:
		return string(s.State())
	}
}

func lockStyle(i bridge.Info) string {
	if i.Semaphore.Value > 1 && i.State() != bridge.StateNone {
		return red
	}
	return map[bridge.LockState]string{bridge.LockHeld: cyan, bridge.LockDead: red}[i.Semaphore.State()]
}

func attachedOf(i bridge.Info) string {
	switch {
	case !i.Exists:
		return "-"
	case i.Attached < 0:
		return "?"
	}
	return fmt.Sprint(i.Attached)
}

func sizeOf(i bridge.Info) string {
	if !i.Exists {
		return "-"
	}
	return size(i.Size)
}
