package results

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// sample is a run that sets every field.
func sample() *Run {
	return &Run{
		Started:     time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Seconds:     61.5,
		Machine:     Machine{OS: "linux", Arch: "amd64", CPUs: 2, Kernel: "6.1.0-18-amd64"},
		Peers:       []Peer{{ID: "go", Software: "Go", Arch: "amd64", Program: "qtpeer", Worlds: []string{"systemv-legacy"}, Missing: "not built"}},
		Worlds:      []string{"systemv-legacy"},
		Known:       []Known{{ID: "K1", Text: "A fault | of Qt <b>."}},
		Cells:       []Cell{{Case: "S1-text", World: "systemv-legacy", Creator: "go", Partner: "go", Verdict: KnownFault, Reason: "as K1 says", Known: "K1", Transcript: 1, Millis: 7}},
		Transcripts: []string{"", "go -> create\n\x00 \u2028 end"},
	}
}

func TestRunsComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.json")
	for _, want := range []*Run{sample(), {}} {
		if err := want.Write(path); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: %+v\nwant %+v", err, got, want)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestNoFieldIsUnsetInTheSample(t *testing.T) {
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		switch {
		case v.IsZero():
			t.Errorf("%s is not set, and TestRunsComeBack misses it", path)
		case v.Kind() == reflect.Slice:
			look(path, v.Index(v.Len()-1))
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
			for i := range v.NumField() {
				look(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		}
	}
	look("Run", reflect.ValueOf(*sample()))
}

func TestAFailedWriteLeavesTheOldRun(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "results.json")
	if err := sample().Write(path); err != nil {
		t.Fatal(err)
	}
	bad := sample()
	bad.Seconds = math.NaN() // which JSON does not have
	if err := bad.Write(path); err == nil {
		t.Error("NaN was written")
	}
	if got, err := Read(path); err != nil || !reflect.DeepEqual(got, sample()) {
		t.Errorf("%v: the old run is now %+v", err, got)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
	if err := sample().Write(filepath.Join(dir, "missing", "results.json")); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("error %v of a directory that is missing", err)
	}
}

func TestReadComplains(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "no results of the matrix: "},
		{"S1-text\tsystemv\tpass\n", "no results of the matrix: "},
		{`{"cells": 7}`, "no results of the matrix: "},
		{`{"cells": [{"transcript": 0}]}`, "there is no transcript 0"},
		{`{"cells": [{"transcript": 1}], "transcripts": [""]}`, "there is no transcript 1"},
		{`{"cells": [{"transcript": -2}]}`, "there is no transcript -2"},
	} {
		path := filepath.Join(t.TempDir(), "results.json")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := Read(path); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, error %v, want %s", c.text, r, err, c.want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere: no such file") {
		t.Errorf("error %v of a file that is missing", err)
	}
}

func TestSummary(t *testing.T) {
	cells := func(verdicts ...Verdict) (cells []Cell) {
		for _, v := range verdicts {
			cells = append(cells, Cell{Verdict: v})
		}
		return cells
	}
	for _, c := range []struct {
		cells []Cell
		want  string
	}{
		{nil, "0 cells: 0 pass, 0 unsupported, 0 known, 0 fail"},
		{cells(Pass, Fail, Pass, KnownFault, Unsupported, Pass, Unsupported), "7 cells: 3 pass, 2 unsupported, 1 known, 1 fail"},
		{cells(Missing, Pass, Missing), "3 cells: 1 pass, 0 unsupported, 0 known, 0 fail, 2 missing"},
	} {
		r := &Run{Cells: c.cells}
		if got := r.Summary(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestIsQt(t *testing.T) {
	for id, want := range map[string]bool{"qt-5.15.8": true, "qt-6.4.2-386": true, "qt": false, "": false, "go": false, "c++": false, "go-qt-5": false} {
		if got := (Peer{ID: id}).IsQt(); got != want {
			t.Errorf("%q is a real Qt: %v", id, got)
		}
	}
}
