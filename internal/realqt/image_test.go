//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
)

// goldenImage is what C++ programs with Qt 5.15.8 and 6.4.2 write for a QImage of goldenPixels.
const goldenImage = "00000001 89504e470d0a1a0a 0000000d49484452000000020000000208060000 0072b60d24" +
	"000000097048597300000ec400000ec401952b0e1b" +
	"0000001a49444154089963e43ae1fb5f8381610e0bc32e060606060606002d1d03a2371435e2" +
	"0000000049454e44ae426082"

var goldenPixels = &image.NRGBA{Stride: 8, Rect: image.Rect(0, 0, 2, 2), Pix: []byte{
	0x0a, 0xc8, 0x4d, 0xff, 0x32, 0xc8, 0x4d, 0x9b,
	0x0a, 0x82, 0x4d, 0xff, 0x32, 0x82, 0x4d, 0x9b,
}}

// recodeImage decodes a stream and encodes what that gave.
func recodeImage(q *Qt, stream []byte) ([]byte, error) {
	file, err := q.DecodeQImage(stream)
	if err != nil {
		return nil, err
	}
	return q.EncodeQImage(file)
}

// eachQtWithGui runs a test with each library that has QtGui, and wants the others to say that they do not.
func eachQtWithGui(t *testing.T, test func(t *testing.T, q *Qt)) {
	eachQt(t, func(t *testing.T, q *Qt) {
		if hasGui(t, q) {
			test(t, q)
			return
		}
		wantImageError(t, q, "", "; "+q.generation.gui.remedy)
	})
}

// wantImageError wants an error that begins and ends so of everything that takes a QImage, and of nothing else.
func wantImageError(t *testing.T, q *Qt, begin, end string) {
	t.Helper()
	begin = "realqt: load QtGui: " + begin
	for range 2 { // the failure is kept
		_, encoding := q.EncodeQImage(nil)
		_, decoding := q.DecodeQImage(make([]byte, 4))
		for _, err := range []error{encoding, decoding} {
			if !errors.Is(err, errors.ErrUnsupported) || !strings.HasPrefix(err.Error(), begin) || !strings.HasSuffix(err.Error(), end) {
				t.Errorf("got  %v\nwant %s ... %s", err, begin, end)
			}
		}
	}
	if s, err := q.DecodeQString(q.EncodeQString("a")); s != "a" || err != nil {
		t.Errorf("a QString comes back as %q, %v", s, err)
	}
}

func TestGoldenImage(t *testing.T) {
	golden := unhex(t, goldenImage)
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		for what, stream := range map[string][]byte{
			"alone":               golden,
			"with more behind it": append(bytes.Clone(golden), golden...),
			"without checksum":    golden[:len(golden)-4], // of its last chunk
		} {
			file, err := q.DecodeQImage(stream)
			if err != nil {
				t.Fatalf("decoding, %s: %v", what, err)
			}
			wantPicture(t, "decoded, "+what, file, goldenPixels)
		}
		stream, err := q.EncodeQImage(golden[4:])
		if err != nil {
			t.Fatal(err)
		}
		wantStream(t, "encoded", stream, goldenPixels)
	})
}

// A stream embeds the PNG file that Qt makes, so that Go can look at the pixels before Qt's decoding too.
func TestImagesKeepTheirPixels(t *testing.T) {
	area := image.Rect(0, 0, 33, 17)
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		for what, picture := range map[string]image.Image{
			"transparent colours": painted(image.NewNRGBA(area)),
			"16-bit colours":      painted(image.NewNRGBA64(area)),
			"opaque":              painted(image.NewRGBA(image.Rect(0, 0, 1, 1))),
			"grey":                painted(image.NewGray(area)),
			"palette":             painted(image.NewPaletted(area, color.Palette{color.Black, color.White, color.NRGBA{9, 200, 7, 99}})),
		} {
			stream, err := q.EncodeQImage(pngOf(t, picture))
			if err != nil {
				t.Errorf("encoding, %s: %v", what, err)
				continue
			}
			wantStream(t, "encoded, "+what, stream, picture)
			file, err := q.DecodeQImage(stream)
			if err != nil {
				t.Errorf("decoding, %s: %v", what, err)
				continue
			}
			wantPicture(t, "decoded, "+what, file, picture)
		}
	})
}

func TestNullImage(t *testing.T) {
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		for _, empty := range [][]byte{nil, {}} {
			if stream, err := q.EncodeQImage(empty); !bytes.Equal(stream, make([]byte, 4)) || err != nil {
				t.Errorf("the null image is encoded as %x, %v", stream, err)
			}
		}
		for _, digits := range []string{"00000000", "00000000 89504e47"} {
			if file, err := q.DecodeQImage(unhex(t, digits)); len(file) != 0 || err != nil {
				t.Errorf("the null image in %s is decoded as %x, %v", digits, file, err)
			}
		}
	})
}

// A wrongImage is what a function must not take.
type wrongImage struct {
	what  string
	parse func(*Qt, []byte) ([]byte, error)
	data  []byte
	want  string
}

func wantRefused(t *testing.T, q *Qt, tests []wrongImage) {
	t.Helper()
	for _, test := range tests {
		got, err := test.parse(q, test.data)
		if got != nil || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %x, %v; want an error with %q", test.what, got, err, test.want)
		}
	}
}

func TestWhatIsNoImage(t *testing.T) {
	huge := reserve(t, math.MaxInt32+1)
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		wantRefused(t, q, []wrongImage{
			{"encoding text", (*Qt).EncodeQImage, []byte("text"), "finds no picture in 4 bytes, which must be a PNG file"},
			{"encoding 2 GiB", (*Qt).EncodeQImage, huge, "takes an int, not 2147483648 bytes"},
			{"decoding nothing", (*Qt).DecodeQImage, nil, "ReadPastEnd"},
			{"decoding half a marker", (*Qt).DecodeQImage, unhex(t, goldenImage)[:2], "ReadPastEnd"},
		})
	})
}

// The peer is a fresh process that has not loaded QtGui, and Qt would complain of these variables if it used them.
func TestImagesNeedNoDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "nowhere:9")
	t.Setenv("WAYLAND_DISPLAY", "nowhere")
	t.Setenv("QT_QPA_PLATFORM", "nothing")
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		p := startPeer(t, libraryOf(t), randomKey())
		p.want(t, "image "+strings.ReplaceAll(goldenImage, " ", ""), "true")
		if printed := p.stop(t); printed != "" {
			t.Errorf("Qt prints %q", printed)
		}
	})
}

// painted sets the pixels to many colours and degrees of transparency, as far as the picture can have them.
func painted(picture interface {
	image.Image
	Set(x, y int, c color.Color)
}) image.Image {
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			picture.Set(x, y, color.NRGBA{uint8(x * 7), uint8(y * 15), uint8(x ^ y), uint8(255 - x*y/3)})
		}
	}
	return picture
}

func pngOf(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// wantStream looks at a stream: a marker of 4 bytes and a PNG file.
func wantStream(t *testing.T, what string, stream []byte, want image.Image) {
	t.Helper()
	file, found := bytes.CutPrefix(stream, []byte{0, 0, 0, 1})
	if !found {
		t.Errorf("%s: the stream begins with %.8x", what, stream)
	}
	wantPicture(t, what, file, want)
}

// wantPicture looks at the pixels of a PNG file, which must not have bytes behind it.
func wantPicture(t *testing.T, what string, file []byte, want image.Image) {
	t.Helper()
	r := bytes.NewReader(file)
	got, err := png.Decode(r)
	if err != nil || r.Len() > 0 || got.Bounds() != want.Bounds() {
		t.Errorf("%s: %v, %d bytes left", what, err, r.Len())
		return
	}
	for y := range want.Bounds().Dy() {
		for x := range want.Bounds().Dx() {
			g, w := color.NRGBA64Model.Convert(got.At(x, y)), color.NRGBA64Model.Convert(want.At(x, y))
			if g != w {
				t.Errorf("%s: pixel %d,%d is %v, want %v", what, x, y, g, w)
				return
			}
		}
	}
}
