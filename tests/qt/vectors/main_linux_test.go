package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakes makes a directory of programs that print these lines for the system's Qt 5.15.8 and Qt 6.4.2, and for another Qt
// what fakeBuild put beside its library, and a directory for files.
func fakes(t *testing.T, lines5, lines6 string) (bin, dir string) {
	t.Helper()
	bin, dir = t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"qt5": "5.15.8\n" + lines5, "qt6": "6.4.2\n" + lines6} {
		system := filepath.Join(bin, name)
		writeFile(t, filepath.Join(mkdir(t, system), "print"), text, 0o644)
		script := fmt.Sprintf("#!/bin/sh\nexec cat \"${LD_LIBRARY_PATH:-%s}/print\"\n", system)
		writeFile(t, filepath.Join(bin, "qtvectors-"+name), script, 0o755)
	}
	return bin, dir
}

func mkdir(t *testing.T, name string) string {
	t.Helper()
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

func writeFile(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// fakeBuild makes the directory of a build whose programs print the text, and returns its core library.
func fakeBuild(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "print"), text, 0o644)
	return filepath.Join(dir, "libQt6Core.so.6")
}

func tabs(lines ...string) string {
	return strings.ReplaceAll(strings.Join(lines, "\n")+"\n", " ", "\t")
}

// vectorLines returns the lines of a file that are no comments.
func vectorLines(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.SplitAfter(string(text), "\n"), func(l string) bool { return strings.HasPrefix(l, "#") })
	return strings.Join(lines, "")
}

func TestWritesWhatDiffers(t *testing.T) {
	bin, dir := fakes(t,
		tabs("a 1 big double 00 0 =", "a 2 big double 02 0 =", "old 1 big double 00 0 =", "z 1 big double 00 0 ="),
		tabs("a 1 big double 01 0 =", "a 2 big double 00 0 =", "z 1 big double 00 0 ="))
	newest := fakeBuild(t, "6.12.0\n"+tabs("a 1 big double 00 0 =", "a 2 big double 00 0 =", "a 3 big double 00 0 =", "z 1 big double 00 0 ="))
	if err := run(bin, dir, true, []string{newest}); err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"6.12.0": tabs("a 1-3 big double 00 0 =", "z 1-1 big double 00 0 ="),
		"6.4.2":  tabs("a 1-1 big double 01 0 ="),
		"5.15.8": tabs("a 1-1 big double 00 0 =", "a 2-2 big double 02 0 =", "old 1-1 big double 00 0 ="),
	} {
		if got := vectorLines(t, fileName(dir, version)); got != want {
			t.Errorf("Qt %s has\n%swant\n%s", version, got, want)
		}
	}
	if err := run(bin, dir, false, []string{newest}); err != nil {
		t.Errorf("what was written is not what Qt makes: %v", err)
	}
}

func TestSaysWhatDiffers(t *testing.T) {
	fresh := tabs("a 1 big double 00 0 =", "b 1 big double 00 0 =")
	for _, test := range []struct{ name, before, err string }{
		{"a line", tabs("a 1 big double 00 0 =", "b 1 big double 01 0 ="), "qt-6.4.2.txt:5 is not what Qt 6.4.2 makes"},
		{"one more", fresh + tabs("c 1 big double 00 0 ="), "qt-6.4.2.txt:6 is not what Qt 6.4.2 makes"},
		{"one less", tabs("a 1 big double 00 0 ="), "qt-6.4.2.txt:5 is not what Qt 6.4.2 makes"},
		{"nothing", fresh, ""},
	} {
		bin, dir := fakes(t, "", test.before)
		if err := run(bin, dir, true, nil); err != nil {
			t.Fatal(err)
		}
		again, _ := fakes(t, "", fresh)
		if err := run(again, dir, false, nil); (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.err)
		}
	}
}

func TestSaysWhereAFileIsDamaged(t *testing.T) {
	bin, dir := fakes(t, "", tabs("a 1 big double 00 0 ="))
	if err := run(bin, dir, true, nil); err != nil {
		t.Fatal(err)
	}
	name := fileName(dir, "6.4.2")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, err string }{
		{string(text[:len(text)-1]), "qt-6.4.2.txt:6 is not what Qt 6.4.2 makes:\n(nothing)\nit makes:\n"},
		{string(text) + "more", "qt-6.4.2.txt:6 is not what Qt 6.4.2 makes:\nmore\nit makes:\n"},
		{string(text) + "\nmore", "qt-6.4.2.txt:7 is not what Qt 6.4.2 makes:\nmore\nit makes:\n(nothing)"},
	} {
		writeFile(t, name, test.text, 0o644)
		if err := run(bin, dir, false, nil); err == nil || !strings.Contains(err.Error(), test.err) {
			t.Errorf("error %v, want %q", err, test.err)
		}
	}
}

// A value that is gone shows in the sum of the file of an older Qt, which does not have the values of newer ones.
func TestSaysWhatIsGone(t *testing.T) {
	lines := tabs("a 1 big double 00 0 =", "b 1 big double 00 0 =")
	newest := fakeBuild(t, "6.12.0\n"+lines)
	bin, dir := fakes(t, "", lines)
	if err := run(bin, dir, true, []string{newest}); err != nil {
		t.Fatal(err)
	}
	again, _ := fakes(t, "", tabs("a 1 big double 00 0 ="))
	if err := run(again, dir, false, []string{newest}); err == nil || !strings.Contains(err.Error(), "# All of that Qt: 1 vectors") {
		t.Errorf("error %v", err)
	}
}

func TestPNGMayDiffer(t *testing.T) {
	bin, dir := fakes(t, "", tabs("i 1 big double "+pngA+" 0 ="))
	if err := run(bin, dir, true, nil); err != nil {
		t.Fatal(err)
	}
	again, _ := fakes(t, "", tabs("i 1 big double "+pngB+" 0 ="))
	if err := run(again, dir, false, nil); err != nil {
		t.Error(err)
	}
}

func TestRefuses(t *testing.T) {
	bin, dir := fakes(t, "", "")
	for want, library := range map[string]string{
		"is not the core library of Qt 5 or Qt 6": "/opt/libQt4Core.so.4",
		"No such file":     "/no/such/libQt6Core.so.6",
		"has not 7 fields": fakeBuild(t, "6.12.0\nnonsense\n"),
	} {
		if err := run(bin, dir, true, []string{library}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", library, err, want)
		}
	}
	if err := run(t.TempDir(), dir, false, nil); err == nil || !strings.Contains(err.Error(), "cmake --build build --target qtvectors") {
		t.Errorf("without programs: error %v", err)
	}
	if err := run(bin, t.TempDir(), false, nil); err == nil || !strings.Contains(err.Error(), "no file for Qt 6.4.2: write it with -w") {
		t.Errorf("without files: error %v", err)
	}
}

// The programs get an environment that does not depend on the user's.
func TestEnvironment(t *testing.T) {
	t.Setenv("TZ", "Asia/Tokyo")
	t.Setenv("QT_QPA_PLATFORM", "xcb")
	bin, tmp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", tmp)
	writeFile(t, filepath.Join(bin, "program"), `#!/bin/sh
[ -d "$XDG_RUNTIME_DIR" ] || exit 1
echo "$TZ $LC_ALL $QT_QPA_PLATFORM $QT_HASH_SEED $LD_LIBRARY_PATH $QT_QPA_PLATFORM_PLUGIN_PATH $QT_LOGGING_RULES"
`, 0o755)
	version, _, err := qt{filepath.Join(bin, "program"), "/lib/qt"}.run()
	if want := "Europe/Paris C.UTF-8 offscreen 0 /lib/qt /lib/qt *=false"; version != want || err != nil {
		t.Errorf("environment is %q, error %v, want %q", version, err, want)
	}
	if left, err := os.ReadDir(tmp); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, error %v", left, err)
	}
	writeFile(t, filepath.Join(bin, "program"), "#!/bin/sh\necho no plug-in >&2\nexit 3\n", 0o755)
	if _, _, err = (qt{filepath.Join(bin, "program"), ""}).run(); err == nil || !strings.Contains(fmt.Sprint(err), "no plug-in") {
		t.Errorf("a program that fails: error %v", err)
	}
}
