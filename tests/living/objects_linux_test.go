package living

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// nativeKey is the path of a key file, or the name of a POSIX object.
func nativeKey(p *peer, name string) string {
	p.t.Helper()
	answer := p.ask("key " + name)
	words := strings.Fields(answer)
	if len(words) < 2 {
		p.t.Fatal(answer)
	}
	return strings.ReplaceAll(words[1], "%2F", "/")
}

// shmid is the segment that is found by the key file.
func shmid(t *testing.T, path string) int {
	t.Helper()
	file, err := sysv.StatKeyFile(path)
	id, err2 := sysv.Shmget(file.Key('Q'), 0, 0)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return id
}

func inode(t *testing.T, path string) uint64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Ino
}

// inodesMapped are the inodes that a process has mapped, which of a System V segment is its shmid.
func inodesMapped(t *testing.T, p *peer) (inodes []uint64) {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", p.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(maps)) {
		columns := strings.Fields(line)
		if name := columns[len(columns)-1]; name == "(deleted)" || strings.HasPrefix(name, shmDir) {
			inode, err := strconv.ParseUint(columns[4], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			inodes = append(inodes, inode)
		}
	}
	return inodes
}
