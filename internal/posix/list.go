//go:build linux

package posix

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// List returns the names of all objects in Dir, each with a slash before it. What is no file is none.
func List() (segments, semaphores []string, err error) {
	entries, err := os.ReadDir(Dir)
	for _, entry := range entries {
		if !entry.Type().IsRegular() {
			continue
		}
		if name, isSemaphore := strings.CutPrefix(entry.Name(), semPrefix); isSemaphore {
			semaphores = append(semaphores, "/"+name)
		} else {
			segments = append(segments, "/"+entry.Name())
		}
	}
	return segments, semaphores, err
}

// SemRead reads the value of the semaphore called name, and how many wait for it, without mapping it. Unlike SemOpen it
// knows the semaphores of 32-bit and of 64-bit programs. The error wraps ErrLayout if it is neither.
func SemRead(name string) (value, waiters int, err error) {
	path, ok := file(semPrefix, name)
	if !ok {
		return 0, 0, os.NewSyscallError("sem_open", unix.EINVAL)
	}
	fd, err := open(path, unix.O_RDONLY, 0)
	if err != nil {
		return 0, 0, os.NewSyscallError("sem_open", err)
	}
	content := make([]byte, image64Size+1)
	n, err := unix.Pread(fd, content, 0)
	if err := errors.Join(err, unix.Close(fd)); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, os.NewSyscallError("pread", err)
	}
	word := func(i int) uint32 { return binary.NativeEndian.Uint32(content[4*i:]) }
	data := binary.NativeEndian.Uint64(content)
	switch {
	case n == image64Size && word(2) == markShared:
		return int(uint32(data)), int(data / oneWaiter), nil
	case n == image32Size && word(1) == markShared:
		return int(word(0) / oneToken), int(word(3)), nil
	}
	return 0, 0, fmt.Errorf("%s: %w", path, ErrLayout)
}

// Sizes of sem_t in 64-bit and in 32-bit programs.
const (
	image64Size = 32
	image32Size = 16
)
