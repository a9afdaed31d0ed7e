package datastream

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// Text becomes UTF-16 by runs of characters alike: those of one byte, ASCII; those of two; and those of three.

// utf16Len returns the number of UTF-16 units of s.
func utf16Len(s string) (n int64) {
	for _, r := range s {
		n += int64(utf16.RuneLen(r))
	}
	return n
}

// appendUTF16 appends s as UTF-16 units, U+FFFD for each byte of it that is not UTF-8. It only counts them if they do
// not fit.
func (f Format) appendUTF16(b []byte, s string) []byte {
	for {
		n, used := f.toUTF16(b[len(b):cap(b)], s)
		b, s = b[:len(b)+n], s[used:]
		if s == "" {
			return b
		}
		b = slices.Grow(b, int(2*utf16Len(s)))
	}
}

// toUTF16 writes s as UTF-16 units while dst has room. It returns the bytes written and read.
func (f Format) toUTF16(dst []byte, s string) (n, used int) {
	for len(dst)-n >= 2 && used < len(s) {
		rest := s[used:]
		var wrote, read int
		switch c := rest[0]; {
		case c < utf8.RuneSelf:
			read = f.asciiToUTF16(dst[n:], rest)
			wrote = 2 * read
		case c < 0xe0:
			read = f.twosToUTF16(dst[n:], rest)
			wrote = read
		case c < 0xf0:
			read = f.threesToUTF16(dst[n:], rest)
			wrote = read / 3 * 2
		}
		if read == 0 { // another length, or no UTF-8
			r, size := utf8.DecodeRuneInString(rest)
			read, wrote = size, 2*utf16.RuneLen(r)
			if wrote > len(dst)-n {
				break
			}
			f.putRune(dst[n:], r)
		}
		n += wrote
		used += read
	}
	return n, used
}

func (f Format) putRune(dst []byte, r rune) {
	if r >= 0x10000 {
		high, low := utf16.EncodeRune(r)
		binary.BigEndian.PutUint16(dst, f.swap16(uint16(high)))
		dst, r = dst[2:], low
	}
	binary.BigEndian.PutUint16(dst, f.swap16(uint16(r)))
}

// asciiToUTF16 writes s while it is ASCII, and returns the bytes read.
func (f Format) asciiToUTF16(dst []byte, s string) (n int) {
	shift := 8
	if f.ByteOrder == LittleEndian {
		shift = 0
	}
	for len(s) >= 16 && len(dst) >= 32 {
		d := (*[32]byte)(dst)
		v, w := load64(s), load64(s[8:])
		if (v|w)&0x8080808080808080 != 0 {
			break
		}
		binary.LittleEndian.PutUint64(d[0:], spread(uint32(v))<<(shift&63))
		binary.LittleEndian.PutUint64(d[8:], spread(uint32(v>>32))<<(shift&63))
		binary.LittleEndian.PutUint64(d[16:], spread(uint32(w))<<(shift&63))
		binary.LittleEndian.PutUint64(d[24:], spread(uint32(w>>32))<<(shift&63))
		s, dst, n = s[16:], dst[32:], n+16
	}
	for len(s) > 0 && len(dst) >= 2 && s[0] < utf8.RuneSelf {
		binary.LittleEndian.PutUint16(dst, uint16(s[0])<<(shift&15))
		s, dst, n = s[1:], dst[2:], n+1
	}
	return n
}

// spread returns the bytes of v, each as 16 bits.
func spread(v uint32) uint64 {
	w := (uint64(v) | uint64(v)<<16) & 0x0000ffff0000ffff
	return (w | w<<8) & 0x00ff00ff00ff00ff
}

// load64 returns the first eight bytes of s, the first one in the lowest bits. The compiler makes one load of it.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// twosToUTF16 writes s while its characters have two bytes, and returns the bytes read.
func (f Format) twosToUTF16(dst []byte, s string) (n int) {
	for len(s)-n >= 2 && len(dst)-n >= 2 {
		c, d := s[n], s[n+1]^0x80
		if c < 0xc2 || c >= 0xe0 || d >= 0x40 {
			break
		}
		binary.BigEndian.PutUint16(dst[n:], f.swap16(uint16(c&0x1f)<<6|uint16(d)))
		n += 2
	}
	return n
}

// threesToUTF16 writes s while its characters have three bytes, and returns the bytes read.
func (f Format) threesToUTF16(dst []byte, s string) (read int) {
	for len(s)-read >= 12 && len(dst) >= 8 {
		const lead, mask = 0x8080e08080e0, 0xc0c0f0c0c0f0 // of two characters
		v, w := load64(s[read:]), load64(s[read+4:])>>16
		if v&mask != lead || w&mask != lead {
			break
		}
		u := threeBytePair(v) | threeBytePair(w)<<32
		if hasNotThree(u) {
			break
		}
		binary.LittleEndian.PutUint64(dst, f.swapUnits(u))
		dst, read = dst[8:], read+12
	}
	for len(s)-read >= 3 && len(dst) >= 2 {
		r, size := utf8.DecodeRuneInString(s[read:])
		if size != 3 {
			break
		}
		binary.BigEndian.PutUint16(dst, f.swap16(uint16(r)))
		dst, read = dst[2:], read+3
	}
	return read
}

// threeBytePair returns the units of the two characters in the lower 48 bits of w.
func threeBytePair(w uint64) uint64 {
	w = w&0xffffff | w<<8&0xffffff00000000
	w = w<<12&0x0000f0000000f000 | w>>2&0x00000fc000000fc0 | w>>16&0x0000003f0000003f
	return uint64(uint32(w | w>>16))
}

// hasNotThree reports whether any of the four units in w is below U+0800, which takes less than three bytes, or a
// surrogate.
func hasNotThree(w uint64) bool {
	const ones = 0x0001000100010001
	beyond := func(w uint64) uint64 { return w&(0x7fff*ones) + 0x7800*ones | w } // its highest bit is that of a unit from U+0800 on
	return beyond(w)&beyond(w^0xd800*ones)&(0x8000*ones) != 0x8000*ones
}
