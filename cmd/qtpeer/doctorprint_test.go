package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var someFindings = []finding{
	fine("name.segment", "systemv:/tmp/x is in use"),
	{"limits.shmmni", levelProblem, "all are used, 5 of 5", strings.Repeat("because of this ", 10), "remove what nobody needs"},
	{"limits.shm", levelWarning, "nearly full", "it is", ""},
	{"confinement.selinux", levelNote, "bell\a, escape \x1b[31m, csi \u009b, new\nline and日本語", "", ""},
}

func TestFindingsText(t *testing.T) {
	want := `The name
  ok       systemv:/tmp/x is in use

Limits
  problem  all are used, 5 of 5
    Why    because of this because of this because of this because of this
           because of this because of this because of this because of this
           because of this because of this
    Do     remove what nobody needs
  warning  nearly full
    Why    it is

Confinement
  note     bell�, escape �[31m, csi �, new�line and日本語

1 problem, 1 warning, 1 note, 1 ok
`
	if diff := cmp.Diff(want, findingsText(someFindings, false)); diff != "" {
		t.Error(diff)
	}
	coloured := findingsText(someFindings, true)
	if !strings.Contains(coloured, "\x1b[1;31m  problem  \x1b[0mall are used") {
		t.Errorf("no red problem in %q", coloured)
	}
	if plain := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured, ""); plain != want {
		t.Errorf("without its colours: %q", plain)
	}
}

func TestFindingsFitTerminal(t *testing.T) {
	word := strings.Repeat("x", 100)
	for text, lines := range map[string]int{
		"":                             1,
		word:                           1, // longer than a line
		"a " + word + " b":             3,
		strings.Repeat("é", 69):        1,
		strings.Repeat("é", 68) + " a": 2,
		strings.Repeat("é", 67) + " a": 1,
		strings.TrimSpace(strings.Repeat("word ", 14*3)): 3,
	} {
		got := wrapped(text)
		if n := strings.Count(got, "\n"); n != lines {
			t.Errorf("%q: %d lines, want %d: %q", text, n, lines, got)
		}
		if strings.Join(strings.Fields(got), " ") != text {
			t.Errorf("%q became %q", text, got)
		}
		for line := range strings.Lines(strings.Repeat(" ", textBegins) + got) {
			if n := utf8.RuneCountInString(line) - 1; n > textEnds && !strings.Contains(line, word) {
				t.Errorf("%q: a line of %d characters", text, n)
			}
		}
	}
}

func TestFindingsJSON(t *testing.T) {
	var out bytes.Buffer
	if err := printFindings(&out, someFindings[:2], true); err != nil {
		t.Fatal(err)
	}
	want := `{"findings":[{"id":"name.segment","level":"ok","what":"systemv:/tmp/x is in use","why":"","do":""},` +
		`{"id":"limits.shmmni","level":"problem","what":"all are used, 5 of 5","why":"` + strings.Repeat("because of this ", 10) +
		`","do":"remove what nobody needs"}]}` + "\n"
	if out.String() != want {
		t.Errorf("%s, want %s", out.String(), want)
	}
}

// Every finding of the program belongs to a group, or would not be printed, and no id is that of two findings of one place.
func TestFindingsHaveGroups(t *testing.T) {
	sources, err := filepath.Glob("doctor*.go")
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`"([a-z]+\.[a-z]{2,}(?:-[a-z]+)*)"`)
	seen := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		for _, m := range id.FindAllStringSubmatch(readString(t, source), -1) {
			seen++
			if (finding{ID: m[1]}).group() < 0 {
				t.Errorf("%s: %s is in no group", source, m[1])
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d findings", seen)
	}
}

// What a terminal gets, the script doctor.txtar has.
func TestColourIsForTerminals(t *testing.T) {
	file, err := os.Create(filepath.Join(tempDir(t), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isColoured(file) || isColoured(new(bytes.Buffer)) {
		t.Error("colours in a file")
	}
}

func TestMisnamed(t *testing.T) {
	const sha = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
	for name, want := range map[string]string{
		"test": "", "my.app": "", "": "", "qipc_sharedmemory_": "", "qipc_sharedmemory_test": "", "http://x": "",
		"qipc_sharedmemory_test" + sha:        "name.derived",
		"qipc_systemsem_" + sha:               "name.derived",
		"/qipc_sharedmemory_test" + sha:       "name.derived",
		"/tmp/qipc_sharedmemory_test" + sha:   "name.derived",
		"xqipc_sharedmemory_test" + sha:       "",
		"qipc_sharedmemory_test1" + sha[2:]:   "",
		strings.Repeat("a", 43) + "=":         "name.hashed",
		strings.Repeat("_+", 21) + "A=":       "name.hashed",
		strings.Repeat("a", 44) + "=":         "",
		"posix:/test":                         "name.text",
		"systemv:/tmp/x?legacyKey=x":          "name.text",
		strings.Repeat("a", 196):              "",
		strings.Repeat("a", 197):              "name.long",
		strings.Repeat("7", 5000):             "",
		strings.Repeat("Az", 98) + "日本語 1234": "",
	} {
		found := misnamed(name)
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || found[0].ID != want) {
			t.Errorf("%.60q: %+v, want %q", name, found, want)
		}
	}
}

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{"": "''", "posix:/a_b": "posix:/a_b", "a b": "'a b'", "a?b": "'a?b'", "it's": `'it'\''s'`, "$x": "'$x'"} {
		if got := shellWord(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}
