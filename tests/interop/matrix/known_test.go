package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

const knownText = "# Heading\n\ntext | with a bar\n\n" + knownColumns + `
|---|---|---|---|---|---|---|
| one | S* | | qt-* | qt-6.* | ` + "`want (a\\|b)`" + ` | it does so |
| two | S1-text | posix-* | | go | x | of another |
| two | S1-text | posix-* | go | | x | again |

more | text
`

func TestKnown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "KNOWN.md")
	if err := os.WriteFile(file, []byte(knownText), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := readKnown(file)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%+v, %v", rows, err)
	}
	cell := func(creator, partner string, v results.Verdict, reason string) results.Cell {
		return results.Cell{Case: "S1-text", World: "posix-safe", Creator: creator, Partner: partner, Verdict: v, Reason: reason}
	}
	for _, test := range []struct {
		cell    results.Cell
		verdict results.Verdict
		known   string
	}{
		{cell("qt-5", "qt-6.1", results.Fail, "want b"), results.KnownFault, "one"},
		{cell("qt-5", "qt-6.1", results.Fail, "want c"), results.Fail, ""},
		{cell("qt-5", "qt-6.1", results.Pass, ""), results.Fail, ""},
		{cell("qt-5", "qt-6.1", results.Unsupported, "keys"), results.Unsupported, ""},
		{cell("qt-5", "qt-5.1", results.Fail, "want a"), results.Fail, ""},
		{cell("c", "go", results.Fail, "x"), results.KnownFault, "two"},
		{cell("c", "c", results.Pass, ""), results.Pass, ""},
	} {
		got := test.cell
		judge(rows, &got)
		if got.Verdict != test.verdict || got.Known != test.known {
			t.Errorf("%+v\nis judged %s %q, want %s %q", test.cell, got.Verdict, got.Known, test.verdict, test.known)
		}
		if got.Verdict == results.Fail && test.cell.Verdict == results.Pass && !strings.Contains(got.Reason, "one of KNOWN.md") {
			t.Errorf("the reason is %q", got.Reason)
		}
	}
	list := met(rows, []results.Cell{{Known: "two"}, {}, {Known: "two"}})
	if len(list) != 1 || list[0] != (results.Known{ID: "two", Text: "of another"}) {
		t.Errorf("met %+v", list)
	}
}

func TestKnownFileHasMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"no table\n":                                 "there is no table with the columns",
		knownColumns + "\n| a | b |\n":               "2 columns, want 7",
		knownColumns + "\n| a ||||||( | b |\n":       "8 columns, want 7",
		knownColumns + "\n| a |  |  |  |  | ( | b |": "missing closing )",
	} {
		file := filepath.Join(t.TempDir(), "KNOWN.md")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if rows, err := readKnown(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v, want %q", text, rows, err, want)
		}
	}
	if _, err := readKnown(filepath.Join(t.TempDir(), "missing")); !os.IsNotExist(err) {
		t.Errorf("error %v", err)
	}
}

// TestKnownRowsOfTheTree: KNOWN.md can be read, and each row says why.
func TestKnownRowsOfTheTree(t *testing.T) {
	rows, err := readKnown("../KNOWN.md")
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, k := range rows {
		if k.id == "" || k.text == "" || k.reason.String() == "" {
			t.Errorf("%+v lacks something", k)
		}
	}
}
