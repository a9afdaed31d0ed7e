package main

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/cmd/qtpeer/internal/topview"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func names(formats []topview.Format) (all []string) {
	for _, f := range formats {
		all = append(all, f.Name)
	}
	return all
}

func TestTopFormats(t *testing.T) {
	usual := []string{"guess", "text", "cstring", "qstring", "int32", "QByteArray", "QVariant", "QVariantMap", "QVariantList", "QStringList"}
	for _, tt := range []struct {
		flags formatFlags
		given bool
		want  []string
	}{
		{formatFlags{as: "raw"}, false, usual},
		{formatFlags{as: "QList<QPoint>"}, true, slices.Concat([]string{"QList<QPoint>"}, usual)},
		{formatFlags{as: "hex"}, true, slices.Concat([]string{"hex"}, usual)},
		{formatFlags{as: "raw", streamFlags: streamFlags{version: "5.15"}}, false, usual},
	} {
		f := topFlags{formatFlags: tt.flags}
		got, err := f.topFormats(tt.given)
		if err != nil || !slices.Equal(names(got), tt.want) {
			t.Errorf("%+v: %q, %v; want %q", tt.flags, names(got), err, tt.want)
		}
	}
	for flags, want := range map[string]formatFlags{
		"--as QNothing":               {as: "QNothing"},
		"--stream-version":            {as: "QVariant", streamFlags: streamFlags{version: "99"}},
		"--stream-version do not app": {as: "raw", streamFlags: streamFlags{order: "little"}},
	} {
		f := topFlags{formatFlags: want}
		if _, err := f.topFormats(true); err == nil || !strings.Contains(err.Error(), strings.Fields(flags)[0]) {
			t.Errorf("%s: %v", flags, err)
		}
	}
}

// The settings of the stream hold for every format, also without --as.
func TestTopFormatsHaveTheSettings(t *testing.T) {
	f := topFlags{formatFlags: formatFlags{as: "raw", streamFlags: streamFlags{order: "little"}}}
	formats, err := f.topFormats(false)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.Index(names(formats), "qstring")
	if got, err := formats[i].Print([]byte{4, 0, 0, 0, 'h', 0, 'i', 0}); err != nil || got != "hi\n" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestTopPrintsJSONInLines(t *testing.T) {
	f := topFlags{formatFlags: formatFlags{as: "QStringList"}}
	formats, err := f.topFormats(true)
	if err != nil {
		t.Fatal(err)
	}
	stream := []byte{0, 0, 0, 1, 0, 0, 0, 2, 0, 'x'}
	if got, err := formats[0].Print(stream); err != nil || got != "[\n  \"x\"\n]\n" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := formats[0].Print(stream[:8]); err == nil {
		t.Errorf("%q of half a stream", got)
	}
}

func TestTopGuesses(t *testing.T) {
	stream := datastream.Format{}.AppendQString(nil, "a string of some length")
	got, err := printGuess(append(stream, 0, 0))
	if err != nil || !strings.HasPrefix(got, "QString\n\"a string of some length\"\n\nGuesses, ") || !strings.Contains(got, "then 2 zeros") {
		t.Errorf("%q, %v", got, err)
	}
	long := slices.Concat([]byte{0, 0x20, 0, 0}, bytes.Repeat([]byte{'x'}, 2<<20))
	for what, data := range map[string][]byte{"empty": nil, "takes too long": long} {
		if got, err := printGuess(data); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
}

func TestDecodePicture(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	stream, err := datastream.Format{}.AppendQImage(nil, datastream.QImage{PNG: file.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a PNG file": file.Bytes(), "a QImage": stream, "a QImage and zeros": append(stream, 0, 0, 0)} {
		if m, err := decodePicture(data); err != nil || m.Bounds().Size() != image.Pt(3, 2) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for want, data := range map[string][]byte{"no picture": []byte("text"), "null QImage": {0, 0, 0, 0}, "neither a PNG": nil, "unexpected EOF": file.Bytes()[:30]} {
		if _, err := decodePicture(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

// What has no key file cannot be attached to, which is said before anything is tried.
func TestTopCannotReadTheNameless(t *testing.T) {
	if _, err := new(options).copyContent(bridge.Info{Exists: true, ID: 1}, 1); err == nil || !strings.Contains(err.Error(), "--tmpdir") {
		t.Error(err)
	}
}

// A semaphore that is no lock is described as what it is, with what its family has.
func TestTopDescribesSemaphores(t *testing.T) {
	used := time.Now().Add(-time.Hour)
	for name, tt := range map[string]struct {
		info         bridge.Info
		want, hasNot []string
	}{
		"System V": {
			bridge.Info{Key: ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_systemsem_jobs"}, Semaphore: bridge.SemaphoreInfo{
				Exists: true, ID: 5, Ftok: 0x51010203, Value: 3, Waiting: 2, Mode: 0o600, LastPID: os.Getpid(), Used: used,
				KeyFile: bridge.KeyFile{Path: "/tmp/qipc_systemsem_jobs"},
			}},
			[]string{"semaphore  value 3, 2 waiting", "mode 0600, owner", "id 5, kernel key 0x51010203", "_jobs (none)", "(1h ago) by process"},
			[]string{"open in", "lock", "segment"},
		},
		"POSIX": {
			bridge.Info{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/jobs"}, Semaphore: bridge.SemaphoreInfo{
				Exists: true, Value: -1, Mode: 0o640, Users: []bridge.Process{{PID: 7, Command: "worker"}},
			}},
			[]string{"key        posix:/jobs", "value ?, 0 waiting", "mode 0640", "open in    process 7 (worker)"},
			[]string{"key file", "last used", "lock", "segment"},
		},
		"Windows": {
			bridge.Info{Key: ipckey.Key{Type: ipckey.Windows, Native: "jobs"}, Semaphore: bridge.SemaphoreInfo{Exists: true, Value: 1, Waiting: -1}},
			[]string{"value 1, ? waiting"},
			[]string{"mode", "owner", "key file", "last used", "lock", "segment"},
		},
	} {
		var b strings.Builder
		if err := describe(&b, tt.info); err != nil {
			t.Error(err)
		}
		for _, want := range tt.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: no %q in\n%s", name, want, b.String())
			}
		}
		for _, none := range tt.hasNot {
			if strings.Contains(b.String(), none) {
				t.Errorf("%s: %q in\n%s", name, none, b.String())
			}
		}
	}
}

// Of a segment it is what "qtpeer info" prints.
func TestTopDescribesSegments(t *testing.T) {
	i := bridge.Info{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/x"}, Exists: true, Size: 10, Attached: 1, Created: time.Now().Add(-time.Hour)}
	var got, want strings.Builder
	if err := errors.Join(describe(&got, i), printInfo(&want, i, false)); err != nil || got.String() != want.String() || want.Len() == 0 {
		t.Errorf("%q, want %q, %v", got.String(), want.String(), err)
	}
}
