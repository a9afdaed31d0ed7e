package datastream

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"
)

// tinyPNG returns a PNG file of one pixel.
func tinyPNG(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	img.SetNRGBA(0, 0, color.NRGBA{R: 10, G: 20, B: 30, A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestQImage(t *testing.T) {
	file := tinyPNG(t)
	for _, test := range []struct {
		f      Format
		marker string
	}{
		{Format{}, "00000001"},
		{little, "01000000"},
		{Format{Version: V3_1}, "00000001"},
		{Format{Version: V3_0}, ""},
		{Format{Version: V2_0}, ""},
	} {
		want := append(unhex(t, test.marker), file...)
		got, err := test.f.AppendQImage([]byte("head"), QImage{file})
		if err != nil || string(got) != "head"+string(want) {
			t.Errorf("%+v: written as %x, error %v, want %x", test.f, got, err, want)
		}
		r := NewReader(test.f, append(want, "tail"...), Limits{})
		img := r.QImage()
		if r.Err() != nil || !bytes.Equal(img.PNG, file) || r.Remaining() != len("tail") {
			t.Errorf("%+v: reads as %x, remaining %d, error %v", test.f, img.PNG, r.Remaining(), r.Err())
		}
	}
}

func TestQImageNull(t *testing.T) {
	for _, png := range [][]byte{nil, {}} {
		b, err := Format{}.AppendQImage(nil, QImage{png})
		if err != nil || !bytes.Equal(b, make([]byte, 4)) {
			t.Errorf("null is written as %x, error %v, want 00000000", b, err)
		}
	}
	r := NewReader(Format{}, unhex(t, "00000000 ff"), Limits{})
	img := r.QImage()
	if !img.IsNull() || r.Err() != nil || r.Offset() != 4 {
		t.Errorf("null reads as %d bytes of PNG, offset %d, error %v", len(img.PNG), r.Offset(), r.Err())
	}
	if _, err := img.Decode(); err == nil || !strings.Contains(err.Error(), "null QImage") {
		t.Errorf("decoding a null image: error %v", err)
	}
}

func TestQImageAnyMarkerButZero(t *testing.T) {
	for _, marker := range []string{"00000002", "ffffffff", "01000000"} {
		r := NewReader(Format{}, append(unhex(t, marker), tinyPNG(t)...), Limits{})
		if img := r.QImage(); img.IsNull() || r.Err() != nil {
			t.Errorf("marker %s: null %t, error %v", marker, img.IsNull(), r.Err())
		}
	}
}

func TestQImageUnsupportedVersions(t *testing.T) {
	for _, test := range []struct {
		v   Version
		png []byte
	}{{V1_0, tinyPNG(t)}, {V1_0, nil}, {V2_0, nil}, {V3_0, nil}} {
		b, err := Format{Version: test.v}.AppendQImage([]byte("head"), QImage{test.png})
		if !errors.Is(err, errors.ErrUnsupported) || string(b) != "head" {
			t.Errorf("version %d, %d bytes of PNG: written as %q, error %v", test.v, len(test.png), b, err)
		}
	}
	r := NewReader(Format{Version: V1_0}, []byte("BM"), Limits{})
	if img := r.QImage(); !img.IsNull() || !errors.Is(r.Err(), errors.ErrUnsupported) {
		t.Errorf("version 1: null %t, error %v", img.IsNull(), r.Err())
	}
}

func TestAppendQImageRefusesWhatIsNotOnePNG(t *testing.T) {
	file := tinyPNG(t)
	for name, test := range map[string]struct {
		png  []byte
		want error
		text string
	}{
		"JPEG":      {[]byte("\xff\xd8\xff\xe0"), ErrCorrupt, "no PNG signature"},
		"truncated": {file[:len(file)-1], io.ErrUnexpectedEOF, "cannot write QImage"},
		"two files": {append(bytes.Clone(file), file...), ErrCorrupt, "bytes follow the end of the PNG file"},
	} {
		b, err := Format{}.AppendQImage([]byte("head"), QImage{test.png})
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) || string(b) != "head" {
			t.Errorf("%s: written as %q, error %v, want %v", name, b, err, test.want)
		}
	}
}

func TestQImageDecode(t *testing.T) {
	img, err := QImage{PNG: tinyPNG(t)}.Decode()
	if err != nil {
		t.Fatal(err)
	}
	if c := color.NRGBAModel.Convert(img.At(0, 0)); c != (color.NRGBA{R: 10, G: 20, B: 30, A: 255}) {
		t.Errorf("pixel %v, want 10, 20, 30, 255", c)
	}
	damaged := tinyPNG(t)
	damaged[len(damaged)-14] ^= 1 // the checksum of IDAT
	if _, err := (QImage{PNG: damaged}).Decode(); err == nil {
		t.Error("a PNG file with a wrong checksum was decoded")
	}
}
