package main

import (
	"testing"

	"golang.org/x/sys/unix"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// A stream before version 22 has no room for the length of 4 GiB. The memory is never touched.
func TestValueTooLongForItsVersion(t *testing.T) {
	huge, err := unix.Mmap(-1, 0, 1<<32-1, unix.PROT_READ, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Munmap(huge) }()
	if b, err := encodeQByteArray(datastream.Format{Version: datastream.V5_13}, huge); err == nil {
		t.Errorf("encoded as %d bytes, want an error", len(b))
	}
}
