package bridge

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// inRoot makes a small file system, in which the working directory is cwd by way of the symbolic link cwdlink, and
// returns what puts its path in the place of "@".
func inRoot(t *testing.T) func(string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	for _, dir := range []string{"real/sub", "cwd/rel", "bad\xff", "T"} {
		err = errors.Join(err, os.MkdirAll(filepath.Join(root, dir), 0o700))
	}
	for link, target := range map[string]string{
		"link": "real", "sublink": "real/sub", "cwdlink": "cwd", "cwd/up": "../link",
		"loop": "loop", "dangling": "nowhere", "badlink": "bad\xff",
	} {
		err = errors.Join(err, os.Symlink(target, filepath.Join(root, link)))
	}
	if err := errors.Join(err, os.WriteFile(filepath.Join(root, "file"), nil, 0o700)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "cwd"))
	t.Setenv("PWD", filepath.Join(root, "cwdlink"))
	return strings.NewReplacer("@", root).Replace
}

// TestTempDir holds what Qt answered: lexical is 5.6.0 to 5.11.2 (6 versions), canonical 5.12.10 to 6.9.1 (19 versions),
// absolute 6.9.2 to 6.12.0 (4 versions).
func TestTempDir(t *testing.T) {
	at := inRoot(t)
	tests := []struct{ tmpdir, lexical, canonical, absolute string }{
		{"", "/tmp", "/tmp", "/tmp"},
		{"@/real", "@/real", "@/real", "@/real"},
		{"@/real/", "@/real", "@/real", "@/real"},
		{"@/real//", "@/real", "@/real", "@/real/"},
		{"/@/real", "@/real", "@/real", "@/real"},
		{"@/real/.", "@/real", "@/real", "@/real"},
		{"@/real/../link", "@/link", "@/real", "@/link"},
		{"@/link/", "@/link", "@/real", "@/link"},
		{"@/sublink/..", "@", "@", "@"},
		{"@/missing", "@/missing", "", "@/missing"},
		{"@/dangling", "@/dangling", "", "@/dangling"},
		{"@/loop", "@/loop", "@/loop", "@/loop"},
		{"../loop", "../loop", "../loop", "@/loop"},
		{"@/file", "@/file", "@/file", "@/file"},
		{"@/file/x", "@/file/x", "", "@/file/x"},
		{"rel/", "rel", "@/cwd/rel", "@/cwd/rel"},
		{"rel//", "rel", "@/cwd/rel", "@/cwd/rel/"},
		{"./rel", "rel", "@/cwd/rel", "@/cwd/rel"},
		{"up/sub", "up/sub", "@/real/sub", "@/cwd/up/sub"},
		{".", ".", "@/cwd", "@/cwd"},
		{"..", "..", "@", "@"},
		{"missing", "missing", "", "@/cwd/missing"},
		{"~", "~", "", "@/cwd/~"},
		{":/x", ":/x", ":/x", "@/cwd/:/x"},
		{"/", "/", "/", "/"},
		{"/..", "/..", "/", "/.."},
		{"@/bad\xff", "@/bad\ufffd", "", "@/bad\ufffd"},
		{"@/badlink", "@/badlink", "@/bad\ufffd", "@/badlink"},
	}
	for _, tt := range tests {
		t.Setenv("TMPDIR", at(tt.tmpdir))
		for rule, want := range map[ipckey.TempRule]string{
			ipckey.TempLexical: at(tt.lexical), ipckey.TempCanonical: at(tt.canonical), ipckey.TempAbsolute: at(tt.absolute),
		} {
			rules := ipckey.Rules{Temp: rule}
			if got := Environment(WithRules(rules)); got.TempDir != want || got.Rules != rules || got.GOOS != "linux" {
				t.Errorf("TMPDIR=%q, rule %d: %+v, want the TempDir %q", tt.tmpdir, rule, got, want)
			}
		}
	}
}

// TestTempDirWithoutWorkingDirectory holds what Qt 6.12.0 answered.
func TestTempDirWithoutWorkingDirectory(t *testing.T) {
	at := inRoot(t)
	t.Setenv("TMPDIR", "rel")
	if err := os.RemoveAll(at("@/cwd")); err != nil {
		t.Fatal(err)
	}
	if got := Environment().TempDir; got != "rel" {
		t.Errorf("TempDir is %q, want rel", got)
	}
}

func TestLegacyKeysFollowTheRules(t *testing.T) {
	at := inRoot(t)
	t.Setenv("TMPDIR", at("@/link"))
	for rule, dir := range map[ipckey.TempRule]string{ipckey.TempCanonical: at("@/real/"), ipckey.TempAbsolute: at("@/link/")} {
		rules := WithRules(ipckey.Rules{Temp: rule})
		segment, err := LegacyKey("test", rules)
		semaphore, err2 := LegacySemaphoreKey("test", rules)
		const name = "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
		if segment.Native != dir+"qipc_sharedmemory_"+name || semaphore.Native != dir+"qipc_systemsem_"+name || err != nil || err2 != nil {
			t.Errorf("rule %d: %v, %v and %v, %v; want keys in %s", rule, segment, err, semaphore, err2, dir)
		}
	}
	if key, err := LegacyKey("\xff"); key != (ipckey.Key{}) || !errors.Is(err, ipckey.ErrNotUTF8) {
		t.Errorf("a name that is not UTF-8 has the key %v, %v", key, err)
	}
}

// TestRuntimeDir holds what ten versions from Qt 6.6.0 to 6.12.0 answered for XDG_RUNTIME_DIR; those that Qt rejects lead
// to the directory in TMPDIR.
func TestRuntimeDir(t *testing.T) {
	at := inRoot(t)
	modes := map[string]os.FileMode{
		"m600": 0o600, "m500": 0o500, "m701": 0o701, "m711": 0o711, "m755": 0o755,
		"sticky": 0o700 | os.ModeSticky, "setgid": 0o700 | os.ModeSetgid, "setuid": 0o700 | os.ModeSetuid,
	}
	for name, mode := range modes {
		if err := errors.Join(os.Mkdir(at("@/")+name, 0o700), os.Chmod(at("@/")+name, mode)); err != nil {
			t.Fatal(err)
		}
	}
	mountReadOnly(t, at("@/readonly"))
	if err := syscall.Mkfifo(at("@/fifo"), 0o700); err != nil {
		t.Fatal(err)
	}
	accepted := []string{
		"@/real", "@/real/", "@/real//", "@/real/.", "@//real", "@/cwd/../real", "@/link/",
		"@/sticky", "@/setgid", "@/setuid", "@/missing", "@/missing/", "@/missing//", "@/link/missing", "@/./missing", "@/ ", "@/é",
	}
	rejected := []string{
		"", "@/link", "@/dangling", "@/dangling/", "@/m600", "@/m500", "@/m701", "@/m711", "@/m755", "@/file", "@/file/", "@/fifo",
		"@/no/parent", "@/missing/.", "@/missing/../missing", "@/file/x", "@/readonly/x", "@/" + strings.Repeat("x", 300),
		"rel", "rel/", "missing", ".", "..", "./rel", "../real", "~", "~/x", ":/x", " ", "é",
	}
	before := listing(t, at("@"))
	t.Setenv("TMPDIR", at("@/T"))
	t.Setenv("USER", "somebody-else")
	for _, xdg := range accepted {
		wantRuntimeDir(t, at(xdg), at(xdg))
	}
	for _, xdg := range rejected {
		wantRuntimeDir(t, at(xdg), at("@/T/runtime-"+userName(t)))
	}
	wantRuntimeDir(t, at("@/missing\xff"), at("@/missing\ufffd"))
	if after := listing(t, at("@")); !slices.Equal(after, before) {
		t.Errorf("Environment made something: %q, before %q", after, before)
	}
}

// TestFallbackRuntimeDir holds what Qt 6.6.0, 6.8.3 and 6.12.0 answered.
func TestFallbackRuntimeDir(t *testing.T) {
	at := inRoot(t)
	t.Setenv("TMPDIR", at("@/T"))
	dir := at("@/T/runtime-" + userName(t))
	tests := []struct {
		name   string
		make   func() error
		usable bool
	}{
		{"missing", func() error { return nil }, true},
		{"good", func() error { return os.Mkdir(dir, 0o700) }, true},
		{"open to others", func() error { return errors.Join(os.Mkdir(dir, 0o700), os.Chmod(dir, 0o755)) }, false},
		{"a file", func() error { return os.WriteFile(dir, nil, 0o700) }, false},
		{"a symbolic link", func() error { return os.Symlink("../real", dir) }, false},
		{"without TMPDIR", func() error { return os.RemoveAll(at("@/T")) }, false},
	}
	for _, tt := range tests {
		if err := errors.Join(os.RemoveAll(dir), tt.make()); err != nil {
			t.Fatal(err)
		}
		want := ""
		if tt.usable {
			want = dir
		}
		if got := Environment().RuntimeDir; got != want {
			t.Errorf("%s: RuntimeDir is %q, want %q", tt.name, got, want)
		}
	}
}

// TestRuntimeDirOfOtherUsers holds what Qt 6.6.0, 6.8.3 and 6.12.0 answered, which do not look at USER: here it helps where
// the system's list does not have the user.
func TestRuntimeDirOfOtherUsers(t *testing.T) {
	const nobody, unknown = 65534, 54321
	at := inRoot(t)
	t.Setenv("TMPDIR", at("@/T"))
	known, err := user.LookupId(strconv.Itoa(nobody))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(filepath.Dir(at("@")), 0o755), os.Chmod(at("@"), 0o755), os.Chmod(at("@/T"), 0o777)); err != nil {
		t.Fatal(err)
	}
	asUser(t, unknown, func() {
		for _, name := range []string{"", "somebody"} {
			t.Setenv("USER", name)
			wantRuntimeDir(t, "", at("@/T/runtime-"+name))
		}
	})
	asUser(t, nobody, func() { wantRuntimeDir(t, at("@/real"), at("@/T/runtime-"+known.Username)) })
	if err := os.Chown(at("@/real"), nobody, nobody); err != nil {
		t.Fatal(err)
	}
	wantRuntimeDir(t, at("@/real"), at("@/T/runtime-"+userName(t)))
	asUser(t, nobody, func() { wantRuntimeDir(t, at("@/real"), at("@/real")) })
}

func wantRuntimeDir(t *testing.T, xdg, want string) {
	t.Helper()
	t.Setenv("XDG_RUNTIME_DIR", xdg)
	if got := Environment().RuntimeDir; got != want {
		t.Errorf("XDG_RUNTIME_DIR=%q: RuntimeDir is %q, want %q", xdg, got, want)
	}
}

// userName asks the C library, as Qt does.
func userName(t *testing.T) string {
	t.Helper()
	name, err := exec.Command("id", "-un").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(name))
}

func mountReadOnly(t *testing.T, dir string) {
	t.Helper()
	err := errors.Join(os.Mkdir(dir, 0o700), syscall.Mount("shmbridge-test", dir, "tmpfs", syscall.MS_RDONLY, ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
}

// listing returns the path and mode of everything below dir.
func listing(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		all = append(all, path+" "+info.Mode().String())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
