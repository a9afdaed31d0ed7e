//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bytes"
	"math"
	"runtime"
	"strings"
	"testing"
)

func TestStringsKeepTheirText(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for in, want := range map[string]string{
			"":                          "",
			"a":                         "a",
			"a\x00b":                    "a\x00b",
			"häßlich 日本語 😀":             "häßlich 日本語 😀",
			"\ufeffbom \uffff":          "\ufeffbom \uffff",
			"not UTF-8 \xff\xfe":        "not UTF-8 \ufffd\ufffd",
			strings.Repeat("ä😀", 10000): strings.Repeat("ä😀", 10000),
		} {
			if got := q.takeString(*q.newString(in)); got != want {
				t.Errorf("%.40q comes back as %.40q", in, got)
			}
		}
	})
}

func TestByteArraysKeepTheirBytes(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, want := range [][]byte{nil, {}, {0}, {0, 1, 255, 0}, bytes.Repeat([]byte{7, 0}, 50000)} {
			array := q.newByteArray(want)
			if got := q.bytes(array); !bytes.Equal(got, want) {
				t.Errorf("%d bytes come back as %d others", len(want), len(got))
			}
			q.releaseByteArray(array)
		}
	})
}

// Each thing is made and released often; the smallest that C++ could keep of each is a block of 24 bytes.
func TestNothingLeaks(t *testing.T) {
	// Each thread has its own cache of free blocks, which counts as in use.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	text, raw := strings.Repeat("x", 1000), bytes.Repeat([]byte{1}, 1000)
	eachQt(t, func(t *testing.T, q *Qt) {
		stringBytes, arrayBytes, cBytes := q.EncodeQString(text), q.EncodeQByteArray(raw), q.EncodeCString(text)
		picture := unhex(t, goldenImage)
		textVariant := append(unhex(t, "0000000a 00"), stringBytes...)
		rawVariant := append(unhex(t, "0000000c 00"), arrayBytes...)
		listVariant := append(unhex(t, "00000009 00 00000001"), textVariant...)
		for name, use := range map[string]func(){
			"taken string":    func() { q.takeString(*q.newString(text)) },
			"released string": func() { q.releaseString(q.newString(text)) },
			"byte array":      func() { q.releaseByteArray(q.newByteArray(raw)) },
			"memory":          func() { q.NewSharedMemory(text).Close() },
			"keys of memory": func() {
				m := q.NewSharedMemory(text)
				m.Key()
				m.NativeKey()
				m.SetKey("b")
				m.SetNativeKey("c")
				m.Close()
			},
			"memory error":      func() { m := q.NewSharedMemory(""); m.Attach(false); m.ErrorString(); m.Close() },
			"semaphore":         func() { q.NewSystemSemaphore("", 1, false).Close() },
			"semaphore error":   func() { s := q.NewSystemSemaphore("", 1, false); s.Acquire(); s.ErrorString(); s.Close() },
			"temp path":         func() { q.TempPath() },
			"parsed key":        func() { _, _ = q.ParseKey("systemv:/a?legacyKey=b") },
			"legacy key":        func() { _, _ = q.LegacyKey(false, "a", systemV) },
			"platform-safe key": func() { _, _ = q.PlatformSafeKey(true, "a", posix) },
			"memory of a key": func() {
				if m, err := q.NewSharedMemoryOf("posix:/a?legacyKey=b"); err == nil {
					m.Close()
				}
			},
			"semaphore of a key": func() {
				if s, err := q.NewSystemSemaphoreOf("systemv:?legacyKey=b", 1, false); err == nil {
					s.Close()
				}
			},
			"native key set": func() {
				m := q.NewSharedMemory("a")
				_ = m.SetNativeKeyOf("posix:/a?legacyKey=b")
				_, _ = m.NativeIpcKey()
				_ = m.SetNativeKeyOf("systemv:/a?legacyKey=c")
				_ = m.SetNativeKeyOfType("/a", posix)
				m.Close()
			},
			"encoded QString":                 func() { q.EncodeQString(text) },
			"encoded QByteArray":              func() { q.EncodeQByteArray(raw) },
			"encoded char*":                   func() { q.EncodeCString(text) },
			"decoded QString":                 func() { _, _ = q.DecodeQString(stringBytes) },
			"decoded QByteArray":              func() { _, _ = q.DecodeQByteArray(arrayBytes) },
			"decoded char*":                   func() { _, _ = q.DecodeCString(cBytes) },
			"char* cut short":                 func() { _, _ = q.DecodeCString(cBytes[:100]) },
			"QVariant of QString":             func() { _, _ = q.EncodeQVariant(text) },
			"QVariant of QByteArray":          func() { _, _ = q.EncodeQVariant(raw) },
			"QVariant of nothing it can hold": func() { _, _ = q.EncodeQVariant(q) },
			"decoded QVariant of QString":     func() { _, _ = q.DecodeQVariant(textVariant) },
			"decoded QVariant of QByteArray":  func() { _, _ = q.DecodeQVariant(rawVariant) },
			"decoded QVariant of a list":      func() { _, _ = q.DecodeQVariant(listVariant) },
			"QVariant read and written":       func() { _, _, _ = q.RecodeQVariant(12, listVariant) },
			"QVariant cut short":              func() { _, _, _ = q.RecodeQVariant(12, listVariant[:100]) },
			"encoded QImage":                  func() { _, _ = q.EncodeQImage(picture[4:]) },
			"QImage of no PNG":                func() { _, _ = q.EncodeQImage(raw) },
			"decoded QImage":                  func() { _, _ = q.DecodeQImage(picture) },
			"damaged QImage":                  func() { _, _ = q.DecodeQImage(raw) },
		} {
			if grown := growth(t, use); grown > 10*batch {
				t.Errorf("%s: %d more bytes in use after %d times", name, grown, batch)
			}
		}
	})
}

const batch = 300

// growth returns how many more bytes of C memory are in use after doing something as often as batch says. It does so several
// times, and takes the least: a leak shows each time, a cache that fills does not.
func growth(t *testing.T, use func()) int {
	t.Helper()
	least := math.MaxInt
	for range 5 {
		before := allocated(t)
		for range batch {
			use()
		}
		least = min(least, allocated(t)-before)
	}
	return least
}
