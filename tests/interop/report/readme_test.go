package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const wanted = `**13 cells: 9 pass, 1 unsupported, 1 known, 1 fail, 1 missing.** 2026-03-04 05:06 UTC, linux/amd64, kernel 6.1.0-18-amd64, 2 CPUs, in 1m1s.

` + legend + `

With every Qt:

| with | Go | 32-bit Go | C | every Qt |
| --- | --- | --- | --- | --- |
| Qt 5.15.8 | 2, **1 fail** | – | – | 1 |
| Qt 6.4.2 386 | 0, 1 n/a | – | – | – |
| Qt 6.8.3 | 2, 1 known | – | – | 2 |

Ours among themselves, who creates down, who attaches across:

| creates | Go | 32-bit Go | C |
| --- | --- | --- | --- |
| Go | 1 | 1 | – |
| 32-bit Go | 1 | – | – |
| C | 0, 1 missing | – | – |

Known faults of Qt that were met:

- K1 (1 cell): Qt replaces \| the lock &lt;/script>&lt;script>document.title = "taken"&lt;/script>&lt;img src="http://127.0.0.1:9/" onerror="document.title = 'taken'">\|

Missing:

- C: &lt;/script>&lt;script>document.title = "taken"&lt;/script>&lt;img src="http://127.0.0.1:9/" onerror="document.title = 'taken'">\|
- C++: not built
`

func TestReadmeHasTheLastRun(t *testing.T) {
	readme := filepath.Join(t.TempDir(), "README.md")
	write(t, readme, "before\n"+begin+"old\n"+end+"after\n")
	for range 2 {
		if err := updateReadme(readme, small()); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(readme)
		if want := "before\n" + begin + wanted + end + "after\n"; err != nil || string(got) != want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
	}
}

func TestReadmeHasBothHalves(t *testing.T) {
	text := markdown(both())
	for _, want := range []string{
		"\nWith every Qt:\n\n| with | Go | 32-bit Go | C | every Qt |\n",
		"\nWith every Qt, Windows programs in Wine:\n\n| with | Windows Go | every Qt |\n| --- | --- | --- |\n| Qt 6.8.3 Windows | 2 | 1 |\n",
		"\nOurs among themselves, Windows programs in Wine, who creates down, who attaches across:\n\n| creates | Windows Go |\n| --- | --- |\n| Windows Go | 1 |\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nwant %s", text, want)
		}
	}
}

func TestReadmeWithoutMarksStays(t *testing.T) {
	for _, text := range []string{"", "no marks\n", begin, end, end + begin} {
		readme := filepath.Join(t.TempDir(), "README.md")
		write(t, readme, text)
		if err := updateReadme(readme, small()); err == nil || !strings.Contains(err.Error(), readme+" has no place for the tables: want the lines") {
			t.Errorf("error %v of a file with %q", err, text)
		}
		if got, err := os.ReadFile(readme); err != nil || string(got) != text {
			t.Errorf("%v: %q is now %q", err, text, got)
		}
	}
}

func TestTextStaysInItsLine(t *testing.T) {
	r := small()
	r.Known[0].Text = "one\r\ntwo " + end + "three"
	r.Cells[12].Verdict, r.Cells[12].Known = r.Cells[10].Verdict, "K1"
	text := markdown(r)
	if want := "- K1 (2 cells): one  two &lt;!-- /compatibility --> three\n"; !strings.Contains(text, want) {
		t.Errorf("%s\nwant %s", text, want)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
