package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestRefuseToClean(t *testing.T) {
	me := uint32(os.Geteuid())
	file, theirs := bridge.KeyFile{Exists: true, Owner: me}, bridge.KeyFile{Exists: true, Owner: me + 1}
	posix := ipckey.Key{Type: ipckey.PosixRealtime, Native: "/x"}
	users := []bridge.Process{{PID: os.Getpid()}}
	for _, c := range []struct {
		info bridge.Info
		code string
	}{
		{bridge.Info{KeyFile: file}, ""},
		{bridge.Info{KeyFile: file, Exists: true, Owner: me}, ""},
		{bridge.Info{KeyFile: theirs, Exists: true, Owner: me}, "permission"},
		{bridge.Info{KeyFile: file, Exists: true, Owner: me + 1}, "permission"},
		{bridge.Info{KeyFile: file, Exists: true, Owner: me, Attached: 1}, "in-use"},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me, LastPID: os.Getpid()}}, "in-use"},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me, Value: 1}}, "in-use"},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me}}, ""}, // it may have been made and not got a value
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me, LastPID: 1 << 30}}, ""},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me, LastPID: 1 << 30, Waiting: 1}}, "in-use"},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me + 1, LastPID: 1 << 30}}, "permission"},
		{bridge.Info{Semaphore: bridge.SemaphoreInfo{KeyFile: theirs}}, "permission"},
		{bridge.Info{Key: posix, Exists: true, Owner: me}, ""},
		{bridge.Info{Key: posix, Exists: true, Owner: me + 1}, "permission"},
		{bridge.Info{Key: posix, Exists: true, Owner: me, Attached: 1, Users: users}, "in-use"},
		{bridge.Info{Key: posix, Exists: true, Owner: me, Attached: 1}, "in-use"},
		{bridge.Info{Key: posix, Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me, Users: users}}, "in-use"},
		{bridge.Info{Key: posix, Semaphore: bridge.SemaphoreInfo{Exists: true, Owner: me}}, ""},
	} {
		err := refuseToClean(c.info, false)
		if c.code == "" && err != nil || c.code != "" && statusOf(err).Code != c.code {
			t.Errorf("%+v: %v, want %q", c.info, err, c.code)
		}
	}
}

// With Qt alone, the lock of a killed creator stays when the segment goes.
func TestCleanLoneLock(t *testing.T) {
	privateDir(t)
	creator, partner := startPeer(t, "qt5"), startPeer(t, "qt5")
	creator.ask("segment a test")
	partner.ask("segment b test")
	creator.want("create a 8", "ok 8")
	partner.want("attach b", "ok 8")
	if err := creator.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = creator.cmd.Wait()
	partner.want("detach b", "ok")
	clean := func(exit int, want string, args ...string) {
		t.Helper()
		out, err := qtpeer(t, append([]string{"clean", "test"}, args...)...).CombinedOutput()
		if exitStatus(err) != exit || !strings.Contains(string(out), want) || strings.Contains(string(out), "key file /") {
			t.Errorf("%v, %q; want %q", err, out, want)
		}
	}
	clean(1, "is in use: process", "--yes")
	partner.want("exit", "ok")
	partner.end()
	clean(0, "would remove lock /")
	clean(0, "removed lock /", "--yes")
	clean(2, "nothing to remove", "--yes")
}

func TestCleanLeavesForeignLockAlone(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	dir := privateDir(t)
	p := startPeer(t, "go")
	p.ask("segment a test")
	p.want("create a 8", "ok 8")
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
	files, err := filepath.Glob(dir + "/qipc_systemsem_*")
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, owner := range []int{65534, 0} {
		if err := os.Chown(files[0], owner, 0); err != nil {
			t.Fatal(err)
		}
		out, err := qtpeer(t, "clean", "test", "--yes").CombinedOutput()
		if denied := exitStatus(err) == 5; denied != (owner != 0) {
			t.Errorf("lock of user %d: %v, %q", owner, err, out)
		}
	}
}
