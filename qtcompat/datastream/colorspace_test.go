package datastream

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func TestColorSpaceLikeQt(t *testing.T) {
	lines := eachRecorded(t, "QColorSpace", func(f Format, line recorded) {
		if line.read != line.value {
			t.Fatalf("%s reads as %s", line.value, line.read)
		}
		want, err := hex.DecodeString(strings.Trim(strings.Replace(line.value, "null", "", 1), `"`))
		if err != nil {
			t.Fatal(err)
		}
		if len(want) == 0 {
			want = nil
		}
		if got := f.AppendQColorSpace(nil, want); !bytes.Equal(got, line.bytes) {
			t.Errorf("%+v: %s is written as %x", f, line.value, got)
		}
		r := NewReader(f, append(line.bytes, 0xee), Limits{})
		if got := r.QColorSpace(); r.Err() != nil || r.Remaining() != 1 || (got == nil) != (want == nil) || !bytes.Equal(got, want) {
			t.Errorf("%+v: %x reads as %x, %v", f, line.bytes, got, r.Err())
		}
		for n := range line.bytes {
			r := NewReader(f, line.bytes[:n:n], Limits{})
			if got := r.QColorSpace(); got != nil || r.Err() == nil || r.Offset() != 0 {
				t.Errorf("%+v: %x reads as %x, %v", f, line.bytes[:n], got, r.Err())
			}
		}
	})
	if lines < 20 {
		t.Errorf("%d lines", lines)
	}
}

// profile returns n bytes with the header of an ICC profile of some length.
func profile(n int, length uint32, signature string) []byte {
	p := binary.BigEndian.AppendUint32(nil, length)
	p = append(append(p, make([]byte, 32)...), signature...)
	return append(p, make([]byte, 1000)...)[:n]
}

func TestColorSpaceProfiles(t *testing.T) {
	for _, f := range []Format{{}, {ByteOrder: LittleEndian}, {Version: V1_0}} {
		good := profile(128, 128, "acsp")
		exact(t, "QColorSpace", f, good, Format.AppendQColorSpace, (*Reader).QColorSpace, hex.EncodeToString(f.AppendQByteArray(nil, good)))
		for name, bad := range map[string][]byte{
			"short":           profile(127, 127, "acsp"),
			"very short":      {0, 0, 0, 4},
			"length too high": profile(200, 201, "acsp"),
			"length too low":  profile(200, 199, "acsp"),
			"little-endian":   profile(128, 128<<24, "acsp"),
			"signature":       profile(128, 128, "acsP"),
		} {
			t.Run(name, func(t *testing.T) {
				refused(t, "QColorSpace", f, hex.EncodeToString(f.AppendQByteArray(nil, bad)), (*Reader).QColorSpace, ErrCorrupt)
			})
		}
	}
	r := NewReader(Format{}, make([]byte, 4), Limits{})
	if got := r.QColorSpace(); got != nil || r.Err() != nil || r.Remaining() != 0 {
		t.Errorf("no bytes read as %x, %v", got, r.Err())
	}
	r = NewReader(Format{}, Format{}.AppendQByteArray(nil, profile(128, 128, "acsp")), Limits{MaxBytes: 127})
	if got := r.QColorSpace(); got != nil || !errors.Is(r.Err(), ErrTooLarge) {
		t.Errorf("128 bytes of 127 read as %x, %v", got, r.Err())
	}
}
