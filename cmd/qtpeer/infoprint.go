package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func printInfo(w io.Writer, info bridge.Info, asJSON bool) error {
	if asJSON {
		return printJSON(w, asInfoJSON(info))
	}
	table, c := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), newCensus()
	fmt.Fprintf(table, "key\t%s\n", info.Key)
	if !info.Exists {
		fmt.Fprintf(table, "segment\tnone\n")
	}
	switch info.Key.Type.Family() {
	case ipckey.FamilyPosix:
		printPosix(table, c, info)
	case ipckey.FamilyWindows:
		printWindows(table, info)
	default:
		printSystemV(table, c, info)
	}
	return table.Flush()
}

func printSystemV(w io.Writer, c *census, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\tid %d, %d bytes, mode %04o, owner %s\n", i.ID, i.Size, i.Mode, c.user(i.Owner))
		if i.Attached > 0 {
			fmt.Fprintf(w, "attached\t%d: %s\n", i.Attached, processes(i.Users))
		} else {
			fmt.Fprintf(w, "attached\t0: left behind, \"qtpeer clean\" removes it\n")
		}
		fmt.Fprintf(w, "created\t%s by %s\n", c.when(i.Created), c.who(i.CreatorPID))
		fmt.Fprintf(w, "last used\t%s by %s\n", c.when(i.Used), c.who(i.LastPID))
	}
	fmt.Fprintf(w, "key file\t%s%s\n", i.KeyFile.Path, noneUnless(i.KeyFile.Exists))
	printKernelKey(w, c, i)
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists {
		fmt.Fprintf(w, "\tvalue %d, %d waiting, %s\n", s.Value, s.Waiting, lockInWords(c, i))
	}
}

// printKernelKey says what the kernel makes of the key file, and who else it takes for the same.
func printKernelKey(w io.Writer, c *census, i bridge.Info) {
	if !i.KeyFile.Exists {
		return
	}
	fmt.Fprintf(w, "\tof %s, %s, kernel key 0x%08x\n", c.user(i.KeyFile.Owner), c.when(i.KeyFile.Modified), uint32(i.Ftok))
	for _, file := range []bridge.KeyFile{i.KeyFile, i.Semaphore.KeyFile} {
		if note := collision(file); note != "" {
			fmt.Fprintf(w, "collision\t%s\n", note)
		}
	}
}

// lockInWords says what the System V lock of a segment is up to, and if nobody will give it back, what to do.
func lockInWords(c *census, i bridge.Info) string {
	switch s := i.Semaphore; s.State() {
	case bridge.LockUnknown:
		return "which is not for this user to see"
	case bridge.LockHeld:
		return "held by " + c.who(s.LastPID)
	case bridge.LockDead:
		advice := "end those that are attached, and \"qtpeer clean\" removes it"
		if i.Attached == 0 {
			advice = "\"qtpeer clean\" removes it"
		}
		return fmt.Sprintf("held by %s, and nobody will give it back: %s", c.who(s.LastPID), advice)
	default:
		if s.Value > 1 {
			return fmt.Sprintf("which admits %d at once: somebody has given it back twice; last used by %s", s.Value, c.who(s.LastPID))
		}
		return "free, last used by " + c.who(s.LastPID)
	}
}

func attachedInWords(i bridge.Info) string {
	switch {
	case i.Attached < 0:
		return "which its owner may see only"
	case i.Attached == 0:
		return `0: left behind, as Qt does with POSIX segments; "qtpeer clean" removes it`
	}
	return fmt.Sprintf("%d: %s", i.Attached, processes(i.Users))
}

func printPosix(w io.Writer, c *census, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\t%d bytes, mode %04o, owner %s\n", i.Size, i.Mode, c.user(i.Owner))
		fmt.Fprintf(w, "attached\t%s\n", attachedInWords(i))
		fmt.Fprintf(w, "made\t%s\n", c.when(i.Created))
	}
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists {
		fmt.Fprintf(w, "\tvalue %d, %d waiting, %s\n", s.Value, s.Waiting, holder(i))
	}
}

func printWindows(w io.Writer, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\t%d bytes\nattached\t%d\n", i.Size, i.Attached)
	}
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists && s.Value > 0 {
		fmt.Fprintf(w, "\tvalue %d, free\n", s.Value)
	} else if s.Exists {
		fmt.Fprintf(w, "\tvalue 0, held by one that has it open, or by one that died while others have it open\n")
	}
}

// holder says who may hold the POSIX lock of a segment.
func holder(i bridge.Info) string {
	switch s := i.Semaphore; {
	case s.Value > 0 && len(s.Users) > 0:
		return "free, open in " + processes(s.Users)
	case s.Value > 0:
		return "free"
	case len(s.Users) > 0:
		return "held by one of these, or by one that has died: " + processes(s.Users)
	case i.Orphan():
		return "held by a process that has died: --break-dead-lock takes it over"
	}
	return "held by a process that has died, or by one that is not visible here"
}

func noneUnless(exists bool) string {
	if exists {
		return ""
	}
	return " (none)"
}

// who names a process, and says whether it has ended.
func (c *census) who(pid int) string {
	name, ended := c.command(pid)
	switch {
	case pid == 0:
		return "a process that is not visible here"
	case ended:
		return fmt.Sprintf("process %d (ended)", pid)
	case name == "":
		return fmt.Sprintf("process %d", pid)
	}
	return fmt.Sprintf("process %d (%s)", pid, quoted(name))
}

// when is a time, and how long ago it was.
func (c *census) when(t time.Time) string {
	return fmt.Sprintf("%s (%s ago)", t.Format("2006-01-02 15:04:05"), age(c.now, t))
}
