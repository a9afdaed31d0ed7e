package datastream

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"testing"
)

// chunk returns a PNG chunk.
func chunk(typ string, data ...byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, typ...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// header returns the IHDR chunk of an image.
func header(width, height uint32, depth, colorType byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, width)
	b = binary.BigEndian.AppendUint32(b, height)
	return chunk("IHDR", append(b, depth, colorType, 0, 0, 0)...)
}

func pngFile(chunks ...[]byte) []byte {
	return append([]byte(pngSignature), bytes.Join(chunks, nil)...)
}

func TestPNGSize(t *testing.T) {
	ihdr, iend := header(1, 1, 8, 0), chunk("IEND")
	for name, file := range map[string][]byte{
		"real":            tinyPNG(t),
		"no pixels":       pngFile(ihdr, iend),
		"many chunks":     pngFile(ihdr, chunk("tEXt", 'a', 0), chunk("IDAT"), chunk("IDAT", 1, 2, 3), chunk("tIME"), iend),
		"IEND with data":  pngFile(ihdr, chunk("IEND", 1, 2, 3)),
		"IEND in a chunk": pngFile(ihdr, chunk("tEXt", iend...), iend),
	} {
		for _, tail := range []string{"", "tail", string(file)} {
			if n, err := pngSize(append(bytes.Clone(file), tail...)); n != len(file) || err != nil {
				t.Errorf("%s, %d bytes behind it: size %d, error %v, want %d", name, len(tail), n, err, len(file))
			}
		}
		for n := range file {
			if size, err := pngSize(file[:n]); size != 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Fatalf("%s cut after %d bytes: size %d, error %v", name, n, size, err)
			}
		}
	}
}

func TestPNGSizeOfHostileFile(t *testing.T) {
	ihdr, iend := header(1, 1, 8, 0), chunk("IEND")
	length := func(n uint32, typ string) []byte {
		return append(binary.BigEndian.AppendUint32(nil, n), typ+"datacrc."...)
	}
	for name, test := range map[string]struct {
		file []byte
		want error
	}{
		"no signature":      {append([]byte("\x89PNG\r\n\x1a\r"), ihdr...), ErrCorrupt},
		"short and no PNG":  {[]byte("BM"), ErrCorrupt},
		"no IHDR":           {pngFile(chunk("IDAT", 1), iend), ErrCorrupt},
		"IEND only":         {pngFile(iend), ErrCorrupt},
		"length beyond end": {pngFile(ihdr, length(5, "IDAT")), io.ErrUnexpectedEOF},
		"length 2^31 - 1":   {pngFile(ihdr, length(1<<31-1, "IDAT")), io.ErrUnexpectedEOF},
		"length 2^31":       {pngFile(ihdr, length(1<<31, "IDAT")), ErrCorrupt},
		"length 2^32 - 1":   {pngFile(ihdr, length(1<<32-1, "IDAT")), ErrCorrupt},
		"length 2^32 - 12":  {pngFile(ihdr, length(1<<32-12, "IDAT")), ErrCorrupt},
	} {
		if n, err := pngSize(test.file); n != 0 || !errors.Is(err, test.want) {
			t.Errorf("%s: size %d, error %v, want %v", name, n, err, test.want)
		}
	}
}

func TestDecodeRefusesImpossibleDimensions(t *testing.T) {
	for name, ihdr := range map[string][]byte{
		"8192 x 8192, RGBA, 16 bits": header(8192, 8192, 16, 6),
		"16000 x 16000, RGB":         header(16000, 16000, 8, 2),
		"16000 x 16000, one bit":     header(16000, 16000, 1, 0),
	} {
		file := pngFile(ihdr, chunk("IDAT", make([]byte, 100)...), chunk("IEND"))
		if _, err := (QImage{PNG: file}).Decode(); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: error %v, want %v", name, err, ErrCorrupt)
		}
	}
	for name, ihdr := range map[string][]byte{
		"no such colour type": header(1, 1, 8, 5),
		"no width":            header(0, 1, 8, 0),
		"overflow":            header(1<<31-1, 1<<31-1, 16, 6),
	} {
		if _, err := (QImage{PNG: pngFile(ihdr, chunk("IEND"))}).Decode(); err == nil {
			t.Errorf("%s: decoded", name)
		}
	}
}

func TestDecodeAcceptsBestCompression(t *testing.T) {
	for name, img := range map[string]image.Image{
		"grey":  image.NewGray(image.Rect(0, 0, 3000, 3000)),
		"RGBA":  image.NewNRGBA(image.Rect(0, 0, 1000, 1000)),
		"thin":  image.NewGray16(image.Rect(0, 0, 1, 50000)),
		"broad": image.NewGray16(image.Rect(0, 0, 50000, 1)),
	} {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		got, err := QImage{PNG: b.Bytes()}.Decode()
		if err != nil || got.Bounds() != img.Bounds() {
			t.Errorf("%s in %d bytes: %v", name, b.Len(), err)
		}
	}
}
