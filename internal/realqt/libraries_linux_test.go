//go:build amd64 || arm64

package realqt

import (
	"os"
	"path/filepath"
	"regexp"
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
			"; "+gui.remedy)

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
			"; "+gui.remedy)
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
