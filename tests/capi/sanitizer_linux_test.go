package capi

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sanitized builds the library and programs with what gcc's -fsanitize= takes, and returns where they are. Of the library,
// what is C is checked: Go code is not. With an overlay, see go help build, it is a library with a mistake.
func sanitized(t *testing.T, sanitizer, overlay string, programs ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	flags := []string{"-fsanitize=" + sanitizer, "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g", "-O1"}
	build := exec.Command("go", "build", "-buildmode=c-shared", "-buildvcs=false", "-overlay="+overlay,
		"-o", filepath.Join(dir, "libshmbridge.so"), "../../capi")
	build.Env = append(os.Environ(), "CGO_ENABLED=1", "CGO_CFLAGS="+strings.Join(flags, " "), "CGO_LDFLAGS="+flags[0])
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range programs {
		args := append([]string{"-std=c11", "-I../../include", "c/" + name + ".c", "-o", filepath.Join(dir, name),
			"-L" + dir, "-Wl,--as-needed", "-lshmbridge", "-Wl,-rpath," + dir}, flags...)
		if out, err := exec.Command("gcc", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	return dir
}

// unsanitized are programs for which the address sanitizer does not do: it is not made for a child of fork(2) that ends with
// exit(3), allocates memory that others count, and takes its time.
var unsanitized = []string{"fork", "full", "cycles", "interrupts"}

func TestAddressSanitizer(t *testing.T) {
	sanitize := slices.DeleteFunc(slices.Clone(programs), func(p program) bool { return slices.Contains(unsanitized, p.name) })
	runSanitized(t, "address,undefined", sanitize)
}

// runSanitized builds the library and programs and runs these.
func runSanitized(t *testing.T, sanitizer string, programs []program) {
	t.Helper()
	var names []string
	for _, p := range programs {
		names = append(names, p.name)
	}
	dir := sanitized(t, sanitizer, "", slices.Compact(names)...)
	for _, p := range programs {
		t.Run(p.String(), func(t *testing.T) {
			run(t, filepath.Join(dir, p.name), p.arguments(filepath.Join(dir, "libshmbridge.so"))...)
		})
	}
}

// Threads that take the lock the short way, without Go, and those that wait for it in Go see each other's work. Handles are
// mapped at different addresses, whose accesses the sanitizer does not know to be the same: so there is only one.
var oneHandle = []program{
	{name: "counter", args: []string{systemV, "1", "1", "4", "2000"}},
	{name: "counter", args: []string{posix, "1", "1", "4", "2000"}},
}

func TestThreadSanitizer(t *testing.T) {
	t.Setenv("TSAN_OPTIONS", "atexit_sleep_ms=0")
	runSanitized(t, "thread", append(slices.Clone(oneHandle), program{name: "copy"}, program{name: "waits"}))
}

// The sanitizer would notice if giving the lock back did not order what was done under it.
func TestThreadSanitizerSeesARace(t *testing.T) {
	t.Setenv("TSAN_OPTIONS", "atexit_sleep_ms=0")
	dir := sanitized(t, "thread", mistaken(t, "../../capi/hot.c", "to, __ATOMIC_RELEASE)", "to, __ATOMIC_RELAXED)"), "counter")
	for _, p := range oneHandle {
		if out, err := try(t, filepath.Join(dir, p.name), p.args...); err == nil || !strings.Contains(out, "data race") {
			t.Errorf("%v: %v\n%s", p, err, out)
		}
	}
}

// mistaken returns an overlay in which the file has wrong instead of right.
func mistaken(t *testing.T, file, right, wrong string) string {
	t.Helper()
	text := read(t, file)
	if strings.Count(text, right) != 1 {
		t.Fatalf("%s has not one %q", file, right)
	}
	dir := t.TempDir()
	replaced, overlay := filepath.Join(dir, filepath.Base(file)), filepath.Join(dir, "overlay.json")
	original, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: replaced}})
	if err != nil {
		t.Fatal(err)
	}
	for path, data := range map[string]string{replaced: strings.Replace(text, right, wrong, 1), overlay: string(replace)} {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return overlay
}
