package datastream

import (
	"bytes"
	"fmt"
	"testing"
)

// TestEveryVersionOfEveryValue takes each value from the newest stream that has it whole, writes it in each other format, and
// compares with what a Qt wrote of the same value there.
func TestEveryVersionOfEveryValue(t *testing.T) {
	newest := map[string]vectorLine{}
	recorded := map[string][]vectorLine{} // by value and format
	for _, l := range vectors(t) {
		value := l.typ + " " + l.value
		if l.readable() && !l.loses() && l.read == l.value && l.f.Precision == Double && l.f.Version >= newest[value].f.Version {
			newest[value] = l
		}
		key := fmt.Sprint(value, l.f)
		recorded[key] = append(recorded[key], l)
	}
	compared := 0
	for _, same := range recorded {
		l := same[0]
		source, ok := newest[l.typ+" "+l.value]
		if !ok || !l.readable() || l.writtenOtherwise() {
			continue
		}
		v := source.t.Read(source.reader(source.bytes))
		got, err := l.t.Append(l.f, nil, v)
		if err != nil || !isOneOf(got, same) {
			t.Errorf("%s %+v: %s is written as %x, %v; by Qt as %x", l.typ, l.f, l.value, got, err, l.bytes)
		}
		compared++
	}
	if compared < 10_000 {
		t.Errorf("%d values compared", compared)
	}
}

func isOneOf(b []byte, lines []vectorLine) bool {
	for _, l := range lines {
		if bytes.Equal(withoutPNG(b), withoutPNG(l.bytes)) {
			return true
		}
	}
	return false
}

// withoutPNG leaves out PNG files, which two versions of Qt make differently of the same pixels.
func withoutPNG(b []byte) (rest []byte) {
	for {
		before, after, found := bytes.Cut(b, []byte(pngSignature))
		if !found {
			return append(rest, b...)
		}
		n, err := pngSize(b[len(before):])
		if err != nil {
			return append(rest, b...)
		}
		rest = append(append(rest, before...), "PNG"...)
		b = after[n-len(pngSignature):]
	}
}
