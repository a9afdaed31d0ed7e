package datastream

import (
	"fmt"
	"strings"
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
	if short, ok := f.appendShortASCII(b, s); ok {
		return short
	}
	// A byte of UTF-8 is at most one unit. Its exact size counts only where the width of the length field depends on it.
	start, n := len(b), 2*int64(len(s))
	if n >= extendedSize {
		n = 2 * utf16Len(s)
	}
	b, ok := f.appendSize(b, n)
	if !ok {
		return b
	}
	text := len(b)
	b = f.appendUTF16(b, s)
	f.appendSize(b[:start], int64(len(b)-text))
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
	if p := r.shortUTF16(); p != nil {
		return r.shortText(p), true
	}
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
