//go:build linux

package sysv

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// KeyFile is what the file system says about a file from which keys are derived.
type KeyFile struct {
	Dev, Ino uint64
	UID      uint32 // owner
	Mode     uint32 // st_mode, type and permission bits
	Size     int64  // bytes
	MTime    int64  // last change of its content; seconds since 1970
}

// Same reports whether f and other are one file, for as long as neither is removed.
func (f KeyFile) Same(other KeyFile) bool { return f.Dev == other.Dev && f.Ino == other.Ino }

// IsRegular reports whether it is a file and nothing else that has a name.
func (f KeyFile) IsRegular() bool { return f.Mode&unix.S_IFMT == unix.S_IFREG }

// IsSymlink reports whether the file is a symbolic link. ftok(3) would follow it to a file of somebody else's choice.
func (f KeyFile) IsSymlink() bool { return f.Mode&unix.S_IFMT == unix.S_IFLNK }

// Key derives the System V key of the file for a project id, as glibc's ftok(3) does: eight bits of id, the low
// eight bits of the device number, the low sixteen bits of the inode number.
func (f KeyFile) Key(id uint8) int32 {
	return int32(uint32(id)<<24 | uint32(f.Dev&0xff)<<16 | uint32(f.Ino&0xffff))
}

// StatKeyFile looks at path itself: a symbolic link in the last component is not followed.
func StatKeyFile(path string) (KeyFile, error) {
	var st unix.Stat_t
	if err := unix.Lstat(path, &st); err != nil {
		return KeyFile{}, os.NewSyscallError("lstat", err)
	}
	return keyFile(&st), nil
}

func keyFile(st *unix.Stat_t) KeyFile {
	return KeyFile{Dev: uint64(st.Dev), Ino: st.Ino, UID: st.Uid, Mode: st.Mode, Size: st.Size, MTime: int64(st.Mtim.Sec)}
}

// CreateKeyFile makes an empty file with mode 0640 less the umask, and reports whether it did: false without an
// error means that something of that name is there already.
func CreateKeyFile(path string) (file KeyFile, made bool, err error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o640)
	if errors.Is(err, unix.EEXIST) {
		return KeyFile{}, false, nil
	}
	if err != nil {
		return KeyFile{}, false, os.NewSyscallError("open", err)
	}
	var st unix.Stat_t
	err = os.NewSyscallError("fstat", unix.Fstat(fd, &st))
	return keyFile(&st), true, errors.Join(err, os.NewSyscallError("close", unix.Close(fd)))
}

// Unlink removes the name path.
func Unlink(path string) error { return os.NewSyscallError("unlink", unix.Unlink(path)) }
