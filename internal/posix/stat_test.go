//go:build linux

package posix

import (
	"errors"
	"os"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestStatFindsTheSameObject(t *testing.T) {
	start := time.Now()
	fd, name := newShm(t, 77)
	byFD, err := Fstat(fd)
	byName, err2 := ShmStat(name)
	if err != nil || err2 != nil || byFD != byName {
		t.Fatalf("%+v, %v\n%+v, %v", byFD, err, byName, err2)
	}
	if byFD.Size != 77 || byFD.Mode != unix.S_IFREG|0o600 || int(byFD.UID) != os.Geteuid() || byFD.Links != 1 {
		t.Errorf("%+v", byFD)
	}
	for _, when := range []time.Time{byFD.ATime, byFD.MTime, byFD.CTime} {
		if when.Before(start.Add(-time.Second)) || when.After(time.Now()) {
			t.Errorf("%+v: a time that is not between %v and now", byFD, start)
		}
	}
	var file syscall.Stat_t
	if err := syscall.Stat(Dir+name, &file); err != nil || byFD.Ino != file.Ino || byFD.Dev != file.Dev {
		t.Errorf("%+v, want device %d, inode %d; %v", byFD, file.Dev, file.Ino, err)
	}
}

func TestStatTellsTheTimesApart(t *testing.T) {
	fd, name := newShm(t, 1)
	read, written := time.Unix(1000, 1), time.Unix(2000, 2)
	if err := os.Chtimes(Dir+name, read, written); err != nil {
		t.Fatal(err)
	}
	info, err := Fstat(fd)
	if err != nil || !info.ATime.Equal(read) || !info.MTime.Equal(written) || !info.CTime.After(written) {
		t.Errorf("%+v, %v; want %v, %v, now", info, err, read, written)
	}
}

func TestStatSeesAnUnlinkedObject(t *testing.T) {
	name := newName()
	fd, err := ShmOpen(name, made, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := ShmUnlink(name); err != nil {
		t.Error(err)
	}
	if info, err := Fstat(fd); err != nil || info.Links != 0 {
		t.Errorf("%+v, %v; want no links", info, err)
	}
	if err := Close(fd); err != nil {
		t.Error(err)
	}
}

// The name of a semaphore leads to the one that is open until it is replaced.
func TestSemStatTellsAReplacement(t *testing.T) {
	old, name := newSem(t, 1)
	if now, err := SemStat(name); err != nil || now.Ino != old.Stat().Ino || now.Dev != old.Stat().Dev || now.Size != imageSize {
		t.Errorf("opened %+v, now %+v, %v", old.Stat(), now, err)
	}
	if err := SemUnlink(name); err != nil {
		t.Fatal(err)
	}
	if _, err := SemStat(name); errnoOf(err) != unix.ENOENT {
		t.Errorf("unlinked: %v, want ENOENT", err)
	}
	fresh, err := SemCreate(name, 0o600, 1)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := SemStat(name); err != nil || now.Ino == old.Stat().Ino || now.Ino != fresh.Stat().Ino {
		t.Errorf("old %+v, fresh %+v, now %+v, %v", old.Stat(), fresh.Stat(), now, err)
	}
	if err := fresh.Close(); err != nil {
		t.Error(err)
	}
}

// The sticky bit of Dir keeps others from removing an object; glibc calls that EACCES, the kernel EPERM. They may look
// at it, and not open it.
func TestObjectOfSomebodyElse(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	_, shm := newShm(t, 1)
	_, sem := newSem(t, 1)
	uid := uint32(os.Geteuid())
	var errs []error
	var infos [2]Info
	var statErrs [2]error
	asOther(func() {
		_, openShm := ShmOpen(shm, ReadOnly, 0)
		_, openSem := SemOpen(sem)
		errs = []error{ShmUnlink(shm), SemUnlink(sem), openShm, openSem}
		infos[0], statErrs[0] = ShmStat(shm)
		infos[1], statErrs[1] = SemStat(sem)
	})
	for i, call := range []string{"shm_unlink", "sem_unlink", "shm_open", "sem_open"} {
		if callOf(errs[i]) != call || errnoOf(errs[i]) != unix.EACCES || !errors.Is(errs[i], os.ErrPermission) {
			t.Errorf("%v, want %s: EACCES", errs[i], call)
		}
	}
	for i, info := range infos {
		if info.UID != uid || info.Ino == 0 || statErrs[i] != nil {
			t.Errorf("%+v, %v; want owner %d", info, statErrs[i], uid)
		}
	}
}
