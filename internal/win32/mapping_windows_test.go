package win32

import (
	"errors"
	"math"
	"os"
	"slices"
	"syscall"
	"testing"

	"golang.org/x/sys/windows"
)

func TestMapping(t *testing.T) {
	page := int64(os.Getpagesize())
	for size, want := range map[int64]int64{1: page, page: page, page + 1: 2 * page, 65537: 69632, 1<<32 + 1: 1<<32 + page} {
		name := newName()
		made := createMapping(t, name, size)
		opened, err := OpenMapping(name)
		if err != nil {
			t.Fatal(err)
		}
		closeLater(t, opened)
		for what, h := range map[string]Handle{"made": made, "opened": opened} {
			if got, err := MappingSize(h); got != want || err != nil {
				t.Errorf("%d bytes, %s: %d, %v; want %d", size, what, got, err, want)
			}
			if got, err := Handles(h); got != 2 || err != nil {
				t.Errorf("%d bytes, %s: %d handles, %v; want 2", size, what, got, err)
			}
		}
		wantViews(t, made, opened, want)
	}
}

// wantViews wants one memory of size zeros in the views of two handles.
func wantViews(t *testing.T, writer, reader Handle, size int64) {
	t.Helper()
	w, err := MapView(writer, false)
	r, err2 := MapView(reader, true)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if int64(len(w)) != size || int64(len(r)) != size || r[0] != 0 || r[size-1] != 0 {
		t.Errorf("%d and %d bytes, want %d zeros", len(w), len(r), size)
	}
	w[size-1] = 7
	if r[size-1] != 7 {
		t.Error("not the same memory")
	}
	if err := errors.Join(UnmapView(w), UnmapView(r)); err != nil {
		t.Error(err)
	}
}

// The masks are Qt's: with another one we would be refused where Qt is not, or the reverse.
func TestAccess(t *testing.T) {
	for kind, want := range map[string]uint32{"mapping": 0xf001f, "semaphore": 0x1f0003} { // FILE_MAP_ALL_ACCESS, SEMAPHORE_ALL_ACCESS (winnt.h)
		name := newName()
		made, err := kinds[kind].create(name)
		opened, err2 := kinds[kind].open(name)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if got := access(t, opened); got != want {
			t.Errorf("%s: access %#x, want %#x", kind, got, want)
		}
		closeNow(t, made)
		closeNow(t, opened)
	}
}

func TestMappingThatExists(t *testing.T) {
	name := newName()
	first := createMapping(t, name, 1)
	_, err := CreateMapping(name, 1<<20)
	wantError(t, err, "CreateFileMapping", windows.ERROR_ALREADY_EXISTS)
	if n, err := Handles(first); n != 1 || err != nil {
		t.Errorf("%d handles, %v: that of what exists is kept", n, err)
	}
	if size, err := MappingSize(first); size != int64(os.Getpagesize()) || err != nil {
		t.Errorf("size %d, %v", size, err)
	}
}

// The name goes with the last handle, although the memory is there as long as somebody sees it.
func TestMappingGoesWithItsLastHandle(t *testing.T) {
	name := newName()
	h, err := CreateMapping(name, 1)
	if err != nil {
		t.Fatal(err)
	}
	mem, err := MapView(h, false)
	if err != nil {
		t.Fatal(err)
	}
	mem[0] = 1
	closeNow(t, h)
	_, err = OpenMapping(name)
	wantError(t, err, "OpenFileMapping", windows.ERROR_FILE_NOT_FOUND)
	createMapping(t, name, 1<<20)
	if mem[0] != 1 {
		t.Error("the memory is gone")
	}
	if err := UnmapView(mem); err != nil {
		t.Error(err)
	}
}

func TestSizesThatCannotBe(t *testing.T) {
	noMemory := []syscall.Errno{windows.ERROR_COMMITMENT_LIMIT, windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_NO_SYSTEM_RESOURCES,
		windows.ERROR_DISK_FULL, windows.ERROR_INVALID_PARAMETER}
	for size, want := range map[int64][]syscall.Errno{0: {windows.ERROR_INVALID_PARAMETER}, 1 << 46: noMemory, math.MaxInt64: noMemory} {
		h, err := CreateMapping(newName(), size)
		if e := (*os.SyscallError)(nil); h != 0 || !errors.As(err, &e) || !slices.Contains(want, e.Err.(syscall.Errno)) {
			t.Errorf("%d bytes: %v, %v", size, h, err)
		}
	}
}

func TestHandlesThatCannotBe(t *testing.T) {
	semaphore := createSem(t, newName(), 1)
	for name, err := range map[string]error{
		"the end of nothing":    Close(0),
		"a view of a semaphore": second(MapView(semaphore, true)),
		"the size of one":       second(MappingSize(semaphore)),
		"handles of nothing":    second(Handles(0)),
		"the value of nothing":  second(Value(0)),
		"release of nothing":    Release(0, 1),
		"wait for nothing":      Wait(t.Context(), 0),
		"try of nothing":        second(TryWait(0)),
		"the end of no view":    UnmapView(make([]byte, 1)),
	} {
		if e := (*os.SyscallError)(nil); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := Owner(0); err == nil {
		t.Error("nothing has an owner")
	}
}

func second[T any](_ T, err error) error { return err }
