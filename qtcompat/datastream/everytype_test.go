package datastream

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// vectorLine is a line of testdata/vectors in one of the formats that it covers, with the type as ParseType gives it.
type vectorLine struct {
	recorded
	t Type
	f Format
}

// everyVector returns all lines of testdata/vectors in all formats.
var everyVector = sync.OnceValues(func() (all []vectorLine, err error) {
	files, err := filepath.Glob("testdata/vectors/*.txt")
	types := map[string]Type{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			lines, err := parseVectors(strings.TrimSuffix(line, "\n"), types)
			if err != nil {
				return nil, fmt.Errorf("%s: %.80s: %w", name, line, err)
			}
			all = append(all, lines...)
		}
	}
	return all, err
})

// user types of the program that recorded the QVariants in testdata/vectors.
func vectorUserTypes() Types {
	pt, err := ParseType("qint32,qint32", nil)
	if err != nil {
		panic(err)
	}
	kind, _ := ParseType("quint8", nil)
	return Types{"Pt": pt, "geo::Kind": kind}
}

func vectors(t testing.TB) []vectorLine {
	t.Helper()
	all, err := everyVector()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d vectors, %v", len(all), err)
	}
	return all
}

func (l vectorLine) String() string {
	return fmt.Sprintf("%s %+v %x", l.typ, l.f, l.bytes)
}

func (l vectorLine) reader(b []byte) *Reader {
	r := NewReader(l.f, b, Limits{})
	r.Define(vectorUserTypes())
	return r
}

// TestEveryTypeIsWrittenAsItWasRead reads what Qt wrote of every type, to the last byte and no further, and writes it again.
func TestEveryTypeIsWrittenAsItWasRead(t *testing.T) {
	for _, l := range vectors(t) {
		if !l.readable() || l.typ == "QTextFormat" && l.f.Version < V6_11 { // properties of Qt 5: see TestQTextFormat
			continue
		}
		r := l.reader(append(slices.Clone(l.bytes), 0xee))
		v := l.t.Read(r)
		if r.Err() != nil || r.Remaining() != 1 {
			t.Errorf("%s: %v, %d bytes left", l, r.Err(), r.Remaining()-1)
			continue
		}
		b, err := l.t.Append(l.f, nil, v)
		if err != nil || !bytes.Equal(b, l.bytes) && !l.loses() || !same(l.t.Read(l.reader(b)), v) {
			t.Errorf("%s reads as %+v and is written as\n%x, %v", l, v, b, err)
		}
	}
}

// TestEveryBeginningIsTooShort cuts what Qt wrote of every type.
func TestEveryBeginningIsTooShort(t *testing.T) {
	seen := map[string]bool{}
	for i, l := range vectors(t) {
		key := l.typ + string(l.bytes)
		if !l.readable() || len(key) > 60 && seen[key] || testing.Short() && i%20 != 0 {
			continue
		}
		seen[key] = true
		for n := range l.bytes {
			r := l.reader(l.bytes[:n:n])
			v := l.t.Read(r)
			var e *DecodeError
			if !errors.As(r.Err(), &e) || e.Offset != 0 || r.Offset() != 0 || v != nil || !errors.Is(e, io.ErrUnexpectedEOF) {
				t.Fatalf("%s cut to %d bytes reads as %+v, offset %d, %v", l, n, v, r.Offset(), r.Err())
			}
		}
	}
}

// TestEveryMutation changes each byte of what Qt wrote into each other one. Whatever can be read of that can be written, and
// reads as the same; and nothing allocates more than a multiple of the bytes.
func TestEveryMutation(t *testing.T) {
	seen := map[string]bool{}
	var before, after runtime.MemStats
	for _, l := range vectors(t) {
		key := l.typ + string(l.bytes)
		if !l.readable() || seen[key] || l.f.ByteOrder != BigEndian || l.f.Precision != Double || len(l.bytes) > 300 {
			continue
		}
		seen[key] = true
		runtime.ReadMemStats(&before)
		for i, b := range l.bytes {
			mutant := slices.Clone(l.bytes)
			for change := 1; change < 256; change += mutationStep(len(l.bytes)) {
				mutant[i] = b ^ byte(change)
				l.checkMutant(t, mutant)
			}
		}
		runtime.ReadMemStats(&after)
		readings := uint64(len(l.bytes)*255/mutationStep(len(l.bytes)) + 1)
		if got := (after.TotalAlloc - before.TotalAlloc) / readings; got > uint64(100*len(l.bytes)+20000) {
			t.Errorf("%s: %d bytes allocated for a reading", l, got)
		}
	}
}

// mutationStep keeps the work in bounds: of long vectors not every change is tried, and of others all but with -short.
func mutationStep(n int) int {
	switch {
	case testing.Short():
		return 51
	case n > 40:
		return 15
	}
	return 1
}

func (l vectorLine) checkMutant(t *testing.T, mutant []byte) {
	r := l.reader(mutant)
	v := l.t.Read(r)
	if r.Err() != nil {
		if v != nil || r.Offset() != 0 {
			t.Fatalf("%s changed to %x: %+v, offset %d beside %v", l, mutant, v, r.Offset(), r.Err())
		}
		return
	}
	b, err := l.t.Append(l.f, nil, v)
	if err != nil {
		t.Fatalf("%s changed to %x reads as %+v, which cannot be written: %v", l, mutant, v, err)
	}
	again := l.reader(b)
	got := l.t.Read(again)
	if again.Err() != nil || !same(got, v) && !l.settles(got, b) {
		t.Fatalf("%s changed to %x reads as %+v, is written as %x and reads as %+v, %v", l, mutant, v, b, got, again.Err())
	}
}

// settles reports whether a value that lost something when it was written loses nothing more: null byte arrays before
// version 6, and properties of text formats that have other numbers in older versions.
func (l vectorLine) settles(v any, written []byte) bool {
	textFormats := l.typ == "QTextFormat" || strings.HasPrefix(l.typ, "QVariant")
	b, err := l.t.Append(l.f, nil, v)
	return (l.f.Version < V3_3 || textFormats && l.f.Version < V6_11) && err == nil && bytes.Equal(b, written)
}
