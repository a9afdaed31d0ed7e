//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"fmt"
	"strings"
	"testing"
)

// twoAttached returns two objects of one segment, of which the first holds the lock.
func twoAttached(t *testing.T, q *Qt) (holder, waiter *SharedMemory) {
	key := randomKey()
	holder, waiter = newMemory(t, q, key), newMemory(t, q, key)
	must(t, holder.Create(64, false), holder)
	must(t, waiter.Attach(false), waiter)
	must(t, holder.Lock(), holder)
	t.Cleanup(func() { holder.Unlock() }) // a failed test must not leave waiter in Lock
	return holder, waiter
}

// Two processes count together: a lock that lets both in would lose some of it.
func TestLockExcludesAnotherProcess(t *testing.T) {
	const each = 3000
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, randomKey())
		must(t, m.Create(64, false), m)
		p := startPeer(t, libraryOf(t), m.Key())
		p.want(t, "attach", "true")
		p.send(fmt.Sprint("count ", each))
		if !count(m, each) {
			t.Errorf("lock or unlock: %q", m.ErrorString())
		}
		if got := p.receive(); got != "true" {
			t.Fatalf("the peer's count: %s", got)
		}
		if got := counter(m); *got != 2*each {
			t.Errorf("two processes counted %d each, together %d", each, *got)
		}
	})
}

// What Qt has to say goes to standard error, without a QCoreApplication too.
func TestQtPrintsItsWarnings(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		force := "QT_FORCE_STDERR_LOGGING" // Qt for Windows would tell a debugger only
		if major, minor := release(t, q); 100*major+minor < 512 {
			force = "QT_LOGGING_TO_CONSOLE" // its old name
		}
		t.Setenv(force, "1")
		p := startPeer(t, libraryOf(t), randomKey())
		p.want(t, "create", "true")
		p.want(t, "lock", "true")
		p.want(t, "lock", "true")
		p.want(t, "unlock", "true")
		p.want(t, "unlock", "false")
		const want = "QSharedMemory::lock: already locked\n"
		if printed := strings.ReplaceAll(p.stop(t), "\r\n", "\n"); printed != want {
			t.Errorf("Qt printed %q, want %q", printed, want)
		}
	})
}
