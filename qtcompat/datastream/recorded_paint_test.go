package datastream

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

// paintSource makes Go values of recorded ones, in which images have pixels: the PNG files of images are in the bytes.
type paintSource struct {
	*testing.T
	f        Format
	files    [][]byte // those that no image has taken yet
	last     byte     // of the bytes
	value    any      // as recorded
	readBack bool     // whether the value is what was read, and pixels are to be compared
}

// pngFiles returns the PNG files in b.
func pngFiles(b []byte) (files [][]byte) {
	for {
		_, file, found := bytes.Cut(b, []byte(pngSignature))
		if !found {
			return files
		}
		b = b[len(b)-len(file)-len(pngSignature):]
		n, err := pngSize(b)
		if err != nil {
			return files
		}
		files, b = append(files, b[:n:n]), b[n:]
	}
}

func (s *paintSource) parse(text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		s.Fatalf("%s: %v", text, err)
	}
	return v
}

// image returns the next PNG file for an image that is not null.
func (s *paintSource) image(v any) QImage {
	if v == nil {
		return QImage{}
	}
	if len(s.files) == 0 {
		s.Errorf("%+v: no PNG file for %v", s.f, v)
		return QImage{}
	}
	q := QImage{s.files[0]}
	s.files = s.files[1:]
	if s.readBack {
		s.comparePixels(q, v.(map[string]any))
	}
	return q
}

func (s *paintSource) comparePixels(q QImage, want map[string]any) {
	img, err := q.Decode()
	if err != nil {
		s.Errorf("%+v: %v", s.f, err)
		return
	}
	size := img.Bounds().Size()
	pixels := want["pixels"].([]any)
	if float64(size.X) != want["width"] || float64(size.Y) != want["height"] {
		s.Fatalf("%+v: an image of %v, want %v by %v", s.f, size, want["width"], want["height"])
	}
	for i, pixel := range pixels {
		c := QColorOf(img.At(i%size.X, i/size.X)).NRGBA64()
		b := Format{}.AppendUint16(nil, c.R)
		b = Format{}.AppendUint16(Format{}.AppendUint16(Format{}.AppendUint16(b, c.G), c.B), c.A)
		if len(pixel.(string)) == 8 {
			b = []byte{b[0], b[2], b[4], b[6]}
		}
		if got := unhex(s.T, pixel.(string)); !bytes.Equal(b, got) {
			s.Errorf("%+v: pixel %d is %x, want %s", s.f, i, b, pixel)
		}
	}
}

// paintedLikeQt is likeQt for values that value makes of recorded ones.
func paintedLikeQt[T any](t *testing.T, typ string, value func(*paintSource, any) T, app func(Format, []byte, T) ([]byte, error), read func(*Reader) T) {
	t.Helper()
	lines := eachRecorded(t, typ, func(f Format, line recorded) {
		if why := unsupportedImage(f, line); why != nil {
			refusedLikeQt(t, f, line, value, app, read, why)
			return
		}
		source := &paintSource{T: t, f: f, files: pngFiles(line.bytes), last: line.bytes[len(line.bytes)-1]}
		source.value = source.parse(line.value)
		v := value(source, source.value)
		source.files, source.readBack = pngFiles(line.bytes), true
		want := value(source, source.parse(line.read))
		if got, err := app(f, nil, v); err != nil || !bytes.Equal(got, line.bytes) {
			t.Errorf("%s %+v: %s is written as %x, %v; by Qt as %x", typ, f, line.value, got, err, line.bytes)
		}
		buf := make([]byte, 0, len(line.bytes))
		if n := testing.AllocsPerRun(1, func() { _, _ = app(f, buf, v) }); n != 0 {
			t.Errorf("%s %+v: %s: %v allocations", typ, f, line.value, n)
		}
		r := NewReader(f, append(line.bytes, 0xee), Limits{})
		if got := read(r); r.Err() != nil || r.Remaining() != 1 || !same(got, want) {
			t.Errorf("%s %+v: %x reads as %+v, %d bytes left, %v; want %+v", typ, f, line.bytes, got, r.Remaining()-1, r.Err(), want)
		}
		if f.ByteOrder == BigEndian && f.Precision == Double {
			cutLikeQt(t, typ, f, line.bytes, read)
		}
	})
	if lines == 0 {
		t.Errorf("nothing is recorded of %s", typ)
	}
}

// cutLikeQt checks that no beginning of the bytes is a value; of many bytes not each beginning.
func cutLikeQt[T any](t *testing.T, typ string, f Format, b []byte, read func(*Reader) T) {
	t.Helper()
	for n := 0; n < len(b); n += 1 + len(b)/300 {
		r := NewReader(f, b[:n:n], Limits{})
		v := read(r)
		if !errors.Is(r.Err(), io.ErrUnexpectedEOF) || !reflect.ValueOf(&v).Elem().IsZero() || r.Offset() != 0 {
			t.Fatalf("%s %+v: %x reads as %+v, %v", typ, f, b[:n], v, r.Err())
		}
	}
}

// unsupportedImage says why this package does not read a line: nil if it does.
func unsupportedImage(f Format, line recorded) error {
	pixels, image := strings.Contains(line.value, `"pixels"`), strings.Contains("QImage QPixmap QBitmap QIcon", line.typ)
	switch {
	case f.Version == V1_0 && (pixels || image):
		return errors.ErrUnsupported
	case f.Version < V3_1 && image && !pixels:
		return io.ErrUnexpectedEOF // nothing is there
	}
	return nil
}

func refusedLikeQt[T any](t *testing.T, f Format, line recorded, value func(*paintSource, any) T, app func(Format, []byte, T) ([]byte, error), read func(*Reader) T, why error) {
	t.Helper()
	refused(t, line.typ, f, hex.EncodeToString(line.bytes), read, why)
	file := tinyPNG(t)
	source := &paintSource{T: t, f: f, files: [][]byte{file, file, file}}
	notWritten(t, f, value(source, source.parse(line.value)), app, errors.ErrUnsupported)
}
