//go:build linux

package posix

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Info is what the file system says about an object. Dev and Ino together identify it for as long as anybody has it
// open or mapped.
type Info struct {
	Dev, Ino            uint64
	Size                int64     // bytes
	UID                 uint32    // owner
	Mode                uint32    // st_mode, type and permission bits
	Links               uint64    // names that the object has: 0 once it is unlinked
	ATime, MTime, CTime time.Time // last read, last write, last change of owner, mode, size or names
}

// Same reports whether i and other are of one object.
func (i Info) Same(other Info) bool { return i.Dev == other.Dev && i.Ino == other.Ino }

// Fstat looks at the object open at fd.
func Fstat(fd int) (Info, error) {
	var st unix.Stat_t
	err := unix.Fstat(fd, &st)
	return info(&st), os.NewSyscallError("fstat", err)
}

// ShmStat looks at the shared memory object called name without opening it, for which no permission is needed. It does
// not follow a symbolic link in its place.
func ShmStat(name string) (Info, error) { return lstat("", name) }

// SemStat looks at the semaphore called name as ShmStat does at shared memory.
func SemStat(name string) (Info, error) { return lstat(semPrefix, name) }

func lstat(prefix, name string) (Info, error) {
	path, ok := file(prefix, name)
	if !ok {
		return Info{}, os.NewSyscallError("lstat", unix.ENOENT)
	}
	var st unix.Stat_t
	err := unix.Lstat(path, &st)
	return info(&st), os.NewSyscallError("lstat", err)
}

// info takes the fields over; their widths differ between architectures.
func info(st *unix.Stat_t) Info {
	return Info{
		Dev: uint64(st.Dev), Ino: uint64(st.Ino), Size: int64(st.Size), UID: st.Uid, Mode: uint32(st.Mode), Links: uint64(st.Nlink),
		ATime: time.Unix(st.Atim.Unix()), MTime: time.Unix(st.Mtim.Unix()), CTime: time.Unix(st.Ctim.Unix()),
	}
}
