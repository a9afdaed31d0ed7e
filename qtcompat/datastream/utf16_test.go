package datastream

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// alphabets are texts whose characters take different ways, and sit at the limits of their class.
var alphabets = map[string]string{
	"ASCII":      "aZ\x00\x7f 0",
	"Latin":      "abcdefgh\u0080\u00ffijklmnopé",
	"two bytes":  "\u0080\u07ffЖя",
	"CJK":        "\u0800\uffff\ud7ff\ue000視野無限",
	"surrogates": "\U00010000\U0010ffff\U0001f600",
	"mixed":      "a\u00e9\u0800\U0001f600b視c",
}

// textsOf returns texts of an alphabet, with all lengths up to 100 characters and some beyond a chunk.
func textsOf(alphabet string) (texts []string) {
	letters, random := []rune(alphabet), rand.New(rand.NewPCG(1, 2))
	for n := range 106 {
		if n > 100 {
			n *= 50
		}
		text := make([]rune, n)
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		texts = append(texts, string(text))
	}
	return texts
}

// unitsOf returns the units in the byte order of f.
func unitsOf(f Format, units []uint16) (b []byte) {
	for _, u := range units {
		b = f.AppendUint16(b, u)
	}
	return b
}

func bothOrders(t *testing.T, test func(f Format)) {
	t.Helper()
	test(Format{})
	test(little)
}

func TestTextOfEveryAlphabet(t *testing.T) {
	for name, alphabet := range alphabets {
		t.Run(name, func(t *testing.T) {
			for i, s := range textsOf(alphabet) {
				s += alphabets["ASCII"][:i%3] + alphabet
				bothOrders(t, func(f Format) { checkText(t, f, s, utf16.Encode([]rune(s))) })
			}
		})
	}
}

// checkText checks that s is written as the units and that they read as s.
func checkText(t *testing.T, f Format, s string, units []uint16) {
	t.Helper()
	b := unitsOf(f, units)
	want := append(f.AppendUint32(nil, uint32(len(b))), b...)
	if got := f.AppendQString(nil, s); string(got) != string(want) {
		t.Fatalf("%+v: %q is written as %x, want %x", f, s, got, want)
	}
	r := NewReader(f, append(want, 0xff, 0xff), Limits{})
	if got := r.QString(); got != s || r.Offset() != len(want) {
		t.Fatalf("%+v: %x reads as %q, offset %d, want %q", f, want, got, r.Offset(), s)
	}
}

// A text of one alphabet with a character of another, or half of one, at every place.
func TestTextWithAnotherCharacter(t *testing.T) {
	for _, alphabet := range alphabets {
		units := utf16.Encode([]rune(strings.Repeat(alphabet, 80/utf8.RuneCountInString(alphabet))))
		for _, other := range []uint16{'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff} {
			for i := range units {
				odd := slices.Insert(slices.Clone(units), i, other)
				want := string(utf16.Decode(odd))
				bothOrders(t, func(f Format) {
					if got := f.decodeUTF16(unitsOf(f, odd)); got != want {
						t.Fatalf("%+v: %04x reads as %q, want %q", f, odd, got, want)
					}
				})
			}
		}
	}
}

// A text of one alphabet with bytes that are not UTF-8, or short of it, at every place.
func TestTextWithInvalidBytes(t *testing.T) {
	for _, alphabet := range alphabets {
		text := strings.Repeat(alphabet, 40/len(alphabet)+1)
		for _, bad := range []string{"\xff", "\x80", "\xc0\x80", "\xc2", "\xc1\xbf", "\xdf\xc0", "\xe0\x9f\xbf", "\xe1\x80", "\xe1\xc0\x80", "\xe1\x80\xc0",
			"\xed\xa0\x80", "\xed\xbf\xbf", "\xed\x9f\xbf", "\xe0\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"} {
			for i := range len(text) + 1 {
				s := text[:i] + bad + text[i:]
				want := utf16.Encode([]rune(s))
				bothOrders(t, func(f Format) {
					if got := f.appendUTF16(nil, s); string(got) != string(unitsOf(f, want)) {
						t.Fatalf("%+v: %q is written as %x, want %04x", f, s, got, want)
					}
				})
			}
		}
	}
}

// Whatever room there is, AppendQString fills it and asks for more only when the text needs it.
func TestTextAllocatesOnlyForWhatDoesNotFit(t *testing.T) {
	for name, alphabet := range alphabets {
		s := strings.Repeat(alphabet, 20)
		want := Format{}.AppendQString([]byte("head"), s)
		for room := range len(want) + 3 {
			buf := append(make([]byte, 0, max(4, room)), "head"...)
			if got := (Format{}).AppendQString(buf, s); string(got) != string(want) {
				t.Fatalf("%s, room for %d: %x, want %x", name, room, got, want)
			}
		}
		buf := append(make([]byte, 0, len(want)), "head"...)
		if n := testing.AllocsPerRun(10, func() { Format{}.AppendQString(buf, s) }); n != 0 {
			t.Errorf("%s: writing into a buffer of the right size makes %v allocations", name, n)
		}
	}
}

func TestTextIsReadWithOneAllocationAtMost(t *testing.T) {
	for name, alphabet := range alphabets {
		for _, s := range []string{alphabet, strings.Repeat(alphabet, 2000)} {
			r := NewReader(Format{}, Format{}.AppendQString(nil, s), Limits{})
			if n := testing.AllocsPerRun(10, func() {
				r.off = 0
				r.QString()
			}); n > 1 {
				t.Errorf("%s, %d bytes: reading makes %v allocations", name, len(s), n)
			}
		}
	}
}

func FuzzText(f *testing.F) {
	for _, alphabet := range alphabets {
		f.Add([]byte(strings.Repeat(alphabet, 20)))
		f.Add(unitsOf(Format{}, utf16.Encode([]rune(strings.Repeat(alphabet, 20)))))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:len(data)&^1]
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(data[2*i:])
		}
		bothOrders(t, func(f Format) {
			if got, want := f.decodeUTF16(unitsOf(f, units)), string(utf16.Decode(units)); got != want {
				t.Errorf("%+v: %04x reads as %q, want %q", f, units, got, want)
			}
			if got, want := f.appendUTF16(nil, string(data)), unitsOf(f, utf16.Encode([]rune(string(data)))); string(got) != string(want) {
				t.Errorf("%+v: %q is written as %x, want %x", f, data, got, want)
			}
		})
	})
}
