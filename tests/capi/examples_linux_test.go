package capi

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"
	"testing"
)

func TestExampleReadText(t *testing.T) {
	first := map[string]string{"c": "0", "cpp": "4"} // where the first letter is
	meetings(t, func(m meeting) {
		m.fails("read_text", textNames[m.language], "no such segment", "TMPDIR")
		qt := m.shareText("Hello%2C%20world%21")
		if out := m.gives(0, "read_text"); out != "Hello, world!\n" {
			m.Errorf("read_text prints %q", out)
		}
		qt.ask("lock s")
		e := m.example("read_text")
		m.waits(textNames[m.language])
		qt.ask("write s "+first[m.language]+" 4a", "unlock s")
		if out, status := e.end(); out != "Jello, world!\n" || status != 0 {
			m.Errorf("read_text ends with %d and %q, not with what was written under the lock", status, out)
		}
		m.leaves(qt)
	})
}

// What a C string need not have, and what a stream may lie about.
func TestExampleReadTextOfStrangeSegments(t *testing.T) {
	long := strings.Repeat("x", 2000)
	for _, c := range []struct{ language, bytes, text string }{
		{"c", "68656c6c6f", "hello\n"},
		{"c", "00", "\n"},
		{"c", hex.EncodeToString([]byte(long)), long[:1024] + "\n"},
		{"cpp", "0000000668656c6c6f00", "hello\n"},
		{"cpp", "000007d1" + hex.EncodeToString([]byte(long)) + "00", long + "\n"},
		{"cpp", "0000000100", "\n"},
		{"cpp", "00000000", "\n"},
		{"cpp", "0000000068656c6c6f", "\n"},
		{"cpp", "0000000668656c6c6f", ""},
		{"cpp", "ffffffff68656c6c6f00", ""},
		{"cpp", "000000", ""},
	} {
		m := meeting{t, t.TempDir(), c.language, "qtpeer-qt5"}
		qt := m.peer(textNames[c.language])
		size := len(c.bytes) / 2
		qt.ask("create s "+strconv.Itoa(size), "write s 0 "+c.bytes)
		if c.text == "" {
			m.fails("read_text", "no text")
		} else if out := m.gives(0, "read_text"); out != c.text {
			t.Errorf("%s read_text of %s prints %q", c.language, c.bytes, out)
		}
		m.leaves(qt)
	}
}

func TestExamplePublishInt(t *testing.T) {
	meetings(t, func(m meeting) {
		e := m.stays("publish_int")
		qt := m.peer("test_shared")
		if size := qt.ask("attach s"); size != "4" {
			m.Errorf("Qt sees %s bytes", size)
		}
		if number := qt.ask("get s int32"); number != "42" {
			m.Errorf("Qt reads %s", number)
		}
		qt.ask("detach s")
		m.enter(e)
		qt.refuses("NotFound", "attach s")

		qt.ask("create s 1024", "put s int32 7")
		m.fails("publish_int", "test_shared", "exists")
		if number := qt.ask("get s int32"); number != "7" {
			m.Errorf("Qt reads %s after a create that failed", number)
		}
		m.leaves(qt)
	})
}

func TestExampleSaveImage(t *testing.T) {
	file := paint(t)
	meetings(t, func(m meeting) {
		m.fails("save_image", "QSharedMemoryExample", "no such segment")
		qt := m.peer("QSharedMemoryExample")
		stream := qt.ask("encode qimage " + hex.EncodeToString(file))
		for _, stream := range []string{stream, stream[:signed] + longChunk() + stream[signed:]} {
			for _, rest := range []int{0, 1, 13, 4096} { // bytes behind the stream
				size := len(stream)/2 + rest
				qt.ask("create s "+strconv.Itoa(size), "write s 0 "+stream)
				if out := m.gives(0, "save_image"); hex.EncodeToString([]byte(out)) != stream[8:] {
					m.Errorf("save_image writes %d bytes of %d, which are not Qt's PNG file", len(out), size)
				} else if !sameColours(t, file, []byte(out)) {
					m.Error("save_image writes another picture")
				}
				m.toFullDisk("save_image")
				qt.ask("detach s")
			}
		}
		m.leaves(qt)
	})
}

// signed is where the first chunk of a PNG file begins in a QDataStream of a QImage, in hexadecimal digits.
const signed = 24

// longChunk is a chunk of a length of three bytes, which libpng does not write and everybody must skip.
func longChunk() string {
	chunk := append([]byte("shMb"), make([]byte, 0x012345)...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk))
	return "00012345" + hex.EncodeToString(chunk)
}

func TestExampleSaveImageOfNoImage(t *testing.T) {
	stream := "00000001" + hex.EncodeToString(paint(t))
	end := strings.Index(stream, hex.EncodeToString([]byte("IEND")))
	for name, bytes := range map[string]string{
		"null":             "00000000",
		"nothing":          "00000001",
		"less":             "0000",
		"no qint32":        "00000002" + stream[8:],
		"no PNG":           "00000001ff" + stream[10:],
		"signature only":   stream[:signed],
		"without checksum": stream[:len(stream)-2],
		"without IEND":     stream[:end-8],
		"IEND of 1 byte":   stream[:end-2] + "01" + stream[end:],
		"chunk of 4 GiB":   stream[:signed] + "ffffffff" + stream[signed+8:],
		"chunk of 16 MiB":  stream[:signed] + "01" + stream[signed+2:],
	} {
		for _, language := range []string{"c", "cpp"} {
			t.Run(language+" "+name, func(t *testing.T) {
				m := meeting{t, t.TempDir(), language, "qtpeer-qt5"}
				qt := m.peer("QSharedMemoryExample")
				qt.ask("create s "+strconv.Itoa(len(bytes)/2), "write s 0 "+bytes)
				m.fails("save_image", "no QImage")
				m.leaves(qt)
			})
		}
	}
}

func TestExampleSingleInstance(t *testing.T) {
	meetings(t, func(m meeting) {
		qt := m.peer("my_application")
		qt.ask("create s 1")
		m.isRunning()
		qt.ask("attached s", "lock s", "unlock s", "detach s")

		e := m.stays("single_instance")
		qt.ask("attach s", "detach s")
		qt.refuses("AlreadyExists", "create s 1")
		for _, language := range []string{"c", "cpp"} {
			other := m
			other.language = language
			other.isRunning()
		}
		m.enter(e)
		qt.refuses("NotFound", "attach s")
		m.leaves(qt)
	})
}

// isRunning runs single_instance while another instance runs.
func (m meeting) isRunning() {
	m.Helper()
	if out := m.gives(2, "single_instance"); !strings.HasPrefix(out, "It is running already: ") || strings.Count(out, "\n") != 1 {
		m.Errorf("single_instance prints %q", out)
	}
}

// What a killed instance leaves behind keeps Qt programs from starting, but not the example.
func TestExampleSingleInstanceAfterCrash(t *testing.T) {
	meetings(t, func(m meeting) {
		crashed := m.peer("my_application")
		crashed.ask("create s 1")
		crashed.kill()
		e := m.stays("single_instance")
		e.kill()
		e = m.stays("single_instance")
		m.isRunning()
		m.enter(e)
	})
}

// paint returns a PNG file whose pixels have many colours.
func paint(t *testing.T) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 33, 17))
	for y := range 17 {
		for x := range 33 {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x * 7), uint8(y * 15), uint8(x * y), 255})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func sameColours(t *testing.T, file, other []byte) bool {
	t.Helper()
	a, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	b, err := png.Decode(bytes.NewReader(other))
	if err != nil {
		t.Error(err)
		return false
	}
	same := a.Bounds() == b.Bounds()
	for i := range 33 * 17 {
		want := color.NRGBAModel.Convert(a.At(i%33, i/33))
		same = same && want == color.NRGBAModel.Convert(b.At(i%33, i/33))
	}
	return same
}
