package bridge

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/win32"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What 16 versions of Qt from 5.9.3 to 6.12.0 use, and what 6.6 and later call platformSafeKey().
func TestKeysAreQts(t *testing.T) {
	const sha = "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
	segment, err := LegacyKey("test")
	semaphore, err2 := LegacySemaphoreKey("test")
	safe, err3 := ipckey.PlatformSafe(Environment(), ipckey.Segment, "test", ipckey.Windows)
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[ipckey.Key]string{
		segment: "qipc_sharedmemory_" + sha, lockKey(t, segment): "qipc_systemsem_" + sha, semaphore: "qipc_systemsem_" + sha,
		safe: "shm_test", lockKey(t, safe): "shm_test_sem",
	} {
		if key.Type != ipckey.Windows || key.Native != want {
			t.Errorf("%v, want %s", key, want)
		}
	}
}

// TMPDIR and the rest of the environment have no say.
func TestKeysWithoutEnvironment(t *testing.T) {
	before, err := LegacyKey("test")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR", "USER"} {
		t.Setenv(name, "elsewhere")
	}
	after, err2 := LegacyKey("test")
	if before != after || errors.Join(err, err2) != nil {
		t.Errorf("%v became %v; %v, %v", before, after, err, err2)
	}
}

// The objects have exactly those names, and there are no others.
func TestObjectsHaveQtsNames(t *testing.T) {
	key := newKey(t)
	before, err := win32.List()
	if err != nil {
		t.Fatal(err)
	}
	create(t, key, 8)
	after, err := win32.List()
	if err != nil {
		t.Fatal(err)
	}
	made := slices.DeleteFunc(after, func(o win32.Named) bool {
		return slices.Contains(before, o) || !strings.HasSuffix(o.Name, key.Native[len(key.Native)-40:])
	})
	want := []win32.Named{{Kind: win32.KindMapping, Name: key.Native}, {Kind: win32.KindSemaphore, Name: lockKey(t, key).Native}}
	slices.SortFunc(made, func(a, b win32.Named) int { return strings.Compare(a.Kind, b.Kind) })
	if !slices.Equal(made, want) {
		t.Errorf("made %+v, want %+v", made, want)
	}
}

func TestKeysOfOtherSystems(t *testing.T) {
	for _, key := range []ipckey.Key{{}, {Type: ipckey.SystemV, Native: "/tmp/x"}, {Type: ipckey.PosixRealtime, Native: "/x"}} {
		_, createErr := Create(t.Context(), key, 8)
		_, attachErr := Attach(t.Context(), key, ReadWrite)
		_, semaphoreErr := OpenSemaphore(t.Context(), key, 1, OpenExisting)
		_, inspectErr := Inspect(key)
		for _, err := range []error{createErr, attachErr, semaphoreErr, inspectErr, Remove(t.Context(), key)} {
			wantError(t, err, errors.ErrUnsupported, CodeUnsupported)
		}
	}
}
