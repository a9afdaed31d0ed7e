package main

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// store writes the small run into a file of results.
func store(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "results.json")
	if err := small().Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEverythingAtOnce(t *testing.T) {
	dir, tmp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", tmp)
	readme, html, picture := filepath.Join(dir, "README.md"), filepath.Join(dir, "matrix.html"), filepath.Join(dir, "matrix.png")
	write(t, readme, begin+end)
	if err := run(t.Context(), []string{"-readme", readme, "-html", html, "-png", picture, store(t)}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(readme); err != nil || string(got) != begin+wanted+end {
		t.Errorf("%v: README.md is\n%s", err, got)
	}
	want, err := page(small())
	if got, err2 := os.ReadFile(html); err != nil || err2 != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %v: the page has %d bytes, want %d", err, err2, len(got), len(want))
	}
	wantPicture(t, picture, 500)
	wantEmpty(t, tmp)
}

func TestPictureAlone(t *testing.T) {
	dir, tmp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", tmp)
	high, data, picture := small(), filepath.Join(dir, "results.json"), filepath.Join(dir, "matrix.png")
	for i := range 100 {
		high.Known = append(high.Known, results.Known{ID: fmt.Sprint("N", i), Text: "A fault."})
		high.Cells = append(high.Cells, results.Cell{Creator: "go", Partner: "go", Verdict: results.KnownFault, Known: fmt.Sprint("N", i), Transcript: -1})
	}
	if err := high.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), []string{"-png", picture, data}); err != nil {
		t.Fatal(err)
	}
	wantPicture(t, picture, 100*40)
	wantEmpty(t, tmp)
}

// wantPicture wants a picture of the whole page, at least that many pixels high, in which a failure is seen.
func wantPicture(t *testing.T, path string, height int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	size, failed := picture.Bounds(), 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			if r, g, b, _ := picture.At(x, y).RGBA(); r>>8 == 0xb9 && g>>8 == 0x3a && b>>8 == 0 {
				failed++
			}
		}
	}
	if size.Dx() != pageWidth || size.Dy() < height || failed < 1000 {
		t.Errorf("a picture of %v with %d pixels in the colour of failures", size, failed)
	}
}

func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left in the directory for temporary files, %v", left, err)
	}
}

func TestComplaints(t *testing.T) {
	dir, good := t.TempDir(), store(t)
	bad := filepath.Join(dir, "bad.json")
	write(t, bad, "S1-text\tpass")
	missing := filepath.Join(dir, "missing", "file")
	for _, c := range []struct {
		args string
		want string
	}{
		{"", "0 files of results: name the one"},
		{"-html x " + good + " " + good, "2 files of results"},
		{good, "nothing to do: say -readme, -html or -png"},
		{"-pdf x " + good, "-pdf"},
		{"-html x " + missing, "no such file"},
		{"-html x " + bad, "bad.json: no results of the matrix"},
		{"-readme " + missing + " " + good, "no such file"},
		{"-html " + missing + " " + good, "no such file"},
		{"-png " + missing + " " + good, "no such file"},
	} {
		if err := run(t.Context(), strings.Fields(c.args)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("report %s: error %v, want %s", c.args, err, c.want)
		}
	}
	if err := run(t.Context(), []string{"-h"}); err != nil {
		t.Errorf("report -h: %v", err)
	}
}
