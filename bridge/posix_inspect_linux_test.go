package bridge

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func self() Process {
	name := filepath.Base(os.Args[0])
	return Process{os.Getpid(), name[:min(15, len(name))]}
}

func TestPosixInspectNothing(t *testing.T) {
	key := newPosixKey(t)
	want := Info{Key: key, Semaphore: SemaphoreInfo{Native: lockKey(t, key).Native}}
	if info := inspect(t, key); !reflect.DeepEqual(info, want) || info.Orphan() {
		t.Errorf("%+v, want %+v", info, want)
	}
}

// A process counts once, however many Segments it has.
func TestPosixInspect(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 77)
	attach(t, key, ReadOnly)
	want := Info{
		Key: key, Exists: true, Size: 77, Attached: 1, Users: []Process{self()}, Owner: uint32(os.Geteuid()), Mode: 0o600,
		Semaphore: SemaphoreInfo{Native: lockKey(t, key).Native, Exists: true, Owner: uint32(os.Geteuid()), Mode: 0o600, Value: 1, Users: []Process{self()}},
	}
	look := func() {
		t.Helper()
		info, err := s.Stat()
		want.ID, want.Created, want.Semaphore.ID, want.Semaphore.Used = info.ID, info.Created, info.Semaphore.ID, info.Semaphore.Used
		if err != nil || !reflect.DeepEqual(info, want) || info.Orphan() || info.ID == 0 || info.Created.IsZero() {
			t.Errorf("%+v, %v; want %+v", info, err, want)
		}
	}
	look()
	lock(t, s)
	want.Semaphore.Value = 0
	look()
	unlock(t, s)
}

func TestPosixInspectOtherProcesses(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilWaiting(t, key, 1)
	info := inspect(t, key)
	other := Process{child.Process.Pid, self().Command}
	for what, users := range map[string][]Process{"segment": info.Users, "lock": info.Semaphore.Users} {
		if len(users) != 2 || !slices.Contains(users, self()) || !slices.Contains(users, other) {
			t.Errorf("%s: %v; want %v and %v", what, users, self(), other)
		}
	}
	if info.Attached != 2 || info.Semaphore.Value != 0 || info.Semaphore.Waiting != 1 {
		t.Errorf("%+v", info)
	}
	detach(t, s)
	end(t, child)
}

func TestPosixOrphan(t *testing.T) {
	key := newPosixKey(t)
	child := startChild(t, "create", key, "held")
	if info := inspect(t, key); info.Orphan() || info.Attached != 1 {
		t.Errorf("in use: %+v", info)
	}
	kill(child)
	info := inspect(t, key)
	if !info.Orphan() || info.Attached != 0 || len(info.Users)+len(info.Semaphore.Users) != 0 {
		t.Errorf("left behind: %+v", info)
	}
	if !info.Semaphore.Exists || info.Semaphore.Value != 0 {
		t.Errorf("the lock of the dead: %+v", info.Semaphore)
	}
	wantObjects(t, "inspected", key, true, true)
	remove(t, key)
}

// A descriptor that is under way between two processes belongs to none of them; those of other containers look the same.
func TestPosixInspectSeesUsersThatProcDoesNotShow(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	sockets, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	fd, err := posix.ShmOpen(key.Native, posix.ReadOnly, 0)
	if err := errors.Join(err, syscall.Sendmsg(sockets[0], []byte{0}, syscall.UnixRights(fd), nil, 0), posix.Close(fd)); err != nil {
		t.Fatal(err)
	}
	if info := inspect(t, key); len(info.Users) != 0 || info.Attached != 1 || info.Orphan() {
		t.Errorf("%+v", info)
	}
	err = Remove(t.Context(), key)
	wantError(t, err, ErrInUse, CodeInUse)
	detach(t, attach(t, key, ReadOnly, RemoveLast()))
	wantObjects(t, "in use", key, true, true)
	if err := errors.Join(syscall.Close(sockets[0]), syscall.Close(sockets[1])); err != nil {
		t.Error(err)
	}
	if info := inspect(t, key); !info.Orphan() {
		t.Errorf("%+v", info)
	}
	remove(t, key)
}

func TestPosixInspectSemaphore(t *testing.T) {
	key := newPosixSemaphoreKey(t)
	look := func(want SemaphoreInfo) {
		t.Helper()
		info, err := InspectSemaphore(key)
		if want.Exists {
			want.ID, want.Used, want.Owner, want.Mode = info.ID, info.Used, uint32(os.Geteuid()), 0o600
		}
		if err != nil || !reflect.DeepEqual(info, want) {
			t.Errorf("%+v, %v; want %+v", info, err, want)
		}
	}
	look(SemaphoreInfo{Native: key.Native})
	sem, err := posix.SemCreate(key.Native, objectMode, 5)
	if err != nil {
		t.Fatal(err)
	}
	look(SemaphoreInfo{Native: key.Native, Exists: true, Value: 5, Users: []Process{self()}})
	closeSem(t, sem)
	look(SemaphoreInfo{Native: key.Native, Exists: true, Value: 5})
	s := openSemaphore(t, key, 0, CreateNew)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Acquire(ctx) }()
	untilAcquiring(t, key, 1)
	look(SemaphoreInfo{Native: key.Native, Exists: true, Waiting: 1, Users: []Process{self()}})
	cancel()
	wantError(t, <-done, context.Canceled, CodeCanceled)
}

// Looking takes no lock, makes nothing and keeps nothing open.
func TestPosixInspectChangesNothing(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	inspect(t, key)
	wantObjects(t, "without lock", key, true, false)
	held := makeLock(t, key, 0)
	inspect(t, key)
	if held.Value() != 0 || held.Waiters() != 0 || held.Marked() {
		t.Errorf("value %d, %d waiting, marked %v", held.Value(), held.Waiters(), held.Marked())
	}
	if alone, err := held.Alone(); err != nil || !alone {
		t.Errorf("it keeps the lock open: %v", err)
	}
	closeSem(t, held)
	remove(t, key)
}

// A key of a family that this system does not have.
func TestInspectUnknownFamily(t *testing.T) {
	_, err := Inspect(ipckey.Key{Type: ipckey.Windows, Native: "x"})
	wantError(t, err, errors.ErrUnsupported, CodeUnsupported)
	wantText(t, err, "windows")
}
