package datastream

import (
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"reflect"
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

// eachVector calls fn for each line under testdata/vectors.
func eachVector(t *testing.T, fn func(t *testing.T, l testLine)) {
	eachLine(t, "testdata/vectors/*.txt", func(t *testing.T, fields []string) (testLine, string) {
		if len(fields) != 6 {
			t.Fatalf("want 6 fields: %q", fields)
		}
		l := testLine{typ: fields[0], value: fields[1], bytes: unhex(t, strings.Trim(fields[5], "-"))}
		switch fields[3] + fields[4] {
		case "littledouble":
			l.format.ByteOrder = LittleEndian
		case "littlesingle":
			l.format = Format{ByteOrder: LittleEndian, Precision: Single}
		case "bigsingle":
			l.format.Precision = Single
		}
		return l, fields[2]
	}, fn)
}

func TestVectorsHaveEveryType(t *testing.T) {
	covered := map[string]map[Version]bool{}
	eachVector(t, func(_ *testing.T, l testLine) {
		if covered[l.typ] == nil {
			covered[l.typ] = map[Version]bool{}
		}
		covered[l.typ][l.format.Version] = true
	})
	for typ := range everyRead {
		for v := V2_0; v <= Latest; v++ {
			if !covered[typ][v] {
				t.Errorf("no vector of %s for version %d", typ, v)
			}
		}
	}
}

func TestVectorsBothWays(t *testing.T) {
	eachVector(t, func(t *testing.T, l testLine) {
		typ, ok := vectorTypes[l.typ]
		if !ok {
			t.Fatalf("no row for %s in vectorTypes", l.typ)
		}
		if typ.parse == nil {
			return
		}
		v := typ.parse(t, l.value)
		if b, err := typ.append(l.format, nil, v); string(b) != string(l.bytes) || err != nil {
			t.Errorf("%s: written as %x, error %v", l, b, err)
		}
		if typ.lossy != nil {
			v = typ.lossy(l.format, v)
		}
		r := NewReader(l.format, l.bytes, Limits{})
		if got := readVector(l.typ, r); !same(got, v) || r.Err() != nil || r.Remaining() != 0 {
			t.Errorf("%s: reads as %#v, remaining %d, error %v", l, got, r.Remaining(), r.Err())
		}
	})
}

func TestQImageVectors(t *testing.T) {
	eachVector(t, func(t *testing.T, l testLine) {
		if l.typ != "QImage" || len(l.bytes) == 0 {
			return
		}
		r := NewReader(l.format, l.bytes, Limits{})
		img := r.QImage()
		if got := pixels(t, img); got != l.value || r.Err() != nil || r.Remaining() != 0 {
			t.Errorf("%s: reads as %s, remaining %d, error %v", l, got, r.Remaining(), r.Err())
		}
		if b, err := l.format.AppendQImage(nil, img.PNG); string(b) != string(l.bytes) || err != nil {
			t.Errorf("%s: written as %x, error %v", l, b, err)
		}
	})
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

func TestVectorsTruncated(t *testing.T) {
	eachVector(t, func(t *testing.T, l testLine) {
		for n := range l.bytes {
			r := NewReader(l.format, l.bytes[:n], Limits{})
			v := readVector(l.typ, r)
			var e *DecodeError
			if !errors.As(r.Err(), &e) || !errors.Is(e, io.ErrUnexpectedEOF) || e.Type != l.typ || e.Offset != 0 {
				t.Fatalf("%s cut after %d bytes: error %v", l, n, r.Err())
			}
			if !reflect.ValueOf(v).IsZero() || r.Offset() != 0 {
				t.Fatalf("%s cut after %d bytes: reads as %#v, offset %d", l, n, v, r.Offset())
			}
		}
	})
}

func TestVectorsMutated(t *testing.T) {
	eachVector(t, func(t *testing.T, l testLine) {
		for i := range l.bytes {
			for _, flip := range []byte{0x01, 0x80, 0xff} {
				l.bytes[i] ^= flip
				r := NewReader(l.format, l.bytes, Limits{})
				v := readVector(l.typ, r)
				if r.Err() != nil && (!reflect.ValueOf(v).IsZero() || r.Offset() != 0) || r.Remaining() < 0 {
					t.Fatalf("%s: reads as %#v, offset %d, error %v", l, v, r.Offset(), r.Err())
				}
				if img, ok := v.(QImage); ok && !img.IsNull() {
					if p, err := img.Decode(); err == nil && p.Bounds().Empty() {
						t.Fatalf("%s: an empty image was decoded", l)
					}
				}
				l.bytes[i] ^= flip
			}
		}
	})
}
