package bridge

import (
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
)

const nobody = 65534

func TestPosixSegmentOfAnotherUser(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	memory, lock := objects(t, key)
	asUser(t, nobody, func() {
		everything(t, key, func(op string, err error) {
			if op == "create" {
				wantError(t, err, fs.ErrExist, CodeAlreadyExists)
			} else {
				wantError(t, err, fs.ErrPermission, CodePermissionDenied)
			}
			wantText(t, err, "belongs to user 0")
		})
		if info, _ := Inspect(key); !info.Exists || info.Size != 8 || info.Owner != 0 || info.Mode != 0o600 {
			t.Errorf("%+v", info)
		}
	})
	after, lockAfter := objects(t, key)
	if !after.Same(memory) || !lockAfter.Same(lock) || s.Bytes()[0] != 0 {
		t.Errorf("segment %+v became %+v, lock %+v became %+v", memory, after, lock, lockAfter)
	}
	wantValue(t, key, 1)
}

func TestPosixReadOnlyAttachNeedsNoRightToWrite(t *testing.T) {
	key := newPosixKey(t)
	asUser(t, nobody, func() {
		s := create(t, key, 8)
		if err := os.Chmod(posix.Dir+key.Native, 0o400); err != nil {
			t.Fatal(err)
		}
		_, err := Attach(t.Context(), key, ReadWrite)
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		detach(t, attach(t, key, ReadOnly))
		detach(t, s)
	})
}

func TestPosixSemaphoreOfAnotherUser(t *testing.T) {
	key := lockKey(t, newPosixKey(t))
	openSemaphore(t, key, 1, OpenExisting)
	asUser(t, nobody, func() {
		for _, mode := range []OpenMode{OpenExisting, CreateNew} {
			_, err := OpenSemaphore(t.Context(), key, 3, mode)
			wantError(t, err, fs.ErrPermission, CodePermissionDenied)
			wantText(t, err, "belongs to user 0")
		}
	})
	wantCount(t, key, true, 1)
}

// To root the kernel refuses nothing.
func TestPosixRequireOwner(t *testing.T) {
	key := newPosixKey(t)
	var theirs *Segment
	asUser(t, nobody, func() { theirs = create(t, key, 8) })
	wantForeign := func(what string, err error) {
		t.Helper()
		wantError(t, err, ErrForeignOwner, CodePermissionDenied)
		wantText(t, err, "65534")
	}
	_, err := Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantForeign("attach", err)
	_, err = OpenSemaphore(t.Context(), lockKey(t, key), 9, CreateNew, RequireOwner())
	wantForeign("semaphore", err)
	wantValue(t, key, 1)
	detach(t, attach(t, key, ReadOnly)) // when it does not ask
	detach(t, theirs)
	wantObjects(t, "detached", key, true, false)
	wantForeign("remove", Remove(t.Context(), key, RequireOwner()))
	_, err = Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantForeign("attach with a lock of ours", err)
	wantObjects(t, "refused", key, true, false)
	remove(t, key)
}

// Another user made the lock, and the segment, which is to be ours, does not exist yet.
func TestPosixRequireOwnerRefusesAPlantedLock(t *testing.T) {
	key := newPosixKey(t)
	asUser(t, nobody, func() { closeSem(t, makeLock(t, key, 1)) })
	_, err := Create(t.Context(), key, 8, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	wantObjects(t, "create was refused", key, false, true)
	wantError(t, Remove(t.Context(), key, RequireOwner()), ErrForeignOwner, CodePermissionDenied)
	wantObjects(t, "remove was refused", key, false, true)
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create, objectMode)
	if err := errors.Join(err, posix.Ftruncate(fd, 8), posix.Close(fd)); err != nil {
		t.Fatal(err)
	}
	_, err = Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	wantError(t, Remove(t.Context(), key, RequireOwner()), ErrForeignOwner, CodePermissionDenied)
	wantObjects(t, "attach and remove were refused", key, true, true)
	remove(t, key)
}
