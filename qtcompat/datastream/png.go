package datastream

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"io"
	"math"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	pngOverhead  = 12 // length, type and checksum of a chunk
)

// pngSize returns the size in bytes of the PNG file at the start of b: the signature and all chunks up to and with
// IEND. It trusts no length before it has compared it with len(b). What the chunks hold is not looked at.
func pngSize(b []byte) (int, error) {
	head := b[:min(len(b), len(pngSignature))]
	if string(head) != pngSignature[:len(head)] {
		return 0, fmt.Errorf("%w: no PNG signature", ErrCorrupt)
	}
	for n := len(pngSignature); ; {
		if len(b) < n+pngOverhead {
			return 0, fmt.Errorf("%w: PNG file without IEND", io.ErrUnexpectedEOF)
		}
		size, typ := binary.BigEndian.Uint32(b[n:]), b[n+4:n+8]
		switch {
		case n == len(pngSignature) && string(typ) != "IHDR":
			return 0, fmt.Errorf("%w: PNG file starts with chunk %q, not IHDR", ErrCorrupt, typ)
		case size > math.MaxInt32:
			return 0, fmt.Errorf("%w: PNG chunk %q of %d bytes", ErrCorrupt, typ, size)
		case int(size) > len(b)-n-pngOverhead:
			return 0, fmt.Errorf("%w: PNG chunk %q of %d bytes", io.ErrUnexpectedEOF, typ, size)
		}
		n += pngOverhead + int(size)
		if string(typ) == "IEND" {
			return n, nil
		}
	}
}

// pngDimensions returns the width and the height of a PNG file, zeros if there is no header.
func pngDimensions(b []byte) QSize {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return QSize{}
	}
	return QSize{int32(c.Width), int32(c.Height)}
}

// checkPNGDimensions refuses a PNG file whose header announces more pixels than its bytes can hold. A decoder
// allocates the whole image first, and deflate packs at most 1032 bytes into one (zlib, Technical Details).
func checkPNGDimensions(b []byte) error {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return err
	}
	// DecodeConfig has checked the header, and that 8 times the pixels is no overflow.
	depth, colorType := uint64(b[24]), b[25]
	row := (uint64(c.Width)*depth*pngChannels[colorType] + 7) / 8
	if row*uint64(c.Height) > 1032*uint64(len(b)) {
		return fmt.Errorf("%w: PNG file of %d bytes announces %d x %d pixels", ErrCorrupt, len(b), c.Width, c.Height)
	}
	return nil
}

// pngChannels is the number of samples in a pixel of each PNG colour type.
var pngChannels = [7]uint64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
