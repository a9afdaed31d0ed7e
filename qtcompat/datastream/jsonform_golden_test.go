package datastream

import (
	"strings"
	"testing"
)

// TestJSONOfWhatQtRecorded takes what Qt wrote of every type through JSON and back, and writes it again.
func TestJSONOfWhatQtRecorded(t *testing.T) {
	types, seen := map[string]bool{}, map[string]bool{}
	for _, l := range vectors(t) {
		if !l.readable() || l.f.ByteOrder != BigEndian {
			continue
		}
		types[l.typ] = true
		r := l.reader(l.bytes)
		v := l.t.Read(r)
		text, err := l.t.AppendJSON([]byte("head"), v)
		if err != nil || r.Err() != nil || !strings.HasPrefix(string(text), "head") {
			t.Errorf("%s: %s, %v, %v", l, text, err, r.Err())
			continue
		}
		key := l.typ + string(text) + string(l.bytes)
		if seen[key] {
			continue
		}
		seen[key] = true
		back, err := l.t.ParseJSON(text[4:])
		if err != nil || !same(back, v) {
			t.Errorf("%s is %s in JSON, which reads as\n%#v, want\n%#v, %v", l, text[4:], back, v, err)
			continue
		}
		if b, err := l.t.Append(l.f, nil, back); err != nil || string(b) != string(l.bytes) && l.read == l.value && !l.loses() {
			t.Errorf("%s is %s in JSON, and is written as\n%x, %v", l, text[4:], b, err)
		}
	}
	if len(types) < 80 {
		t.Errorf("%d types only: %v", len(types), types)
	}
}
