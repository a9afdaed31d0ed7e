package datastream

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// testLine is a line of a file in testdata, for one stream version.
type testLine struct {
	typ    string
	value  string
	format Format
	bytes  []byte
	status string // reads only
	rest   int    // reads only
}

func (l testLine) String() string {
	return fmt.Sprintf("%s %s version %d order %d precision %d %x", l.typ, l.value, l.format.Version, l.format.ByteOrder, l.format.Precision, l.bytes)
}

// eachLine calls fn for the lines of all files of the pattern, once for each version a line covers.
func eachLine(t *testing.T, pattern string, parse func(t *testing.T, fields []string) (testLine, string), fn func(t *testing.T, l testLine)) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(file)) {
				if strings.HasPrefix(line, "#") {
					continue
				}
				l, versions := parse(t, strings.Fields(line))
				var first, last Version
				if _, err := fmt.Sscanf(versions, "%d-%d", &first, &last); err != nil {
					t.Fatalf("%s: versions %q: %v", l, versions, err)
				}
				for l.format.Version = first; l.format.Version <= last; l.format.Version++ {
					fn(t, l)
				}
			}
		})
	}
}

// TestVectorsBothWays compares the values of the basic types with what Qt says of them.
func TestVectorsBothWays(t *testing.T) {
	compared := map[string]int{}
	for _, l := range vectors(t) {
		typ := vectorTypes[l.typ]
		if typ.parse == nil || l.loses() {
			continue
		}
		compared[l.typ]++
		v := typ.parse(t, l.value)
		if b, err := typ.append(l.f, nil, v); string(b) != string(l.bytes) || err != nil {
			t.Errorf("%s: %s is written as %x, error %v", l, l.value, b, err)
		}
		if !l.readOtherwise() {
			v = typ.parse(t, l.read)
		}
		r := NewReader(l.f, l.bytes, Limits{})
		if got := readVector(l.typ, r); !same(got, v) || r.Err() != nil || r.Remaining() != 0 {
			t.Errorf("%s: reads as %#v, remaining %d, error %v, want %#v", l, got, r.Remaining(), r.Err(), v)
		}
	}
	for typ, row := range vectorTypes {
		if row.parse != nil && compared[typ] == 0 {
			t.Errorf("nothing is recorded of %s", typ)
		}
	}
}

// readOtherwise lists what this package reads as it was written and Qt does not: before version 6 Qt takes the halves of 64-bit
// integers the other way round, and Qt 5 in version 1 takes a text to end with a NUL.
func (l vectorLine) readOtherwise() bool {
	return strings.HasSuffix(l.typ, "int64") && l.f.Version < V3_3 || l.typ == "QString" && l.f.Version == V1_0 && strings.Contains(l.value, `\u0000`)
}

// pixels spells an image like the files in testdata.
func pixels(t *testing.T, q QImage) string {
	if q.IsNull() {
		return "null"
	}
	img, err := q.Decode()
	if err != nil {
		t.Errorf("decode %x: %v", q.PNG, err)
		return ""
	}
	var s []string
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			s = append(s, fmt.Sprintf("%02x%02x%02x%02x", c.R, c.G, c.B, c.A))
		}
	}
	return fmt.Sprintf("%dx%d:%s", img.Bounds().Dx(), img.Bounds().Dy(), strings.Join(s, ","))
}

func TestMutatedImagesHavePixelsOrFail(t *testing.T) {
	for _, l := range vectors(t) {
		if l.typ != "QImage" || !l.readable() {
			continue
		}
		for i := range l.bytes {
			mutant := slices.Clone(l.bytes)
			for _, flip := range []byte{0x01, 0x80, 0xff} {
				mutant[i] = l.bytes[i] ^ flip
				img := l.reader(mutant).QImage()
				if p, err := img.Decode(); err == nil && p.Bounds().Empty() {
					t.Fatalf("%s: an empty image was decoded", l)
				}
			}
		}
	}
}
