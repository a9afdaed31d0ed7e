package living

import (
	cryptorand "crypto/rand"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// cleans is how often clean runs while others use what it could take for left behind, in each family with each kind of creator.
const cleans = 40

// TestCleanAmongTheLiving lets clean run again and again while segments of one name are created, used, left and created anew.
// What a living process has created or attached must stay, and be found by whoever comes next.
func TestCleanAmongTheLiving(t *testing.T) {
	for _, family := range []string{systemV, posix} {
		kinds := qts(t, family)
		for _, creator := range append(kinds, "go") {
			t.Run(family+"/"+creator, func(t *testing.T) {
				dir := t.TempDir()
				calm := look(t, dir)
				h := &home{t: t, dir: dir, family: family, name: "living" + cryptorand.Text()}
				h.partner = start(t, append(kinds, "go")[0], dir)
				h.partner.does("keys legacy " + family)
				h.native = nativeKey(h.partner, h.name)
				goesOn := cleanAllTheTime(t, dir, cleans)
				for goesOn() {
					h.lives++
					h.live(creator)
				}
				h.partner.exit()
				runs(t, dir, "clean", "--yes", "--older-than", "1ms")
				wantAsBefore(t, calm, dir)
			})
		}
	}
}

// cleanAllTheTime runs clean until the test has ended. What it returns reports whether that was less than so many times.
func cleanAllTheTime(t *testing.T, dir string, times int) (goesOn func() bool) {
	var cleaner sync.WaitGroup
	var done atomic.Int64
	var over atomic.Bool
	for range 2 {
		cleaner.Go(func() {
			for !over.Load() {
				if out, err := command(t, dir, "clean", "--yes", "--older-than", "1ms").CombinedOutput(); err != nil {
					t.Errorf("clean: %v\n%s", err, out)
				}
				done.Add(1)
			}
		})
	}
	stop := func() { over.Store(true); cleaner.Wait() }
	t.Cleanup(stop)
	return func() bool {
		if done.Load() < int64(times) {
			return true
		}
		stop()
		return false
	}
}

// home is where a segment of one name comes and goes.
type home struct {
	t                 *testing.T
	dir, family, name string
	native            string
	lives             int
	partner           *peer // outlives the creators
}

// live creates a segment, hands it over to the partner, and lets either be the one that leaves it, by its death.
func (h *home) live(kind string) {
	creator := start(h.t, kind, h.dir)
	creator.does("keys legacy "+h.family, "segment a "+h.name)
	defer creator.kill()
	for range 5 {
		h.create(creator)
		h.has(creator, h.segment())
		creator.does("detach a")
	}
	h.create(creator)
	segment := h.segment()
	h.has(creator, segment)
	creator.does("lock a")
	if value := h.lockValue(); value != 0 {
		h.t.Fatalf("%s holds the lock, and the one that is found has the value %d", kind, value)
	}
	creator.does("unlock a")
	if h.lives%2 == 0 {
		creator.kill()
		h.inherit()
		return
	}
	h.partner.does("segment a "+h.name, "attach a")
	h.has(h.partner, segment)
	creator.kill()
	h.has(h.partner, segment)
	h.partner.does("detach a", "close a")
}

// inherit lets the partner attach to what the creator has left, at any moment of a clean, as often as that does not come first.
func (h *home) inherit() {
	h.partner.does("segment a " + h.name)
	time.Sleep(rand.N(20 * time.Millisecond))
	for strings.HasPrefix(h.partner.ask("attach a"), "ok") {
		segment := h.segment()
		for range 3 {
			h.has(h.partner, segment)
		}
		h.partner.does("detach a")
	}
	h.partner.does("close a")
}

// create creates the segment as soon as clean has removed the one before. A create that fails disturbs the lock, in Qt.
func (h *home) create(p *peer) {
	for end := time.Now().Add(patience); ; {
		answer := p.ask("create a 64")
		if strings.HasPrefix(answer, "ok") {
			return
		}
		// The other error is Qt's when its lock goes while it makes it: the next create works.
		if !strings.HasPrefix(answer, "err AlreadyExists") && !strings.Contains(answer, "unable to set key on lock") {
			h.t.Fatalf("%s: create: %s", p.kind, answer)
		}
		if time.Now().After(end) {
			h.t.Fatalf("clean does not remove what %s finds: %s", p.kind, answer)
		}
		for h.family == posix && h.exists() && time.Now().Before(end) { // clean never gets a lock that each create replaces
			time.Sleep(50 * time.Microsecond)
		}
	}
}

// exists reports whether create would fail.
func (h *home) exists() bool {
	path, _ := h.paths()
	file, err := sysv.StatKeyFile(path)
	if err == nil && h.family == systemV {
		_, err = sysv.Shmget(file.Key('Q'), 0, 0)
	}
	return err == nil
}

// paths are the files by which the segment and its lock are found.
func (h *home) paths() (segment, lock string) {
	segment = h.native
	if h.family == posix {
		name := filepath.Base(segment)
		return filepath.Join(shmDir, name), filepath.Join(shmDir, "sem."+strings.Replace(name, "sharedmemory", "systemsem", 1))
	}
	return segment, strings.Replace(segment, "qipc_sharedmemory_", "qipc_systemsem_", 1)
}

// segment is the one that is found now: its shmid, or its inode.
func (h *home) segment() uint64 {
	h.t.Helper()
	path, _ := h.paths()
	if h.family == posix {
		return inode(h.t, path)
	}
	return uint64(shmid(h.t, path))
}

// lockValue is the value of the lock that is found now.
func (h *home) lockValue() int {
	h.t.Helper()
	_, path := h.paths()
	if h.family == posix {
		data, err := os.ReadFile(path)
		if err != nil {
			h.t.Fatal(err)
		}
		return int(data[0]) // of a sem_t of glibc, whose value is small
	}
	file, err := sysv.StatKeyFile(path)
	id, err2 := sysv.Semget(file.Key('Q'), 1, 0)
	value, err3 := sysv.SemValue(id)
	if err := errors.Join(err, err2, err3); err != nil {
		h.t.Fatal(err)
	}
	return value
}

// has fails the test unless the process is attached to that segment, and whoever comes now finds it.
func (h *home) has(p *peer, segment uint64) {
	h.t.Helper()
	if now := h.segment(); now != segment {
		h.t.Fatalf("the segment was %d, and %d is found", segment, now)
	}
	if attached := inodesMapped(h.t, p); !slices.Contains(attached, segment) {
		h.t.Fatalf("%s has attached %v, and %d is found", p.kind, attached, segment)
	}
}
