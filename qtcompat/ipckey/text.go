package ipckey

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// legacyParameter is the only parameter that a text form may have.
const legacyParameter = "legacyKey"

// String returns the text form of k, which Parse and QNativeIpcKey::fromString read: QNativeIpcKey::toString. It is
// empty for an invalid type. Non-ASCII text stays as it is; escaped are control characters and what has a meaning in
// the form.
//
// Reading the text gives k back, with one exception, which is Qt's as well: a leading U+FEFF of Legacy is lost.
func (k Key) String() string {
	if k.Type.Family() == FamilyNone {
		return ""
	}
	path := escape(k.Native, "%?#")
	if rest, ok := strings.CutPrefix(path, "//"); ok {
		path = "/%2F" + rest // not the start of an authority
	}
	text := k.Type.String() + ":" + path
	if k.Legacy != "" {
		text += "?" + legacyParameter + "=" + escape(k.Legacy, "%#&=")
	}
	return text
}

// escape returns s with every control character and every character of reserved as %XX.
func escape(s, reserved string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range []byte(s) {
		if c < ' ' || c == 0x7f || strings.IndexByte(reserved, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Parse reads the text form of a key as QNativeIpcKey::fromString does (measured with ten versions from Qt 6.6.0 to 6.12.0):
//
//	scheme ":" [ "//" ] path [ "?legacyKey=" name ] [ "#" anything ]
//
// The scheme is "systemv", "systemv-N" with a decimal N of 1 to 255, "posix" or "windows", in any case. Path and name
// are percent-decoded; in a path or a query with a "%" that starts no escape, every "%" stands for itself. Bytes that
// are not UTF-8 become U+FFFD.
//
// Errors: ErrNotUTF8, ErrUnsupportedType for another scheme, otherwise one that says what is wrong.
func Parse(text string) (Key, error) {
	k, err := parse(text)
	if err != nil {
		return Key{}, fmt.Errorf("parse the key %.200q: %w", text, err)
	}
	return k, nil
}

func parse(text string) (Key, error) {
	if !utf8.ValidString(text) {
		return Key{}, ErrNotUTF8
	}
	text, _, _ = strings.Cut(text, "#")
	text, query, _ := strings.Cut(text, "?")
	scheme, path, ok := strings.Cut(text, ":")
	if !ok {
		return Key{}, errors.New("no scheme: want systemv:, systemv-N:, posix: or windows: and a native key")
	}
	t, err := parseScheme(scheme)
	if err != nil {
		return Key{}, err
	}
	if path, err = cutAuthority(path); err != nil {
		return Key{}, err
	}
	if wellFormed(path) {
		path = unescape(path, false)
	}
	legacy, err := parseQuery(query)
	return Key{Type: t, Native: path, Legacy: legacy}, err
}

func parseScheme(scheme string) (Type, error) {
	switch lower := asciiLower(scheme); lower {
	case "systemv":
		return SystemV, nil
	case "posix":
		return PosixRealtime, nil
	case "windows":
		return Windows, nil
	default:
		digits, ok := strings.CutPrefix(lower, "systemv-")
		id, err := strconv.ParseUint(digits, 10, 8)
		if !ok || err != nil || id == 0 {
			return 0, fmt.Errorf("%w %q: want systemv, systemv-1 to systemv-255, posix or windows", ErrUnsupportedType, scheme)
		}
		return Type(id), nil
	}
}

// asciiLower differs from strings.ToLower, which turns two characters outside ASCII into ASCII letters.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// cutAuthority removes a URL's authority from the start of path. It must be empty; to Qt, the separators of an empty
// user and of an empty port are.
func cutAuthority(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "//")
	if !ok {
		return path, nil
	}
	authority, _, _ := strings.Cut(rest, "/")
	switch authority {
	case "", "@", ":", "@:":
		return rest[len(authority):], nil
	}
	return "", fmt.Errorf("%q after // is a host, which no key has: write a path that starts with // as /%%2F", authority)
}

// parseQuery returns the value of the last legacyKey in query.
func parseQuery(query string) (legacy string, err error) {
	if query == "" {
		return "", nil
	}
	escaped := wellFormed(query)
	for item := range strings.SplitSeq(strings.TrimSuffix(query, "&"), "&") {
		name, value, _ := strings.Cut(item, "=")
		if escaped {
			name, value = unescape(name, true), unescape(value, true)
		}
		if name != legacyParameter {
			return "", fmt.Errorf("unknown parameter %q: only %s is allowed after ?", name, legacyParameter)
		}
		legacy = strings.TrimPrefix(value, "\ufeff") // QString::fromUtf8 takes it for a byte order mark
	}
	return legacy, nil
}

// wellFormed reports whether two hexadecimal digits follow every % of s. Otherwise Qt takes none for an escape.
func wellFormed(s string) bool {
	for {
		_, after, found := strings.Cut(s, "%")
		if !found {
			return true
		}
		if len(after) < 2 {
			return false
		}
		if _, err := hex.DecodeString(after[:2]); err != nil {
			return false
		}
		s = after[2:]
	}
}

// unescape decodes the escapes of s, which is well formed. A byte that is not part of a character becomes U+FFFD;
// without noncharacters, so does every byte of an escaped noncharacter.
func unescape(s string, noncharacters bool) string {
	var b strings.Builder
	for s != "" {
		if s[0] != '%' {
			literal, _, _ := strings.Cut(s, "%")
			b.WriteString(literal)
			s = s[len(literal):]
			continue
		}
		var run []byte
		for ; strings.HasPrefix(s, "%"); s = s[3:] {
			run, _ = hex.AppendDecode(run, []byte(s[1:3]))
		}
		for len(run) > 0 {
			r, size := utf8.DecodeRune(run)
			if !noncharacters && isNoncharacter(r) {
				r, size = utf8.RuneError, 1
			}
			b.WriteRune(r)
			run = run[size:]
		}
	}
	return b.String()
}

// isNoncharacter reports whether Unicode reserves r for internal use.
func isNoncharacter(r rune) bool {
	return 0xfdd0 <= r && r <= 0xfdef || r&0xfffe == 0xfffe
}
