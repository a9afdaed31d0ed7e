//go:build linux

package proc

import (
	"bytes"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// clockTick is the unit of the start times in /proc, USER_HZ on every architecture that Go knows (proc_pid_stat(5)).
const clockTick = time.Second / 100

// StartedAfter reports whether process pid has started later than at, in seconds since 1970: then it is another one than
// that which had its id at that time. Of a process that cannot be seen it is false. The answer counts on a system clock that has
// not been set since.
func StartedAfter(pid int, at int64) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	_, rest, _ := bytes.Cut(stat[max(0, bytes.LastIndexByte(stat, ')')):], []byte(" ")) // a command may have blanks and parentheses
	field := bytes.Fields(rest)
	const startTime = 22 - 3 // the rest begins with the third
	if len(field) <= startTime {
		return false
	}
	ticks, err := strconv.ParseInt(string(field[startTime]), 10, 64)
	var boot, now unix.Timespec
	if err != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &boot) != nil || unix.ClockGettime(unix.CLOCK_REALTIME, &now) != nil {
		return false
	}
	started := time.Duration(now.Nano()-boot.Nano()) + time.Duration(ticks)*clockTick
	return started > time.Duration(at+1)*time.Second // at has been rounded down
}
