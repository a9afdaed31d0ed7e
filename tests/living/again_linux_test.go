package living

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// TestCleanLooksAgain lets clean wait for the lock of a segment that was left behind. When it gets it, somebody is attached.
func TestCleanLooksAgain(t *testing.T) {
	for _, family := range []string{systemV, posix} {
		for _, kind := range append(qts(t, family), "go") {
			t.Run(family+"/"+kind, func(t *testing.T) {
				dir := t.TempDir()
				calm := look(t, dir)
				native := leave(t, family, "test", dir)
				holder, observer := start(t, kind, dir), start(t, "go", dir)
				holder.does("keys legacy "+family, "sem s test 1 open", "acquire s") // which is the lock
				observer.does("keys legacy " + family)
				clean := make(chan result)
				go func() { clean <- run(t, dir, "clean", "--yes") }()
				for end := time.Now().Add(patience); observer.ask("probe segment test") != "ok 0 1"; {
					if time.Now().After(end) {
						t.Fatalf("clean does not wait for the lock: %s", observer.ask("probe segment test"))
					}
				}
				leaves := attach(t, family, native)
				before := look(t, dir)
				holder.does("release s 1", "exit")
				if r := <-clean; r.status != 0 {
					t.Errorf("clean: %v", r)
				}
				if gone := before.missing(look(t, dir)); gone != nil {
					t.Errorf("clean has removed %q, which is in use", gone)
				}
				leaves()
				observer.exit()
				runs(t, dir, "clean", "--yes")
				wantAsBefore(t, calm, dir)
			})
		}
	}
}

// attach attaches to a segment, as somebody does who takes no lock.
func attach(t *testing.T, family, native string) (leaves func()) {
	t.Helper()
	if family == posix {
		object, err := os.Open(filepath.Join(shmDir, native))
		if err != nil {
			t.Fatal(err)
		}
		return func() { object.Close() }
	}
	mem, err := sysv.Shmat(shmid(t, native), false)
	if err != nil {
		t.Fatal(err)
	}
	return func() { _ = sysv.Shmdt(mem) }
}
