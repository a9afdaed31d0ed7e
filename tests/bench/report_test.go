package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var sample = report{
	Machine: map[string]string{"kernel": "6.1", "go": "go1.26"},
	Rounds:  75,
	Results: []result{
		{"lock", "lock + unlock", "Go", "Qt 5", spread{400, 390.4, 1000}, spread{500, 480, 1200}, 0.8, 1, 0, met},
		{"in", "copy 64 MiB in", "Go", "Qt 6", spread{11e6, 10e6, 12e6}, spread{6e6, 5e6, 7e6}, 1.8333, 1.05, 0, missed},
		{"posix-lock", "POSIX lock", "Go", "C", spread{21.04, 20, 100}, spread{17.55, 17.5, 30}, 1.2, 0, 0, noTarget},
		{"c-data", "address", "C", "Qt 5", spread{2.04, 2, 9}, spread{1.02, 1, 2}, 2, 0, 5, met},
	},
}

func TestPrint(t *testing.T) {
	var out bytes.Buffer
	if err := sample.print(&out); err != nil {
		t.Fatal(err)
	}
	want := `
go: go1.26  kernel: 6.1  
ns for one operation and ratio of ours to theirs: medians of 75 rounds, (min .. max)

work            theirs  ns                              ours  ns                                ratio  target   verdict
lock + unlock   Qt 5           500  (480 .. 1200)       Go           400  (390 .. 1000)         0.800  <= 1.00  met
copy 64 MiB in  Qt 6       6000000  (5000000 .. 7000000)  Go      11000000  (10000000 .. 12000000)  1.833  <= 1.05  missed
POSIX lock      C             17.6  (17.5 .. 30.0)       Go            21.0  (20.0 .. 100.0)         1.200  -        no target
address         Qt 5            1.0  (1.0 .. 2.0)       C             2.0  (2.0 .. 9.0)         2.000  <= 5 ns  met

2 of 3 targets met
`
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if squeeze(out.String()) != squeeze(want) {
		t.Errorf("got %s\nwant %s", out.String(), want)
	}
}

func TestPageSaysThatItIsWine(t *testing.T) {
	for id, want := range map[string]bool{"lock": false, "posix-lock": false, "windows-lock": true} {
		var out bytes.Buffer
		if err := (report{Results: []result{{Row: "key"}, {Row: id}}}).print(&out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "both sides in Wine") != want {
			t.Errorf("%s: %s", id, out.String())
		}
	}
}

func TestSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.json")
	if err := sample.save(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got report
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, sample) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, key := range []string{`"theirs_ns"`, `"ours_ns"`, `"median"`, `"ratio"`, `"target"`, `"limit_ns"`, `"verdict"`} {
		if !bytes.Contains(text, []byte(key)) {
			t.Errorf("no %s in %s", key, text)
		}
	}
	if err := sample.save(""); err != nil {
		t.Error(err)
	}
	if err := sample.save(filepath.Join(file, "below a file")); err == nil {
		t.Error("a path that cannot be written: no error")
	}
}
