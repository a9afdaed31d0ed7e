//go:build linux || windows

package bridge

import (
	"os"
	"runtime"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestReadOnlyAttachmentRefusesWritesEverywhere(t *testing.T) {
	eachFamily(t, testReadOnlyAttachmentRefusesWritesEverywhere)
}

func testReadOnlyAttachmentRefusesWritesEverywhere(t *testing.T, key ipckey.Key) {
	create(t, key, 3*os.Getpagesize())
	s := attach(t, key, ReadOnly)
	for _, off := range []int{0, 1, os.Getpagesize(), s.Size() - 1} {
		err := s.Do(t.Context(), func(mem []byte) error { mem[off] = 1; return nil })
		wantError(t, err, ErrReadOnly, CodeReadOnly)
		wantText(t, err, "write ")
		_, err = s.WriteAt([]byte{1}, int64(off))
		wantError(t, err, ErrReadOnly, CodeReadOnly)
	}
	wantValue(t, key, 1)
}

// A fault that has nothing to do with the segment is the program's own.
func TestFaultElsewhereIsNotSwallowed(t *testing.T) { eachFamily(t, testFaultElsewhereIsNotSwallowed) }

func testFaultElsewhereIsNotSwallowed(t *testing.T, key ipckey.Key) {
	create(t, key, 8, RemoveLast())
	s, other := attach(t, key, ReadOnly, RemoveLast()), attach(t, key, ReadOnly, RemoveLast())
	defer func() {
		if r, ok := recover().(runtime.Error); !ok {
			t.Errorf("recovered %v, want the fault", r)
		}
		wantValue(t, key, 1)
	}()
	err := s.Do(t.Context(), func([]byte) error { other.Bytes()[0] = 1; return nil })
	t.Error("Do returned", err)
}
