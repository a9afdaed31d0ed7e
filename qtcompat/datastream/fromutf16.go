package datastream

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text becomes UTF-8 by runs of units alike: those below U+0800, which take one or two bytes, ASCII among them many at a
// time; and the others, which take three, except for surrogates.

// decodeUTF16 returns units as UTF-8, an unpaired surrogate as U+FFFD. len(p) is even.
func (f Format) decodeUTF16(p []byte) string {
	var short [128]byte
	n, used := f.toUTF8(short[:], p)
	if used == len(p) {
		return string(short[:n])
	}
	return f.decodeLongUTF16(p, n*(len(p)/used+1))
}

// decodeLongUTF16 expects about so many bytes. It writes by way of a chunk because nothing else than a Builder gives
// memory for a string that is neither cleared before nor copied afterwards.
func (f Format) decodeLongUTF16(p []byte, about int) string {
	var s strings.Builder
	s.Grow(about + about/32)
	var chunk [4096]byte
	for len(p) > 0 {
		n, used := f.toUTF8(chunk[:], p)
		s.Write(chunk[:n])
		p = p[used:]
	}
	return s.String()
}

// toUTF8 writes units as UTF-8 while there are any and dst has room for four bytes. It returns the bytes written and
// read.
func (f Format) toUTF8(dst, p []byte) (n, used int) {
	for len(dst)-n >= utf8.UTFMax && used < len(p) {
		rest := p[used:]
		u := f.swap16(binary.BigEndian.Uint16(rest))
		var wrote, read int
		switch {
		case u < 0x800:
			wrote, read = f.shortToUTF8(dst[n:], rest)
		case utf16.IsSurrogate(rune(u)):
			wrote, read = f.surrogatesToUTF8(dst[n:], rest)
		default:
			read = f.threesToUTF8(dst[n:], rest)
			wrote = read / 2 * 3
		}
		n += wrote
		used += read
	}
	return n, used
}

// surrogatesToUTF8 writes the character of the pair at the start of p, or U+FFFD for the one surrogate there.
func (f Format) surrogatesToUTF8(dst, p []byte) (n, used int) {
	if len(p) >= 4 {
		high, low := f.swap16(binary.BigEndian.Uint16(p)), f.swap16(binary.BigEndian.Uint16(p[2:]))
		if r := utf16.DecodeRune(rune(high), rune(low)); r != utf8.RuneError {
			return utf8.EncodeRune(dst, r), 4
		}
	}
	return utf8.EncodeRune(dst, utf8.RuneError), 2
}

// beyondASCII are the bits of four units that ASCII does not have.
const beyondASCII = 0xff80ff80ff80ff80

// shortToUTF8 writes units while they are below U+0800, at least one.
func (f Format) shortToUTF8(dst, p []byte) (n, used int) {
	ascii := 0 // words in a row
	for len(p)-used >= 8 && len(dst)-n >= 8 {
		w := f.swapUnits(binary.LittleEndian.Uint64(p[used:]))
		if w&beyondASCII == 0 {
			putLowBytes(dst[n:], w)
			n, used, ascii = n+4, used+8, ascii+1
			if ascii == 4 {
				run := f.asciiToUTF8(dst[n:], p[used:])
				n, used, ascii = n+run, used+2*run, 0
			}
			continue
		}
		ascii = 0
		if w&0xf800f800f800f800 != 0 {
			break
		}
		text, size := shortUnits(w)
		binary.LittleEndian.PutUint64(dst[n:], text)
		n, used = n+size, used+8
	}
	for len(p)-used >= 2 && len(dst)-n >= 2 {
		u := f.swap16(binary.BigEndian.Uint16(p[used:]))
		if u >= 0x800 {
			break
		}
		n, used = n+utf8.EncodeRune(dst[n:], rune(u)), used+2
	}
	return n, used
}

// shortUnits returns the UTF-8 of four units below U+0800, and the number of its bytes. It has no branch, because no
// processor could tell in advance which of them take two.
func shortUnits(w uint64) (text uint64, size int) {
	const ones = 0x0001000100010001
	two := 0x80c0*ones | w>>6&(0x1f*ones) | w<<8&(0x3f00*ones)
	isTwo := (w + 0x780*ones) >> 11 & ones
	w ^= (w ^ two) & (isTwo * 0xffff)
	bits := 8 + isTwo<<3&8
	text = w&0xffff | (w>>16&0xffff)<<(bits&63)
	bits += 8 + isTwo>>13&8
	text |= (w >> 32 & 0xffff) << (bits & 63)
	bits += 8 + isTwo>>29&8
	text |= (w >> 48) << (bits & 63)
	bits += 8 + isTwo>>45&8
	return text, int(bits / 8)
}

// asciiToUTF8 writes units by 32 while they are ASCII, and returns their number. In big-endian order it reads from the
// second byte on, where the bytes are like those of the other order; the last of 64 is the first of those that follow.
func (f Format) asciiToUTF8(dst, p []byte) (n int) {
	low := 0
	if f.ByteOrder != LittleEndian {
		if low = 1; len(p) == 0 || p[0] != 0 {
			return 0
		}
	}
	for len(p) > 64 && len(dst) >= 32 {
		a, d := (*[64]byte)(p[low:]), (*[32]byte)(dst)
		w0, w1 := binary.LittleEndian.Uint64(a[0:]), binary.LittleEndian.Uint64(a[8:])
		w2, w3 := binary.LittleEndian.Uint64(a[16:]), binary.LittleEndian.Uint64(a[24:])
		w4, w5 := binary.LittleEndian.Uint64(a[32:]), binary.LittleEndian.Uint64(a[40:])
		w6, w7 := binary.LittleEndian.Uint64(a[48:]), binary.LittleEndian.Uint64(a[56:])
		if (w0|w1|w2|w3|w4|w5|w6|w7)&beyondASCII != 0 {
			break
		}
		putLowBytes(d[0:4], w0)
		putLowBytes(d[4:8], w1)
		putLowBytes(d[8:12], w2)
		putLowBytes(d[12:16], w3)
		putLowBytes(d[16:20], w4)
		putLowBytes(d[20:24], w5)
		putLowBytes(d[24:28], w6)
		putLowBytes(d[28:32], w7)
		p, dst, n = p[64:], dst[32:], n+32
	}
	return n
}

// putLowBytes writes the low byte of each 16 bits of w, whose high bytes are 0.
func putLowBytes(dst []byte, w uint64) {
	w |= w >> 8
	binary.LittleEndian.PutUint16(dst, uint16(w))
	binary.LittleEndian.PutUint16(dst[2:], uint16(w>>32))
}

// A unit of three bytes in UTF-8 has them, the first in the lowest bits, in highByte[u>>8] | lowByte[u&0xff]. For other
// units that is notThree or more.
var highByte, lowByte = threeByteTables()

const notThree = 1 << 31

func threeByteTables() (high, low [256]uint32) {
	for i := range uint32(256) {
		high[i] = 0xe0 | i>>4 | (0x80|i<<2&0x3f)<<8
		if i < 0x08 || i&0xf8 == 0xd8 {
			high[i] = notThree
		}
		low[i] = i>>6<<8 | (0x80|i&0x3f)<<16
	}
	return high, low
}

// threesToUTF8 writes units while they take three bytes, and returns the bytes read.
func (f Format) threesToUTF8(dst, p []byte) (read int) {
	first, second := &highByte, &lowByte
	if f.ByteOrder == LittleEndian {
		first, second = second, first
	}
	for len(p)-read >= 16 && len(dst) >= 26 {
		a, d := (*[16]byte)(p[read:]), (*[26]byte)(dst)
		u0, u1 := first[a[0]]|second[a[1]], first[a[2]]|second[a[3]]
		u2, u3 := first[a[4]]|second[a[5]], first[a[6]]|second[a[7]]
		u4, u5 := first[a[8]]|second[a[9]], first[a[10]]|second[a[11]]
		u6, u7 := first[a[12]]|second[a[13]], first[a[14]]|second[a[15]]
		if u0|u1|u2|u3|u4|u5|u6|u7 >= notThree {
			break
		}
		binary.LittleEndian.PutUint64(d[0:], uint64(u0)|uint64(u1)<<24)
		binary.LittleEndian.PutUint64(d[6:], uint64(u2)|uint64(u3)<<24)
		binary.LittleEndian.PutUint64(d[12:], uint64(u4)|uint64(u5)<<24)
		binary.LittleEndian.PutUint64(d[18:], uint64(u6)|uint64(u7)<<24)
		dst, read = dst[24:], read+16
	}
	for len(p)-read >= 2 && len(dst) >= 4 {
		u := first[p[read]] | second[p[read+1]]
		if u >= notThree {
			break
		}
		binary.LittleEndian.PutUint32(dst, u)
		dst, read = dst[3:], read+2
	}
	return read
}
