//go:build linux

package posix

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// mount hides dir behind an empty tmpfs until the function that it returns is called.
func mount(t *testing.T, dir string, flags uintptr, options string) (unmount func()) {
	t.Helper()
	if err := unix.Mount("shmbridge-test", dir, "tmpfs", flags, options); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Errorf("unmount %s: %v", dir, err)
		}
	}
}

// Whatever is wrong with Dir, each call ends as glibc's does, and nothing is left there.
func TestBadDays(t *testing.T) {
	page := make([]byte, os.Getpagesize())
	for _, c := range []struct {
		day                        string
		dir                        string
		flags                      uintptr
		options                    string
		shmCreate, semCreate, open error
	}{
		{"missing", "/dev", 0, "", unix.ENOENT, unix.ENOENT, unix.ENOENT},
		{"read-only", Dir, unix.MS_RDONLY, "", unix.EROFS, unix.EROFS, unix.ENOENT},
		{"full", Dir, 0, fmt.Sprint("size=", len(page)), nil, unix.ENOSPC, unix.ENOENT},
		{"out of inodes", Dir, 0, "nr_inodes=2", unix.ENOSPC, unix.ENOSPC, unix.ENOENT},
	} {
		for way, prepare := range ways {
			t.Run(c.day+", "+way, func(t *testing.T) {
				defer mount(t, c.dir, c.flags, c.options)()
				prepare(t)
				if err := os.WriteFile(Dir+"/other", page, 0o600); (err == nil) != (c.options != "") {
					t.Error(err)
				}
				name := newName()
				for i, want := range []error{c.open, c.open, c.semCreate} {
					if err := []func(string) error{shmOpen(ReadWrite), semOpen, semCreate}[i](name); errnoOf(err) != want {
						t.Errorf("call %d: %v, want %v", i, err, want)
					}
				}
				if err := shmOpen(made)(name); errnoOf(err) != c.shmCreate {
					t.Errorf("create shared memory: %v, want %v", err, c.shmCreate)
				} else if err == nil {
					_ = ShmUnlink(name)
				}
				compareSteps(t, shmSteps, []string{name})
				compareSteps(t, semSteps, []string{name})
				if left, err := os.ReadDir(Dir); len(left) > 1 {
					t.Errorf("left: %v, %v", left, err)
				} // and an open file would keep the file system mounted
			})
		}
	}
}

// An object that is there already can be read and looked at where nothing can be written.
func TestObjectsOnAReadOnlyFileSystem(t *testing.T) {
	defer mount(t, Dir, 0, "")()
	name := newName()
	if err := errors.Join(semCreate(name), shmOpen(made)(name)); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("", Dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	compareSteps(t, shmSteps, []string{name})
	compareSteps(t, semSteps, []string{name})
	for call, err := range map[string]error{
		"sem_open": semOpen(name), "shm_open": shmOpen(ReadWrite)(name),
		"sem_unlink": SemUnlink(name), "shm_unlink": ShmUnlink(name),
	} {
		if callOf(err) != call || errnoOf(err) != unix.EROFS {
			t.Errorf("%v, want %s: EROFS", err, call)
		}
	}
	fd, err := ShmOpen(name, ReadOnly, 0)
	if err != nil {
		t.Fatal(err)
	}
	wantAlone(t, "read-only", fd, true)
	if info, err := SemStat(name); err != nil || info.Size != imageSize {
		t.Errorf("%+v, %v", info, err)
	}
	closeFD(t, fd)
}

// What was opened before Dir went away works on, and has no name.
func TestDirGoesAway(t *testing.T) {
	sem, _ := newSem(t, 1)
	defer mount(t, "/dev", 0, "")()
	if linked, err := sem.Linked(); err != nil || linked {
		t.Errorf("linked %v, %v", linked, err)
	}
	if alone, err := sem.Alone(); err != nil || !alone {
		t.Errorf("alone %v, %v", alone, err)
	}
	if !sem.TryWait() || sem.Post() != nil {
		t.Error("not to be taken and given")
	}
}

// With the last inode, one semaphore can be made: it never needs two.
func TestSemCreateTakesOneInode(t *testing.T) {
	defer mount(t, Dir, 0, "nr_inodes=2")()
	name := newName()
	if err := semCreate(name); err != nil {
		t.Error(err)
	}
	removeSems(t, name)
}
