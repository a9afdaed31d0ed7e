package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const results = `S1-text	systemv	legacy	Go	Go	pass
S1-text	systemv	legacy	Go	Qt 5.15.8	pass
S1-text	systemv	legacy	Go 32-bit	Qt 5.15.8	pass
S1-text	systemv	legacy	Qt 5.15.8	Go	pass
S3-int	systemv	legacy	Qt 5.15.8	Go	pass
S1-text	systemv	legacy	Go	Qt 5.9.3	pass
S1-text	systemv	legacy	Go	Qt 6.10.3	pass
S1-text	systemv	legacy	Qt 6.10.3	Go	pass
S1-text	posix	safe	Qt 6.10.3	Go	pass
S3-int	posix	safe	Qt 6.10.3	Go	fail
S3-int	posix	safe	Qt 6.10.3	Go	pass
S1-text	posix	safe	Go	Qt 6.10.3	pass
S1-text	posix	safe	Go	Go 32-bit	pass
S1-text	posix	safe	Go 32-bit	Go	fail
S1-text	systemv	legacy	C	C	pass
S1-text	systemv	legacy	Go	C	fail
S1-text	systemv	legacy	C	Go	pass
S1-text	posix	legacy	C	Qt 6.10.3	pass
S3-int	posix	legacy	C	Qt 6.10.3	fail
S1-text	posix	legacy	Qt 6.10.3	C	pass
S1-text	posix	legacy	C	Qt-6.8.3	fail
`

const wanted = `| with Go | System V | System V, platform-safe key | POSIX | POSIX, platform-safe key |
| --- | --- | --- | --- | --- |
| Go | 1 | – | – | – |
| Go 32-bit | – | – | – | **0 of 1** / 1 |
| C | 1 / **0 of 1** | – | – | – |
| Qt 5.9.3 | 0 / 1 | – | – | – |
| Qt 5.15.8 | 2 / 1 | – | – | – |
| Qt 6.10.3 | 1 / 1 | – | – | **1 of 2** / 1 |

| with C | System V | System V, platform-safe key | POSIX | POSIX, platform-safe key |
| --- | --- | --- | --- | --- |
| C | 1 | – | – | – |
| Qt-6.8.3 | – | – | 0 / **0 of 1** | – |
| Qt 6.10.3 | – | – | 1 / **1 of 2** | – |
`

func TestTablesReplaceTheOldOnes(t *testing.T) {
	dir := t.TempDir()
	readme, first, second := filepath.Join(dir, "README.md"), filepath.Join(dir, "1"), filepath.Join(dir, "2")
	half := strings.Index(results, "S1-text\tposix")
	write(t, first, results[:half])
	write(t, second, results[half:])
	write(t, readme, "before\n"+begin+"old\n"+end+"after\n")
	for range 2 {
		if err := run(readme, []string{first, second}); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(readme)
		if want := "before\n" + begin + wanted + end + "after\n"; err != nil || string(got) != want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
	}
}

func TestComplaints(t *testing.T) {
	dir := t.TempDir()
	good, bad, readme := filepath.Join(dir, "good"), filepath.Join(dir, "bad"), filepath.Join(dir, "README.md")
	write(t, good, results)
	write(t, bad, results+"S1-text\tsystemv\tlegacy\tGo\tGo\tmaybe\n")
	write(t, readme, "no marks\n")
	for want, err := range map[string]error{
		"INTEROP_RESULTS":              run("", nil),
		"no such file":                 run("", []string{filepath.Join(dir, "missing")}),
		`Go\tmaybe" is no result`:      run("", []string{good, bad}),
		`want the lines "<!-- compati`: run(readme, []string{good}),
		"nowhere.md: no such file":     run(filepath.Join(dir, "nowhere.md"), []string{good}),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if got, err := os.ReadFile(readme); err != nil || string(got) != "no marks\n" {
		t.Errorf("%v: the file is now\n%s", err, got)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
