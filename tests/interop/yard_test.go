//go:build linux

package interop

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// yard is a directory with everything that TMPDIR and XDG_RUNTIME_DIR can name: the working directory of peers, so that
// what they make by mistake is made there.
type yard struct {
	*rand.Rand
	dir   string
	found []string // what is there, and stays
}

func newYard(t *testing.T) *yard {
	y := &yard{Rand: random(t), dir: t.TempDir()}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"good", "here", "bad\xff", "é 日"} {
		must(os.Mkdir(filepath.Join(y.dir, dir), 0o700))
	}
	must(os.Mkdir(filepath.Join(y.dir, "open"), 0o755))
	must(os.WriteFile(filepath.Join(y.dir, "file"), nil, 0o700))
	must(os.Symlink("good", filepath.Join(y.dir, "link")))
	must(os.Symlink("nowhere", filepath.Join(y.dir, "dangling")))
	y.found = y.list(t.Fatal)
	t.Cleanup(y.tidy)
	return y
}

// at makes peers run there.
func (y *yard) at(programs Programs) Programs {
	moved := Programs{}
	for kind, command := range programs {
		moved[kind] = append([]string{"env", "-C", filepath.Join(y.dir, "here")}, command...)
	}
	return moved
}

// list lists everything in the yard.
func (y *yard) list(fail func(...any)) (paths []string) {
	err := filepath.Walk(y.dir, func(path string, _ os.FileInfo, err error) error {
		paths = append(paths, path)
		return err
	})
	if err != nil {
		fail(err)
	}
	return paths
}

// tidy removes what Qt has made there: it makes missing directories.
func (y *yard) tidy() {
	all := y.list(func(...any) {})
	slices.Reverse(all) // what is inside first
	for _, path := range all {
		if !slices.Contains(y.found, path) {
			_ = os.Remove(path)
		}
	}
}

// randomPlace returns values for the two variables. Where Qt could fall back on a runtime directory outside the yard,
// and make it, it is given one that will do. Qt 4 gets ASCII alone: it reads the names of files in the C library's locale,
// which is the program's affair.
func (y *yard) randomPlace(ascii bool) map[string]string {
	safe := pick(y.Rand, "good", "é 日", "missing")
	inside := []string{"good", "link", "open", "good/../link"}
	outside := []string{"missing", "missing/deeper", "file", "dangling", "link/..", "good/../file"}
	if !ascii {
		inside = append(inside, "é 日")
		outside = append(outside, "bad\xff", "gone\xff", "good/../bad\xff")
	}
	anywhere := slices.Concat(inside, outside)
	tmp, runtime := y.spelled(pick(y.Rand, inside...)), y.spelled(pick(y.Rand, anywhere...))
	odd := pick(y.Rand, "", "/", "//", ".", "..", "../good", "../missing", "missing", "//tmp", ":/x", "~/x", "./../good/")
	switch y.IntN(4) {
	case 0:
		runtime = odd
	case 1:
		tmp, runtime = odd, filepath.Join(y.dir, safe)
	case 2:
		tmp, runtime = y.spelled(pick(y.Rand, anywhere...)), filepath.Join(y.dir, safe)
	}
	return map[string]string{"TMPDIR": tmp, "XDG_RUNTIME_DIR": runtime}
}

// spelled returns one of many ways to write the path of something in the yard.
func (y *yard) spelled(name string) string {
	path := pick(y.Rand, "", "", "/", "//") + y.dir + pick(y.Rand, "/", "/", "//", "/./", "/good/../") + name
	return path + pick(y.Rand, "", "", "", "/", "//", "///", "/.", "/./")
}
