//go:build amd64

package realqt

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// tempDir is t.TempDir, whose cleanup fails in Wine 8: os.RemoveAll finds an invalid function there, os.Remove does not.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, file := range leftFiles(dir) {
			_ = os.Remove(file)
		}
		if err := os.Remove(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// A DLL has its version as a resource too.
func TestVersionIsThatOfTheFile(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		var unused windows.Handle
		size, err := windows.GetFileVersionInfoSize(libraryOf(t), &unused)
		if err != nil {
			t.Fatal(err)
		}
		info := make([]byte, size)
		if err := windows.GetFileVersionInfo(libraryOf(t), 0, size, unsafe.Pointer(&info[0])); err != nil {
			t.Fatal(err)
		}
		var fixed *windows.VS_FIXEDFILEINFO
		length := uint32(unsafe.Sizeof(*fixed))
		if err := windows.VerQueryValue(unsafe.Pointer(&info[0]), `\`, unsafe.Pointer(&fixed), &length); err != nil {
			t.Fatal(err)
		}
		want := strings.Join([]string{fmt.Sprint(fixed.FileVersionMS >> 16), fmt.Sprint(fixed.FileVersionMS & 0xffff), fmt.Sprint(fixed.FileVersionLS >> 16)}, ".")
		if q.Version() != want {
			t.Errorf("version %q, the file says %q", q.Version(), want)
		}
	})
}

// Qt gives the long form of the path with slashes.
func TestTempPathFollowsTheEnvironment(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		if want := filepath.ToSlash(os.Getenv("TMP")); q.TempPath() != want {
			t.Errorf("temp path %q, want %q", q.TempPath(), want)
		}
		dir := filepath.Join(tempDir(t), "häß 😀")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("TMP", dir)
		if want := filepath.ToSlash(dir); q.TempPath() != want {
			t.Errorf("temp path %q after setting TMP to %q", q.TempPath(), want)
		}
	})
}

// What qgetenv asks is a copy that the C library made when the process started.
func TestQgetenvKnowsTheEnvironmentOfTheStart(t *testing.T) {
	const name = "REALQT_TEST_CHANGE"
	eachQt(t, func(t *testing.T, q *Qt) {
		lib, err := openLibrary(libraryOf(t), "")
		if err != nil {
			t.Fatal(err)
		}
		var qgetenv func(name string) value
		if err := lib.bind("?qgetenv@@YA?AVQByteArray@@PEBD@Z", &qgetenv); err != nil {
			t.Fatal(err)
		}
		get := func(name string) string {
			array := qgetenv(name)
			defer q.releaseByteArray(&array)
			return string(q.bytes(&array))
		}
		t.Setenv(name, "set")
		if got := get(name); got != "" {
			t.Errorf("%s is %q for Qt", name, got)
		}
		if got := get("SystemRoot"); got != os.Getenv("SystemRoot") || got == "" {
			t.Errorf("SystemRoot is %q for Qt", got)
		}
	})
}

func TestLoadFailures(t *testing.T) {
	notALibrary := filepath.Join(tempDir(t), "text.dll")
	if err := os.WriteFile(notALibrary, []byte("text\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kernel := filepath.Join(os.Getenv("SystemRoot"), "System32", "kernel32.dll")
	for path, want := range map[string][]string{
		`C:\nowhere\Qt6Core.dll`: {`load C:\nowhere\Qt6Core.dll: open C:\nowhere\Qt6Core.dll: `, "; give the path of a Qt5Core.dll or Qt6Core.dll with"},
		"qt6":                    {"load qt6: open ", "Windows has no Qt of its own that qt5 or qt6 could stand for"},
		notALibrary:              {notALibrary + " is no DLL: ", "; give the path of a Qt5Core.dll or Qt6Core.dll with"},
		kernel:                   {"load " + kernel + ": not a Qt core library such as Qt6Core.dll: undefined symbol: qVersion"},
	} {
		q, err := Load(path)
		if q != nil || err == nil {
			t.Errorf("Load(%q) = %v, %v, want an error", path, q, err)
			continue
		}
		for _, want := range want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("Load(%q): %q does not say %q", path, err, want)
			}
		}
	}
}

// A file may begin like a DLL and be none.
func TestLoadOfHalfALibrary(t *testing.T) {
	whole, err := os.ReadFile(libraries[0])
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(tempDir(t), "Qt6Core.dll")
	if err := os.WriteFile(half, whole[:0x1000], 0o600); err != nil {
		t.Fatal(err)
	}
	if q, err := Load(half); q != nil || err == nil || !strings.Contains(err.Error(), half) || !strings.HasSuffix(err.Error(), givePath) {
		t.Errorf("Load(%q) = %v, %v", half, q, err)
	}
}

func TestLoadNamesTheMissingFunction(t *testing.T) {
	lib := libraries[0]
	major, _, _ := strings.Cut(load(t, lib).Version(), ".")
	saved := generations[major]
	defer func() { generations[major] = saved }()

	broken := saved
	broken.names = with(saved.names, names{"MemoryLock": "?block@QSharedMemory@@QEAA_NXZ"})
	generations[major] = broken
	const want = ": MemoryLock: undefined symbol: ?block@QSharedMemory@@QEAA_NXZ; no build with a namespace (-qtnamespace) can be driven, " +
		"and of those for Windows only one by MSVC for x64"
	if _, err := Load(lib); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("with a wrong name: %v", err)
	}

	delete(generations, major)
	if _, err := Load(lib); err == nil || !strings.Contains(err.Error(), ", supported is Qt ") {
		t.Errorf("with an unknown version: %v", err)
	}
}
