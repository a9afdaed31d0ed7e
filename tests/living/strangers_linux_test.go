package living

import (
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

const nobody = 65534 // another user

// as makes a program run as another user. That needs root.
func as(uid uint32) func(*exec.Cmd) {
	return func(cmd *exec.Cmd) { cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: uid} }
}

// strangers adds to the machine what is none of clean's business, for as long as the test runs: other programs' objects and
// files, and segments that somebody has attached and locked.
func strangers(t *testing.T, dir string) {
	t.Helper()
	for _, key := range []int32{0x52000001, 0x00001234, 0} { // 0 is IPC_PRIVATE
		foreignSegment(t, key)
		foreignSet(t, key, 1)
	}
	foreignSet(t, 0x51000001, 3) // Qt's project ID, and more semaphores than Qt makes
	foreignFiles(t, dir)
	for _, family := range []string{systemV, posix} {
		kind := append(qts(t, family), "go")[0]
		p := start(t, kind, dir)
		p.does("keys legacy "+family, "segment a alive", "create a 64", "lock a", "write a 0 deadbeef")
		t.Cleanup(func() {
			p.does("unlock a", "exit")
			if family == posix {
				start(t, "go", dir).does("keys legacy posix", "remove alive", "exit")
			}
		})
	}
}

// foreignSegment makes a segment with something in it that nobody is attached to.
func foreignSegment(t *testing.T, key int32) (id int) {
	t.Helper()
	id, err := sysv.Shmget(key, 100, 0o600|sysv.Create|sysv.Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	const content = "not Qt's"
	visit(t, id, func(mem []byte) { copy(mem, content) })
	t.Cleanup(func() {
		visit(t, id, func(mem []byte) {
			if string(mem[:len(content)]) != content {
				t.Errorf("the content of segment %d has changed: %q", id, mem)
			}
		})
		if err := sysv.Shmrm(id); err != nil {
			t.Error(err)
		}
	})
	return id
}

// visit attaches to a segment for a moment.
func visit(t *testing.T, id int, look func(mem []byte)) {
	t.Helper()
	mem, err := sysv.Shmat(id, false)
	if err != nil {
		t.Fatal(err)
	}
	look(mem)
	if err := sysv.Shmdt(mem); err != nil {
		t.Fatal(err)
	}
}

// foreignSet makes a set of n semaphores that nobody uses.
func foreignSet(t *testing.T, key int32, n int) {
	t.Helper()
	id, err := sysv.Semget(key, n, 0o600|sysv.Create|sysv.Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sysv.Semrm(id); err != nil {
			t.Error(err)
		}
	})
}

// foreignFiles adds files that Qt cannot have made, whatever their names.
func foreignFiles(t *testing.T, dir string) {
	t.Helper()
	remove := func(path string, err error) {
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		})
	}
	for _, name := range []string{
		dir + "/notes", dir + "/qipc_notes", dir + "/qipc_sharedmemory_notes", // with something in it
		dir + "/qipc_sharedmemory_notesa94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
		shmDir + "/pulse-shm-4711", shmDir + "/qipc.txt",
	} {
		remove(name, os.WriteFile(name, []byte("not Qt's "+rand.Text()), 0o600))
	}
	semaphore := shmDir + "/sem.foreigner" // as glibc makes one
	remove(semaphore, os.WriteFile(semaphore, []byte("\x01\x00\x00\x00\x00\x00\x00\x00\x80"+strings.Repeat("\x00", 23)), 0o600))
	empty := filepath.Join(dir, "empty.lock")
	remove(empty, os.WriteFile(empty, nil, 0o600))
	folder := filepath.Join(dir, "qipc_sharedmemory_foldera94a8fe5ccb19ba61c4c0873d391e987982fbbd3")
	remove(folder, os.Mkdir(folder, 0o700))
	link := filepath.Join(dir, "qipc_sharedmemory_linka94a8fe5ccb19ba61c4c0873d391e987982fbbd3")
	remove(link, os.Symlink(empty, link))
}
