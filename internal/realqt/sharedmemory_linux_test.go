//go:build amd64 || arm64

package realqt

import (
	"os"
	"strings"
	"testing"
)

func nothing(*SharedMemory) {}

func TestMemoryErrors(t *testing.T) {
	tests := []struct {
		what    string
		key     string
		prepare func(*SharedMemory)
		fail    func(*SharedMemory) bool
		code    int
		text    string
		text66  string // from Qt 6.6, if it differs
	}{
		{"lock before create", randomKey(), nothing, (*SharedMemory).Lock, lockError,
			"QSharedMemory::lock: unable to lock", ""},
		{"attach to nothing", randomKey(), nothing, attach, notFound,
			"QSharedMemory::handle:: UNIX key file doesn't exist", "QSharedMemory::handle: doesn't exist"},
		{"attach to a key file", randomKey(), func(m *SharedMemory) { _ = os.WriteFile(m.NativeKey(), nil, 0o600) }, attach,
			notFound, "QSharedMemory::attach (shmget): doesn't exist", ""},
		{"create of no bytes", randomKey(), nothing, create(0), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"create of -1 bytes", randomKey(), nothing, create(-1), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"create while attached", randomKey(), func(m *SharedMemory) { m.Create(1, false) }, create(1), alreadyExists,
			"QSharedMemory::create: already exists", ""},
		{"attach without a key", "", nothing, attach, keyError, "QSharedMemory::handle:: key is empty",
			"QSharedMemoryPrivate::initKey: unable to set key on lock (QSystemSemaphore::handle:: key is empty)"},
	}
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range tests {
			m := newMemory(t, q, test.key)
			test.prepare(m)
			want := test.text
			if test.text66 != "" && hasNativeIpcKey(t, q) {
				want = test.text66
			}
			if test.what == "attach to nothing" && q.Version() == "6.6.0" { // there the lock has made the key file
				want = "QSharedMemory::attach (shmget): doesn't exist"
			}
			if isQt4(q) {
				want = strings.Replace(want, "::handle::", "::handle:", 1)
			}
			if ok := test.fail(m); ok || m.Error() != test.code || m.ErrorString() != want {
				t.Errorf("%s: %v, error %d %q; want false, %d %q",
					test.what, ok, m.Error(), m.ErrorString(), test.code, want)
			}
			os.Remove(m.NativeKey())
		}
	})
}

// Qt 4 and Qt 5 see the low 32 bits of a size: none. Qt 6 asks the kernel for the whole size.
func TestSizeIsPassedAsWideAsInQt(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		want := "QSharedMemory::create: create size is less then 0"
		if q.generation.longSize {
			want = "QSharedMemory::create: out of resources"
		}
		m := newMemory(t, q, randomKey())
		if m.Create(1<<62, false) || m.ErrorString() != want {
			t.Errorf("create of 2^62 bytes: %q, want %q", m.ErrorString(), want)
		}
	})
}
