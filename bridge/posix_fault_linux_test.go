package bridge

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// resize is what any program of the same user can do to a segment.
func resize(t *testing.T, key ipckey.Key, size int) {
	t.Helper()
	if err := os.Truncate(posix.Dir+key.Native, int64(size)); err != nil {
		t.Error(err)
	}
}

func TestPosixTruncatedWhileAttached(t *testing.T) {
	page := os.Getpagesize()
	for _, access := range []Access{ReadWrite, ReadOnly} {
		key := newPosixKey(t)
		create(t, key, 4*page)
		s := attach(t, key, access)
		resize(t, key, 2*page-1)
		buf := make([]byte, 1)
		for _, c := range []struct {
			off  int
			want error
		}{{0, nil}, {2*page - 1, nil}, {2 * page, ErrTruncated}, {4*page - 1, ErrTruncated}} {
			_, err := s.ReadAt(buf, int64(c.off))
			if c.want == nil && err != nil {
				t.Errorf("%v: read at %d: %v", access, c.off, err)
			} else if c.want != nil {
				wantError(t, err, c.want, CodeTruncated)
			}
			err = s.Do(t.Context(), func(mem []byte) error { buf[0] += mem[c.off]; return nil })
			if !errors.Is(err, c.want) {
				t.Errorf("%v: use of %d: %v", access, c.off, err)
			}
			wantValue(t, key, 1)
		}
		if access == ReadWrite {
			_, err := s.WriteAt(buf, int64(2*page))
			wantError(t, err, ErrTruncated, CodeTruncated)
		}
		resize(t, key, 4*page)
		if _, err := s.ReadAt(buf, int64(4*page-1)); err != nil {
			t.Errorf("%v: grown again: %v", access, err)
		}
	}
}

// Whatever a reader meets when the segment shrinks and grows under it, it does not crash or hang, and the error says
// what happened even if the segment has its size again by the time that somebody looks.
func TestPosixTruncatedAndGrownUnderAReader(t *testing.T) {
	const size, times = 1 << 16, 100
	for _, access := range []Access{ReadWrite, ReadOnly} {
		key := newPosixKey(t)
		create(t, key, size)
		s := attach(t, key, access)
		var stop atomic.Bool
		var resizer sync.WaitGroup
		resizer.Go(func() {
			for !stop.Load() {
				resize(t, key, 0)
				resize(t, key, size)
			}
		})
		var err error
		for read, failed := 0, 0; (read < times || failed < times) && (err == nil || errors.Is(err, ErrTruncated)); {
			if _, err = s.ReadAt(make([]byte, size), 0); err == nil {
				read++
			} else {
				failed++
			}
		}
		stop.Store(true)
		resizer.Wait()
		if err != nil && !errors.Is(err, ErrTruncated) {
			t.Errorf("%v: %v", access, err)
		}
		if _, err := s.ReadAt(make([]byte, size), 0); err != nil {
			t.Errorf("%v: afterwards: %v", access, err)
		}
	}
}

// mountShm puts another, empty file system on /dev/shm for the length of a test.
func mountShm(t *testing.T, options string) {
	t.Helper()
	if err := syscall.Mount("shmbridge-test", posix.Dir, "tmpfs", 0, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if left, err := os.ReadDir(posix.Dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
		if err := syscall.Unmount(posix.Dir, 0); err != nil { // EBUSY: something is still open or mapped
			t.Error(err)
		}
	})
}

// Qt, and we, make a segment without asking for its memory, and only a write finds that there is none.
func TestPosixMemoryFull(t *testing.T) {
	page := os.Getpagesize()
	mountShm(t, "nr_blocks=4") // one for the lock
	key := newPosixKey(t)
	s := create(t, key, 5*page)
	if _, err := s.WriteAt(make([]byte, 3*page), 0); err != nil {
		t.Error(err)
	}
	_, err := s.WriteAt(make([]byte, 1), int64(3*page))
	wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
	err = s.Do(t.Context(), func(mem []byte) error { mem[4*page] = 1; return nil })
	wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
	wantValue(t, key, 1)
	for _, access := range []Access{ReadWrite, ReadOnly} { // reading, too, takes memory where none has been written
		s := attach(t, key, access)
		_, err = s.ReadAt(make([]byte, 1), int64(3*page))
		wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
		err = s.Do(t.Context(), func(mem []byte) error { return errors.New(string(mem[4*page:])) })
		wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
	}
	_, err = Create(context.Background(), newPosixKey(t), 8) // has no memory for the lock
	wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
}

func TestPosixNoFileLeft(t *testing.T) {
	mountShm(t, "nr_inodes=2") // the root and the lock
	key := newPosixKey(t)
	_, err := Create(t.Context(), key, 8)
	wantError(t, err, syscall.ENOSPC, CodeOutOfResources)
	wantObjects(t, "failed", key, false, false)
}
