//go:build amd64 || arm64

package realqt

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The file of a library ends with its version, and the kernel knows the files that are mapped.
func TestVersionIsThatOfTheFile(t *testing.T) {
	for lib, file := range map[string]string{"qt5": "libQt5Core.so.", "qt6": "libQt6Core.so."} {
		q := load(t, lib)
		maps, err := os.ReadFile("/proc/self/maps")
		if err != nil {
			t.Fatal(err)
		}
		match := regexp.MustCompile(regexp.QuoteMeta(file) + `(\d+\.\d+\.\d+)\n`).FindSubmatch(maps)
		if match == nil {
			t.Fatalf("no file %s*.*.* is mapped after Load(%q)", file, lib)
		}
		if q.Version() != string(match[1]) {
			t.Errorf("%s: version %q, want %q as in the name of the file", lib, q.Version(), match[1])
		}
	}
}

func TestLoadByPath(t *testing.T) {
	q, err := Load("libQt6Core.so.6")
	if err != nil {
		t.Fatal(err)
	}
	if want := load(t, "qt6").Version(); q.Version() != want {
		t.Errorf("version %q, want %q", q.Version(), want)
	}
}

func TestTempPathFollowsTheEnvironment(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		if want := os.Getenv("TMPDIR"); q.TempPath() != want {
			t.Errorf("temp path %q, want %q", q.TempPath(), want)
		}
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		name := "häß 😀"
		if isQt4(q) {
			name = "a b" // it takes the locale's encoding: here that of C, which is ASCII
		}
		dir = filepath.Join(dir, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("TMPDIR", dir)
		if q.TempPath() != dir {
			t.Errorf("temp path %q after setting TMPDIR to %q", q.TempPath(), dir)
		}
	})
}

func TestLoadFailures(t *testing.T) {
	notALibrary := filepath.Join(t.TempDir(), "text.so")
	if err := os.WriteFile(notALibrary, []byte("text\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path string
		want []string
	}{
		{"/nowhere/libQt6Core.so.6", []string{"/nowhere/libQt6Core.so.6: cannot open", "libqt5core5a", "libqt6core6"}},
		{"qt4", []string{"load qt4: qt4: cannot open", "qt5 or qt6"}},
		{notALibrary, []string{notALibrary + ": ", "give the path of a Qt core library"}},
		{"libm.so.6", []string{"load libm.so.6: not a Qt core library", "undefined symbol: qVersion"}},
	} {
		q, err := Load(test.path)
		if q != nil || err == nil {
			t.Errorf("Load(%q) = %v, %v, want an error", test.path, q, err)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("Load(%q): %q does not say %q", test.path, err, want)
			}
		}
	}
}

func TestLoadNamesTheMissingPackage(t *testing.T) {
	saved := installed["qt5"]
	defer func() { installed["qt5"] = saved }()
	missing := saved
	missing.file = "libQt5Core.so.5.missing"
	installed["qt5"] = missing
	const want = "realqt: load qt5: libQt5Core.so.5.missing: cannot open shared object file: No such file or directory; " +
		"install the Debian package libqt5core5a or give the path of a Qt core library"
	if _, err := Load("qt5"); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestLoadNamesTheMissingFunction(t *testing.T) {
	saved := generations["6"]
	defer func() { generations["6"] = saved }()

	broken := saved
	broken.names = with(saved.names, names{"MemoryLock": "_ZN13QSharedMemory5blockEv"})
	generations["6"] = broken
	if _, err := Load("qt6"); err == nil || !strings.Contains(err.Error(), "MemoryLock: ") ||
		!strings.Contains(err.Error(), "undefined symbol: _ZN13QSharedMemory5blockEv; ") {
		t.Errorf("with a wrong name: %v", err)
	}

	delete(generations, "6")
	if _, err := Load("qt6"); err == nil || !strings.Contains(err.Error(), ", supported is Qt 4, 5") {
		t.Errorf("with an unknown version: %v", err)
	}
}
