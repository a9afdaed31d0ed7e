//go:build amd64 || arm64

package realqt

import (
	"bytes"
	"os"
	"runtime/debug"
	"strconv"
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

// Each thing is made and released many times; the 1000 characters in it would show if they were kept.
func TestNothingLeaks(t *testing.T) {
	text := strings.Repeat("x", 1000)
	raw := []byte(text)
	eachQt(t, func(t *testing.T, q *Qt) {
		stringBytes, arrayBytes, cBytes := q.EncodeQString(text), q.EncodeQByteArray(raw), q.EncodeCString(text)
		for name, use := range map[string]func(){
			"string":             func() { q.takeString(*q.newString(text)) },
			"borrowed string":    func() { q.releaseString(q.newString(text)) },
			"byte array":         func() { q.releaseByteArray(q.newByteArray(raw)) },
			"memory":             func() { m := q.NewSharedMemory(text); m.Key(); m.NativeKey(); m.SetKey("b" + text); m.Close() },
			"encode QString":     func() { q.EncodeQString(text) },
			"encode QByteArray":  func() { q.EncodeQByteArray(raw) },
			"encode const char*": func() { q.EncodeCString(text) },
			"decode QString":     func() { q.DecodeQString(stringBytes) },
			"decode QByteArray":  func() { q.DecodeQByteArray(arrayBytes) },
			"decode const char*": func() { q.DecodeCString(cBytes) },
			"fail to decode one": func() { q.DecodeCString(cBytes[:100]) },
			"semaphore error":    func() { s := q.NewSystemSemaphore("", 1, false); s.ErrorString(); s.Close() },
		} {
			if grown := growth(t, use); grown > 8<<20 {
				t.Errorf("%s: resident memory grew by %d KiB", name, grown>>10)
			}
		}
	})
}

// growth returns by how many bytes the process grows when it does something 20000 times.
func growth(t *testing.T, use func()) int {
	t.Helper()
	for range 1000 {
		use()
	}
	before := residentBytes(t)
	for range 20000 {
		use()
	}
	return residentBytes(t) - before
}

func residentBytes(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(statm))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
