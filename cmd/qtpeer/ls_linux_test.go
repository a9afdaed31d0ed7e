package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// everything is what would tell that somebody has touched an object: who attached or operated last and when, how many are
// attached, values, and what the file system knows of the key files and the POSIX objects.
func everything(t *testing.T, semaphores ...ipckey.Key) string {
	t.Helper()
	all := readString(t, "/proc/sysvipc/shm") + readString(t, "/proc/sysvipc/sem")
	for _, key := range semaphores { // that table has neither values nor who used them
		s, err := bridge.InspectSemaphore(key)
		if err != nil || !s.Exists {
			t.Fatalf("%+v, %v", s, err)
		}
		all += fmt.Sprintf("%s: %d, last used by %d\n", key, s.Value, s.LastPID)
	}
	for _, dir := range []string{os.Getenv("TMPDIR"), "/dev/shm"} {
		files, err := filepath.Glob(dir + "/*")
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", dir, err)
		}
		for _, name := range append(files, dir) {
			var stat syscall.Stat_t
			if err := syscall.Lstat(name, &stat); err != nil {
				t.Fatal(err)
			}
			if name == dir || strings.HasPrefix(name, "/dev/shm/sem.") {
				stat.Atim = syscall.Timespec{} // these are read
			}
			all += fmt.Sprintf("%s: %+v\n", name, stat)
		}
	}
	return all
}

// Segments in use and left behind, a held lock and a semaphore are listed, and all is as it was before.
func TestListChangesNothing(t *testing.T) {
	privateDir(t)
	name := letters()
	users := []*testPeer{startPeer(t, "qt5"), startPeer(t, "go")}
	users[1].want("keys legacy posix", "ok")
	for _, p := range users {
		for _, command := range []string{
			"segment a " + name, "create a 8", "lock a", "segment b " + name + "2", "create b 8", "sem s " + name + "3 3 open",
		} {
			if answer := p.ask(command); !strings.HasPrefix(answer, "ok") {
				t.Fatalf("%s: %s", command, answer)
			}
		}
	}
	var semaphores []ipckey.Key
	for _, family := range []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime} {
		for _, number := range []string{"", "2", "3"} {
			key, err := bridge.LegacySemaphoreKey(name+number, bridge.WithType(family))
			if err != nil {
				t.Fatal(err)
			}
			semaphores = append(semaphores, key)
		}
	}
	before := everything(t, semaphores...)
	for _, flags := range [][]string{nil, {"--json"}, {"--all", "--try", name}} {
		out, err := qtpeer(t, append([]string{"ls"}, flags...)...).Output()
		if found := strings.Count(string(out), name); err != nil || found < 6 {
			t.Errorf("%q: found %d times: %v\n%s", flags, found, err, out)
		}
	}
	if after := everything(t, semaphores...); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	for _, p := range users {
		p.want("exit", "ok")
		p.end()
	}
	for _, number := range []string{"", "2"} { // POSIX segments stay
		if out, err := qtpeer(t, "clean", name+number, "--yes").CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}
