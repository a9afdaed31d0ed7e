package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func output(args ...string) (string, error) {
	var out strings.Builder
	err := run(args, &out)
	return out.String(), err
}

// The test is a Go binary itself, with no module in it that the linker records.
func TestRunDescribesABinary(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	first, err := output("1.2.3", "1700000000", self)
	if err != nil {
		t.Fatal(err)
	}
	again, err := output("1.2.3", "1700000000", self)
	if err != nil || again != first {
		t.Errorf("the second time: %v\n%s", err, cmp.Diff(first, again))
	}
	var d document
	if err := json.Unmarshal([]byte(first), &d); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC); !d.Metadata.Timestamp.Equal(want) {
		t.Errorf("time %v, want %v", d.Metadata.Timestamp, want)
	}
	for _, want := range []string{
		`"specVersion": "1.6"`, `"pkg:golang/github.com/shmbridge/shmbridge@v1.2.3"`, `"file:` + self + `"`,
		`"pkg:golang/stdlib@` + strings.TrimPrefix(runtime.Version(), "go") + `"`,
	} {
		if !strings.Contains(first, want) {
			t.Errorf("no %s in %s", want, first)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("no program"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no file":             {[]string{"1.2.3", "0"}, "usage: sbom VERSION SECONDS FILE..."},
		"a time in words":     {[]string{"1.2.3", "today", text}, "seconds since 1970"},
		"a file not there":    {[]string{"1.2.3", "0", text + "s"}, text + "s: no such file"},
		"a file of something": {[]string{"1.2.3", "0", text}, text + ": "},
	} {
		t.Run(name, func(t *testing.T) {
			if out, err := output(c.args...); err == nil || !strings.Contains(err.Error(), c.want) || out != "" {
				t.Errorf("error %v, want %q; written %q", err, c.want, out)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	sys := &debug.Module{Path: "golang.org/x/sys", Version: "v0.49.0"}
	cobra := &debug.Module{Path: "github.com/spf13/cobra", Version: "v1.10.2"}
	got := describe("1.2.3", time.Unix(0, 0), []binary{
		{"a/tool", []byte("abc"), &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{sys, cobra}}},
		{"b/lib.so", nil, &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{sys}}},
	})
	library := func(path, version string) component {
		url := "pkg:golang/" + path + "@" + version
		return component{Type: "library", Ref: url, Name: path, Version: version, PURL: url}
	}
	sum := func(hex string) []hash { return []hash{{"SHA-256", hex}} }
	want := []component{
		{Type: "file", Ref: "file:a/tool", Name: "a/tool",
			Hashes: sum("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")},
		{Type: "file", Ref: "file:b/lib.so", Name: "b/lib.so",
			Hashes: sum("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")},
		library("github.com/spf13/cobra", "v1.10.2"), library("golang.org/x/sys", "v0.49.0"), library("stdlib", "1.26.8"),
	}
	if diff := cmp.Diff(want, got.Components); diff != "" {
		t.Errorf("components, -want +got:\n%s", diff)
	}
	const release, standard, x = "pkg:golang/github.com/shmbridge/shmbridge@v1.2.3", "pkg:golang/stdlib@1.26.8", "pkg:golang/golang.org/x/sys@v0.49.0"
	if diff := cmp.Diff([]dependency{
		{release, []string{"file:a/tool", "file:b/lib.so"}},
		{"file:a/tool", []string{standard, x, "pkg:golang/github.com/spf13/cobra@v1.10.2"}},
		{"file:b/lib.so", []string{standard, x}},
	}, got.Dependencies); diff != "" {
		t.Errorf("dependencies, -want +got:\n%s", diff)
	}
}
