//go:build linux

package interop

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestHostileLines sends Go and C the same lines, of which most have a mistake. They must answer the same.
func TestHostileLines(t *testing.T) {
	r, codes := random(t), map[string]int{}
	if err := Play(programs(t), func(c *Cell) {
		inGo, inC, picture := c.Start("go"), c.Start("c"), paint(c)
		for range 10_000 {
			line := hostileLine(r, picture)
			want, got := withoutText(inGo.raw(t, line)), withoutText(inC.raw(t, line))
			if got != want {
				t.Errorf("%s\n  C:  %s\n  Go: %s", line, got, want)
			}
			code, _, _ := strings.Cut(strings.TrimPrefix(want, "err "), " ")
			codes[code]++
		}
	}); err != nil {
		t.Error(err)
	}
	for _, code := range []string{"ok", "BadData", "Usage", "unsupported"} {
		if codes[code] < 50 {
			t.Errorf("%s was answered %d times, want some more: %v", code, codes[code], codes)
		}
	}
}

// withoutText leaves of an error its code.
func withoutText(answer string) string {
	if words := strings.Fields(answer); words[0] == "err" && len(words) > 2 {
		return "err " + words[1]
	}
	return answer
}

func hostileLine(r *rand.Rand, picture string) string {
	format := pick(r, "int32", "text", "cstring", "qstring", "qbytearray", "qimage", "qimage", "qmap", "qvariant-6")
	switch r.IntN(12) {
	case 0, 1:
		return "encode " + format + " " + hostileWord(r, format)
	case 2:
		return "key " + hostileWord(r, "") + pick(r, "", "", " semaphore", "\x00")
	case 3: // nobody has the ID x
		words := []string{pick(r, "read", "put", "get", "add", "lock", "acquire", "keys", "rules", "parse", "create", "Key", "\t", "é", "")}
		for range r.IntN(5) {
			words = append(words, pick(r, "x", "%", "1", "-1", "99999999999999999999", "text", "open", "ro", "segment", ""))
		}
		return strings.Join(words, " ")
	case 4:
		return "keys " + pick(r, "legacy", "safe", "Safe") + " " + pick(r, "systemv", "posix", "windows")
	case 5:
		return "rules " + pick(r, "%", "5.6", "5.8.0", "5.15.8", "6.6.0", "6.12", "4.3", "7.0", "5.", "5.6.x", "05.6", "x", "%FF")
	case 6:
		key := pick(r, "", "systemv%3A%2Fk", "SystemV%3Ak", "systemv-82%3A%2Fk", "posix%3A%2Fk", "windows%3Ak", "key%3Ak") + hostileWord(r, "")
		return pick(r, "parse "+key, "segment k "+key+pick(r, "", " native", " text", " text 1"))
	case 7:
		return pick(r, "segment k x Text", "attached k", "attach k", "close k")
	}
	return "decode " + format + " " + hostileBytes(r, picture)
}

// hostileWord makes a word of text or bytes, or nearly so. Of int32 the peers accept more than they must: each something else.
func hostileWord(r *rand.Rand, format string) (word string) {
	if format == "int32" {
		return pick(r, "%", "0", "-1", "-2147483648", "2147483647", "2147483648", "-2147483649", "99999999999999999999", "1.5", "0x1", "a", "-")
	}
	for range r.IntN(4) {
		word += pick(r, "a", "41", "10ff", "%", "%4", "%41", "%20", "%C3%A9", "%c3%a9", "%C3", "%A9", "%FF", "%C0%80", "%E0%80%80", "%ED%A0%80",
			"%EF%BF%BD", "%F0%9F%98%80", "%F4%8F%BF%BF", "%F4%90%80%80", "%F8%80%80%80", "é", "+", "/", "%2F", "~")
	}
	if format == "text" || format == "cstring" {
		word += pick(r, "", "", "%00", "%00a")
	}
	return word
}

// hostileBytes makes a stream of which something is wrong, perhaps.
func hostileBytes(r *rand.Rand, picture string) string {
	file, _ := hex.DecodeString(picture)
	length := pick[uint32](r, 0, 1, 2, 3, 4, 5, 8, 0x7fffffff, 0x80000000, 0xfffffffd, 0xfffffffe, 0xffffffff)
	stream := binary.BigEndian.AppendUint32(nil, length)
	if length == 0xfffffffe { // as in Qt 6.7 and later, another length follows
		stream = binary.BigEndian.AppendUint64(stream, pick[uint64](r, 0, 2, 3, 1<<32, 1<<63, 1<<64-2, 1<<64-1))
	}
	switch r.IntN(3) {
	case 0:
		for range r.IntN(16) {
			stream = append(stream, pick[byte](r, 0, 0, 0, 1, 4, 'a', 0xd8, 0xdc, 0xff))
		}
	case 1:
		stream = append(stream, file...)
	case 2:
		stream = append(stream, file...)
		at := pick(r, r.IntN(48), r.IntN(len(stream)), len(stream)-1-r.IntN(12))
		stream[at] = pick(r, 0, 1, 0x7f, 0x80, 0xff, stream[at]^1)
	}
	if r.IntN(3) == 0 {
		stream = slices.Concat(stream[:r.IntN(len(stream)+1)], make([]byte, r.IntN(3)))
	}
	if len(stream) == 0 {
		return pick(r, "%", "0", "A0", "zz")
	}
	return fmt.Sprintf("%x", stream)
}
