//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"errors"
	"strings"
	"testing"
)

// QNativeIpcKey::Type
const (
	systemV = 0x51
	posix   = 0x100
	win32   = 0x101
)

// eachQtWithKeys runs a test with each library that has QNativeIpcKey, and wants the others to say that they do not.
func eachQtWithKeys(t *testing.T, test func(t *testing.T, q *Qt)) {
	eachQt(t, func(t *testing.T, q *Qt) {
		if hasNativeIpcKey(t, q) {
			test(t, q)
			return
		}
		_, parse := q.ParseKey("posix:/a")
		_, legacy := q.LegacyKey(false, "a", posix)
		_, safe := q.PlatformSafeKey(true, "a", posix)
		m, memory := q.NewSharedMemoryOf("posix:/a")
		s, semaphore := q.NewSystemSemaphoreOf("posix:/a", 1, false)
		own := newMemory(t, q, "a")
		set := own.SetNativeKeyOf("posix:/b")
		setType := own.SetNativeKeyOfType("/b", posix)
		_, get := own.NativeIpcKey()
		want := "realqt: Qt " + q.Version() + " has no QNativeIpcKey, which came with Qt 6.6"
		for _, err := range []error{parse, legacy, safe, memory, semaphore, set, setType, get} {
			if !errors.Is(err, errors.ErrUnsupported) || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
		if m != nil || s != nil {
			t.Error("an object was made")
		}
		if own.Key() != "a" {
			t.Errorf("the key became %q", own.Key())
		}
	})
}

func newMemoryOf(t *testing.T, q *Qt, text string) *SharedMemory {
	t.Helper()
	m, err := q.NewSharedMemoryOf(text)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

func newSemaphoreOf(t *testing.T, q *Qt, text string, initial int, create bool) *SystemSemaphore {
	t.Helper()
	s, err := q.NewSystemSemaphoreOf(text, initial, create)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// The keys are those that C++ programs with twelve versions from 6.6.0 to 6.12.0 print.
func TestParseKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for text, want := range map[string]NativeIpcKey{
			"posix:/a":                               {posix, "/a", "", "posix:/a"},
			"POSIX:/a":                               {posix, "/a", "", "posix:/a"},
			"posix:":                                 {posix, "", "", "posix:"},
			"posix:a":                                {posix, "a", "", "posix:a"},
			"posix:///a":                             {posix, "/a", "", "posix:/a"},
			"posix:////a":                            {posix, "//a", "", "posix:/%2Fa"},
			"posix:/%2F/a":                           {posix, "///a", "", "posix:/%2F/a"},
			"posix:%2541":                            {posix, "%41", "", "posix:%2541"},
			"posix:/%zz%":                            {posix, "/%zz%", "", "posix:/%25zz%25"},
			"posix:/%C3%A9é%E9😀":                     {posix, "/éé\ufffd😀", "", "posix:/éé\ufffd😀"},
			"posix:/a%00\x7f":                        {posix, "/a\x00\x7f", "", "posix:/a%00%7F"},
			"posix:/./../a ":                         {posix, "/./../a ", "", "posix:/./../a "},
			"posix:/a#fragment":                      {posix, "/a", "", "posix:/a"},
			"posix:/a?":                              {posix, "/a", "", "posix:/a"},
			"posix:/a?legacyKey":                     {posix, "/a", "", "posix:/a"},
			"posix:/a?legacyKey=":                    {posix, "/a", "", "posix:/a"},
			"posix:/a?legacyKey=b":                   {posix, "/a", "b", "posix:/a?legacyKey=b"},
			"posix:/a?legacyKey=b+%2B%2520":          {posix, "/a", "b++%20", "posix:/a?legacyKey=b++%2520"},
			"posix:/?legacyKey=b&legacyKey=c%26%3D?": {posix, "/", "c&=?", "posix:/?legacyKey=c%26%3D?"},
			"systemv:/tmp/x?legacyKey=My App 1.0":    {systemV, "/tmp/x", "My App 1.0", "systemv:/tmp/x?legacyKey=My App 1.0"},
			"systemv-81:/k":                          {systemV, "/k", "", "systemv:/k"},
			"systemv-82:/k":                          {82, "/k", "", "systemv-82:/k"},
			"systemv-01:/k":                          {1, "/k", "", "systemv-1:/k"},
			"systemv-255:/k":                         {255, "/k", "", "systemv-255:/k"},
			`windows:Local\foo`:                      {win32, `Local\foo`, "", `windows:Local\foo`},
		} {
			if got, err := q.ParseKey(text); got != want || err != nil {
				t.Errorf("%q: %+v %v, want %+v", text, got, err, want)
			}
		}
		for _, text := range []string{"", "posix", "/a", "other:/a", " posix:/a", "posix :/a", "posix://a", "posix://u@/a", "posix://:80/a",
			"posix:/a?b=c", "posix:/a?legacykey=b", "posix:/a?legacyKey=b&c", "systemv1:/k", "systemv+81:/k", "systemv-0:/k",
			"systemv-256:/k", "systemv--1:/k", "systemv- 1:/k", "systemv-0x51:/k"} {
			if got, err := q.ParseKey(text); got != (NativeIpcKey{}) || err != nil {
				t.Errorf("%q: %+v %v, want an invalid key", text, got, err)
			}
		}
	})
}

// wantKey wants a key, and the same one of its text.
func wantKey(t *testing.T, q *Qt, got NativeIpcKey, err error, want NativeIpcKey) {
	t.Helper()
	if err != nil || got != want {
		t.Errorf("got  %+v %v\nwant %+v", got, err, want)
	}
	if parsed, err := q.ParseKey(got.Text); err != nil || parsed != got {
		t.Errorf("%q is parsed as %+v %v", got.Text, parsed, err)
	}
}
