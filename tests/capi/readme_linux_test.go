package capi

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block is a block of code in README.md.
type block struct {
	language, text string
	example        string // the file in examples that is linked to last before it, in the same section
}

// blocks returns the blocks of a section, which has a heading.
func blocks(t *testing.T, readme, heading string) (all []block) {
	t.Helper()
	_, section, ok := strings.Cut(readme, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("README.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	pattern := regexp.MustCompile("(?s)\\]\\((examples/[^)]*)\\)|(?m:^)```(\\w*)\n(.*?\n)```\n")
	example := ""
	for _, found := range pattern.FindAllStringSubmatch(section, -1) {
		if found[1] != "" {
			example = found[1]
		} else {
			all = append(all, block{found[2], found[3], example})
		}
	}
	return all
}

func readme(t *testing.T) string { return read(t, "../../README.md") }

// sh runs commands as somebody does who has installed the library.
func sh(t *testing.T, dir, commands string, env ...string) {
	t.Helper()
	stage := built(t, "stage")
	cmd := exec.CommandContext(t.Context(), "sh", "-ec", commands)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PKG_CONFIG_PATH="+stage+"/lib/pkgconfig", "CMAKE_PREFIX_PATH="+stage)
	cmd.Env = append(cmd.Env, env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", commands, err, out)
	}
}

// The programs in README.md are the examples, and the commands and the CMakeLists.txt around them build what reads Qt's text.
func TestReadmeBuildsItsPrograms(t *testing.T) {
	const command = "cmake -B build && cmake --build build"
	text := readme(t)
	if !strings.Contains(text, "`"+command+"`") {
		t.Errorf("README.md does not say %s", command)
	}
	for heading, language := range map[string]string{"In C": "c", "In C++": "cpp"} {
		t.Run(heading, func(t *testing.T) {
			dir := t.TempDir()
			var done []string
			for _, b := range blocks(t, text, heading) {
				switch {
				case b.language == language:
					writeExample(t, dir, b)
				case b.language == "cmake":
					write(t, filepath.Join(dir, "CMakeLists.txt"), b.text)
					sh(t, dir, command)
					readsText(t, language, filepath.Join(dir, "build/read_text"))
					done = append(done, "cmake")
				case strings.Contains(b.text, "pkg-config"):
					sh(t, dir, b.text)
					t.Setenv("LD_LIBRARY_PATH", built(t, "stage/lib")) // it is not installed where the linker looks
					readsText(t, language, filepath.Join(dir, "read_text"))
					done = append(done, "pkg-config")
				}
			}
			if !slices.Equal(done, []string{"cmake", "pkg-config"}) {
				t.Errorf("README.md builds its programs with %q", done)
			}
		})
	}
}

// writeExample writes a program of README.md to dir, under the name of the example that it must be.
func writeExample(t *testing.T, dir string, b block) {
	t.Helper()
	if read(t, filepath.Join("../..", b.example)) != b.text {
		t.Errorf("README.md does not show %s as it is, but\n%s", b.example, b.text)
	}
	write(t, filepath.Join(dir, filepath.Base(b.example)), b.text)
}

// readsText fails unless a program that was built reads what a Qt program shares.
func readsText(t *testing.T, language, program string) {
	t.Helper()
	m := meeting{t, t.TempDir(), language, "qtpeer-qt5"}
	qt := m.shareText("Hello%2C%20world%21")
	if out, status := converse(t, m.dir, program).end(); out != "Hello, world!\n" || status != 0 {
		t.Errorf("%s ends with %d and %q", program, status, out)
	}
	m.leaves(qt)
}

// The commands of the section In C that install the library do.
func TestReadmeInstalls(t *testing.T) {
	all := blocks(t, readme(t), "In C")
	if len(all) == 0 || !strings.Contains(all[0].text, "--install") {
		t.Fatalf("section In C begins with %v, not with how to install", all)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "sudo"), "#!/bin/sh\nexec \"$@\"\n")
	sh(t, "../..", all[0].text, "PATH="+dir+":"+os.Getenv("PATH"), "DESTDIR="+dir)
	for _, file := range []string{"include/shmbridge.h", "include/shmbridge.hpp", "lib/libshmbridge.so", "lib/pkgconfig/shmbridge.pc"} {
		if _, err := os.Stat(filepath.Join(dir, "usr/local", file)); err != nil {
			t.Error(err)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
}
