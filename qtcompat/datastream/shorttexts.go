package datastream

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// Most texts are short, and most of them ASCII. Their bytes are put into memory by chunks: an allocation for each would be
// most of the time that reading them takes. A text that stays keeps no more than its chunk.
const (
	shortText = 64 // bytes of UTF-16
	textChunk = 512
)

// appendShortASCII appends s as a QString, if it is short and ASCII.
func (f Format) appendShortASCII(b []byte, s string) ([]byte, bool) {
	if len(s) > shortText/2 {
		return b, false
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return b, false
		}
	}
	b = f.AppendUint32(slices.Grow(b, 4+2*len(s)), uint32(2*len(s)))
	for i := range len(s) {
		if f.ByteOrder == LittleEndian {
			b = append(b, s[i], 0)
		} else {
			b = append(b, 0, s[i])
		}
	}
	return b, true
}

// shortUTF16 consumes a short QString and returns its units. It returns nil for any other, which it leaves to be read.
func (r *Reader) shortUTF16() []byte {
	b := r.buf[r.off:]
	if r.err != nil || len(b) < 4 || r.format.version() < V2_0 {
		return nil
	}
	size := r.format.swap32(binary.BigEndian.Uint32(b))
	n := int(min(size, shortText+1))
	if n%2 != 0 || n > len(b)-4 || int64(n) > r.maxBytes {
		return nil
	}
	r.off += 4 + n
	return b[4 : 4+n : 4+n]
}

// shortText returns the units of a short text as UTF-8.
func (r *Reader) shortText(p []byte) string {
	var text [shortText/2*3 + utf8.UTFMax]byte // a unit takes up to three bytes, and toUTF8 wants room for one character more
	low := 1
	if r.format.ByteOrder == LittleEndian {
		low = 0
	}
	n := 0
	for i := 0; i+1 < len(p) && p[i+1-low] == 0 && p[i+low] < utf8.RuneSelf; i += 2 {
		text[n] = p[i+low]
		n++
	}
	if 2*n < len(p) {
		n, _ = r.format.toUTF8(text[:], p)
	}
	if r.texts.Cap()-r.texts.Len() < n {
		r.texts = strings.Builder{}
		r.texts.Grow(max(n, min(textChunk, r.Remaining()/4)))
	}
	start := r.texts.Len()
	r.texts.Write(text[:n])
	return r.texts.String()[start:]
}
