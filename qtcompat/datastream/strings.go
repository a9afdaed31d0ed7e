package datastream

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendQString appends a QString: its length in bytes and its UTF-16 units, neither a byte order mark nor a final
// NUL. s is UTF-8; each byte of it that is not becomes U+FFFD. A NUL inside s is kept. The empty s is Qt's empty
// string; for the null one see [Format.AppendNullQString]. Version 1 knows Latin-1 only and takes '?' for each
// UTF-16 unit beyond it.
//
// Before version 22 a QString of more than 4294967294 bytes cannot be written: nothing is appended.
func (f Format) AppendQString(b []byte, s string) []byte {
	if f.version() < V2_0 {
		return f.appendLatin1(b, s)
	}
	n := 2 * utf16Len(s)
	b, ok := f.appendSize(b, n)
	if !ok {
		return b
	}
	b = slices.Grow(b, int(n))
	for _, r := range s {
		if r >= 0x10000 {
			high, low := utf16.EncodeRune(r)
			b = f.AppendUint16(b, uint16(high))
			r = low
		}
		b = f.AppendUint16(b, uint16(r))
	}
	return b
}

// AppendNullQString appends a null QString, QString(). Before version 3 that is the same as an empty one.
func (f Format) AppendNullQString(b []byte) []byte { return f.appendNull(b, V2_1) }

// QString reads a QString as UTF-8. Null reads as "", an unpaired surrogate as U+FFFD. An odd length is an error.
func (r *Reader) QString() string {
	s, _ := r.NullableQString()
	return s
}

// NullableQString reads a QString and tells null, QString(), from empty: ok is false for null, and after an error.
// Versions 1 and 2 write null as empty.
func (r *Reader) NullableQString() (s string, ok bool) {
	n, width := r.size("QString")
	wide := r.format.version() >= V2_0
	if wide && n > 0 && n%2 != 0 {
		r.fail("QString", fmt.Errorf("%w: odd length %d of UTF-16 text", ErrCorrupt, n))
	}
	p := r.body("QString", n, width)
	if p == nil {
		return "", false
	}
	if !wide {
		return latin1(p), true
	}
	return r.format.decodeUTF16(p), true
}

// utf16Len returns the number of UTF-16 units of s.
func utf16Len(s string) (n int64) {
	for _, r := range s {
		n += int64(utf16.RuneLen(r))
	}
	return n
}

// decodeUTF16 converts UTF-16 units to UTF-8. len(p) is even.
func (f Format) decodeUTF16(p []byte) string {
	var s strings.Builder
	s.Grow(len(p) / 2)
	for len(p) > 0 {
		r := rune(f.swap16(binary.BigEndian.Uint16(p)))
		p = p[2:]
		if r < utf8.RuneSelf {
			s.WriteByte(byte(r))
			continue
		}
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if len(p) > 0 {
				pair = utf16.DecodeRune(r, rune(f.swap16(binary.BigEndian.Uint16(p))))
			}
			if pair != utf8.RuneError {
				p = p[2:]
			}
			r = pair
		}
		s.WriteRune(r)
	}
	return s.String()
}

func (f Format) appendLatin1(b []byte, s string) []byte {
	b, ok := f.appendSize(b, utf16Len(s))
	if !ok {
		return b
	}
	for _, r := range s {
		switch {
		case r >= 0x10000:
			b = append(b, '?', '?')
		case r > 0xff:
			b = append(b, '?')
		default:
			b = append(b, byte(r))
		}
	}
	return b
}

func latin1(p []byte) string {
	var s strings.Builder
	s.Grow(len(p))
	for _, c := range p {
		s.WriteRune(rune(c))
	}
	return s.String()
}
