package ipckey

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestRoundTripOfEveryCharacter puts every character into each place of a text form.
func TestRoundTripOfEveryCharacter(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		c := string(r)
		for _, k := range []Key{
			{PosixRealtime, c, "x" + c},
			{SystemV, "/" + c + "/", c + "x"},
		} {
			want := k
			want.Legacy = strings.TrimPrefix(k.Legacy, "\ufeff")
			if got, err := Parse(k.String()); err != nil || got != want {
				t.Fatalf("Parse(%+q) = %+q, %v; want %+q", k.String(), got, err, want)
			}
		}
		if r > 0x3000 {
			r += 0x100 // a sample of the rest
		}
	}
}

// TestRoundTripOfEveryType also says which types have a text form: those that Qt has, and no other.
func TestRoundTripOfEveryType(t *testing.T) {
	for n := range 0x10000 {
		k := Key{Type: Type(n), Native: "/a"}
		got, err := Parse(k.String())
		if 1 <= n && n <= 0x101 {
			if err != nil || got != k {
				t.Errorf("Parse(%q) = %+v, %v; want %+v", k.String(), got, err, k)
			}
		} else if k.String() != "" || err == nil {
			t.Errorf("type %#x has the text form %q", n, k.String())
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		text  string
		is    error // nil: no sentinel
		words string
	}{
		{"", nil, "no scheme"},
		{"test", nil, "no scheme"},
		{"a?posix:/b", nil, "no scheme"},
		{"a#posix:/b", nil, "no scheme"},
		{"http:/a", ErrUnsupportedType, `"http"`},
		{"systemv-256:/a", ErrUnsupportedType, `"systemv-256"`},
		{"systemv-0:/a", ErrUnsupportedType, "systemv-1 to systemv-255"},
		{" posix:/a", ErrUnsupportedType, `" posix"`},
		{"posix://host/a", nil, `"host"`},
		{"posix://host/a", nil, "/%2F"},
		{"posix:/a?b=c", nil, `"b"`},
		{"posix:/a?b=c", nil, "legacyKey"},
		{"posix:/a\xff", ErrNotUTF8, "UTF-8"},
		{"posix:/a\xed\xa0\x80", ErrNotUTF8, "UTF-8"},
		{"posix:/a?legacyKey=\xff", ErrNotUTF8, "UTF-8"},
		{"posix:/a#\xff", ErrNotUTF8, "UTF-8"},
	}
	for _, tt := range tests {
		got, err := Parse(tt.text)
		if got != (Key{}) || err == nil || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("Parse(%+q) = %+q, %v; want an error with %s", tt.text, got, err, tt.words)
		}
		for _, sentinel := range []error{ErrEmptyKey, ErrNotUTF8, ErrNUL, ErrUnsupportedType} {
			if is := errors.Is(err, sentinel); is != (sentinel == tt.is) {
				t.Errorf("Parse(%+q): errors.Is(%v, %v) = %v", tt.text, err, sentinel, is)
			}
		}
	}
}

// FuzzParse: whatever Parse accepts is a valid key, whose text form means the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"posix:/a", "systemv-82:/a%2Fb?legacyKey=x%26y", "windows:Local\\foo", "posix://///a", "posix:/%ED%A0%80%EF%BF%BE",
		"posix:/%zz%41?legacyKey=%41%", "posix:?legacyKey=\ufeff\ufeffx&legacyKey", "systemv-0:/a", "posix://@:/a#?", "a\xff:",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		k, err := Parse(text)
		if err != nil {
			if k != (Key{}) {
				t.Fatalf("Parse(%q) = %+q and %v", text, k, err)
			}
			return
		}
		if k.Type.Family() == FamilyNone || !utf8.ValidString(k.Native) || !utf8.ValidString(k.Legacy) {
			t.Fatalf("Parse(%q) = %+q, which is no key", text, k)
		}
		k.Legacy = strings.TrimLeft(k.Legacy, "\ufeff")
		if again, err := Parse(k.String()); err != nil || again != k {
			t.Fatalf("%+q.String() = %q, which Parse reads as %+q, %v", k, k.String(), again, err)
		}
	})
}

// FuzzString: the text form of every valid key leads back to it.
func FuzzString(f *testing.F) {
	f.Add(uint16(0x51), "/tmp/x", "name")
	f.Add(uint16(0x100), "//%?#&=\x00\x7f", "%?#&=\x00\x7f")
	f.Add(uint16(0x102), "", "")
	f.Fuzz(func(t *testing.T, of uint16, native, legacy string) {
		k := Key{Type(of), strings.ToValidUTF8(native, ""), strings.TrimLeft(strings.ToValidUTF8(legacy, ""), "\ufeff")}
		got, err := Parse(k.String())
		if k.Type.Family() == FamilyNone {
			if err == nil {
				t.Fatalf("the text form of %+q is that of %+q", k, got)
			}
			return
		}
		if err != nil || got != k {
			t.Fatalf("%+q.String() = %q, which Parse reads as %+q, %v", k, k.String(), got, err)
		}
	})
}
