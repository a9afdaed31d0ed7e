//go:build amd64 || arm64

package realqt

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fileOf returns the path of a library that is mapped.
func fileOf(t *testing.T, name string) string {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`(/.*/` + regexp.QuoteMeta(name) + `[.0-9]*)\n`).FindSubmatch(maps)
	if match == nil {
		t.Fatalf("no file %s* is mapped", name)
	}
	return string(match[1])
}

// link puts a symbolic link to a mapped library into dir and returns its path.
func link(t *testing.T, name, dir string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Symlink(fileOf(t, name), path); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantImageError wants an error that begins and ends so of everything that takes a QImage, and of nothing else.
func wantImageError(t *testing.T, q *Qt, begin, end string) {
	t.Helper()
	begin = "realqt: load QtGui: " + begin
	for range 2 { // the failure is kept
		_, encoding := q.EncodeQImage(nil)
		_, decoding := q.DecodeQImage(make([]byte, 4))
		for _, err := range []error{encoding, decoding} {
			if !errors.Is(err, errors.ErrUnsupported) || !strings.HasPrefix(err.Error(), begin) || !strings.HasSuffix(err.Error(), end) {
				t.Errorf("got  %v\nwant %s ... %s", err, begin, end)
			}
		}
	}
	if s, err := q.DecodeQString(q.EncodeQString("a")); s != "a" || err != nil {
		t.Errorf("a QString comes back as %q, %v", s, err)
	}
}

func TestGuiIsBesideTheCoreLibrary(t *testing.T) {
	eachQt(t, func(t *testing.T, system *Qt) {
		if _, err := system.EncodeQImage(nil); err != nil {
			t.Fatal(err)
		}
		core, gui := installed[filepath.Base(t.Name())].file, system.generation.gui
		dir := t.TempDir()
		alone, err := Load(link(t, core, dir))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, gui.file)
		wantImageError(t, alone, file+": cannot open shared object file: No such file or directory; ",
			"; QtGui must be beside the Qt core library; the system's own is in the Debian package "+gui.debianPackage)

		both, err := Load(filepath.Join(dir, core))
		if err != nil {
			t.Fatal(err)
		}
		link(t, gui.file, dir)
		if stream, err := both.EncodeQImage(nil); len(stream) != 4 || err != nil {
			t.Errorf("with QtGui beside the core library: %x, %v", stream, err)
		}
	})
}

func TestGuiMissingInTheSystem(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		gui := &q.generation.gui
		gui.file += ".missing"
		wantImageError(t, q, gui.file+": cannot open shared object file: No such file or directory; ",
			"; QtGui must be beside the Qt core library; the system's own is in the Debian package "+gui.debianPackage)
	})
}

// Of two libraries of one major version, the dynamic linker gives QtGui the one that was loaded first.
func TestGuiOfAnotherCoreLibrary(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		loaded := q.version
		q.version = "1.2.3"
		wantImageError(t, q, q.generation.gui.file+" got the core library of Qt "+loaded+", ",
			", which was loaded before that of Qt 1.2.3; load one of the two in a process")
	})
}

func TestGuiWithoutItsFunctions(t *testing.T) {
	saved := guiNames
	defer func() { guiNames = saved }()
	guiNames = with(saved, names{"ImageLoad": "_ZN6QImage4lostEv"})
	eachQt(t, func(t *testing.T, q *Qt) {
		file := q.generation.gui.file
		wantImageError(t, q, file+": Qt "+q.Version()+": ImageLoad: ", "/"+file+": undefined symbol: _ZN6QImage4lostEv")
	})

	t.Run("nor a version", func(t *testing.T) {
		q := load(t, "qt6")
		q.generation.gui.file = "libm.so.6"
		wantImageError(t, q, "libm.so.6: ", "/libm.so.6: undefined symbol: qVersion")
	})
}
