package datastream

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
)

// QImage is a QImage as the stream carries it: a whole PNG file. The zero value is Qt's null image. QPixmap and
// QBitmap have the same form.
//
// Two Qt versions may write different PNG files for the same pixels: compare what Decode returns.
type QImage struct {
	PNG []byte `json:"png"`
}

// IsNull reports whether this is the null image, QImage().
func (q QImage) IsNull() bool { return len(q.PNG) == 0 }

// Decode returns the pixels. It fails for a null image, for a damaged PNG file, and for one that announces more
// pixels than its bytes can hold, before memory is allocated for them.
func (q QImage) Decode() (image.Image, error) {
	if q.IsNull() {
		return nil, errors.New("datastream: cannot decode a null QImage: it has no pixels")
	}
	if err := checkPNGDimensions(q.PNG); err != nil {
		return nil, fmt.Errorf("datastream: cannot decode QImage: %w", err)
	}
	img, err := png.Decode(bytes.NewReader(q.PNG))
	if err != nil {
		return nil, fmt.Errorf("datastream: cannot decode QImage: %w", err)
	}
	return img, nil
}

// AppendQImage appends a QImage. On error it returns b as it was. The error wraps
//
//   - io.ErrUnexpectedEOF or [ErrCorrupt] if v.PNG is not exactly one whole PNG file. Only the structure is checked:
//     signature and chunks, no pixels and no checksums.
//   - [errors.ErrUnsupported] for version 1, which embeds BMP files, and for a null image before version 5.
func (f Format) AppendQImage(b []byte, v QImage) ([]byte, error) {
	b, err := f.appendImage(b, v.PNG)
	return b, notWrittenError("QImage", err)
}

// appendImage is AppendQImage without the name of the type in the error.
func (f Format) appendImage(b []byte, png []byte) ([]byte, error) {
	if err := f.checkImage(png); err != nil {
		return b, err
	}
	if f.version() >= V3_1 {
		marker := int32(1)
		if len(png) == 0 {
			marker = 0
		}
		b = f.AppendInt32(b, marker)
	}
	return append(b, png...), nil
}

func (f Format) checkImage(png []byte) error {
	switch {
	case f.version() < V2_0:
		return errBMP
	case len(png) == 0 && f.version() < V3_1:
		return fmt.Errorf("%w: a null image needs stream version %d", errors.ErrUnsupported, V3_1)
	case len(png) == 0:
		return nil
	}
	n, err := pngSize(png)
	if err == nil && n != len(png) {
		err = fmt.Errorf("%w: %d bytes follow the end of the PNG file", ErrCorrupt, len(png)-n)
	}
	return err
}

// QImage reads a QImage. Its PNG is a part of the bytes given to [NewReader], not a copy; it has no length field, so
// its chunks are followed to the last one, IEND. Any marker but 0 announces an image, as in Qt. The image is null
// after an error. Version 1 embeds BMP files, which are not supported.
func (r *Reader) QImage() QImage { return r.image("QImage") }

// image reads an image that is a value of type typ.
func (r *Reader) image(typ string) QImage {
	n, width, err := r.format.parseImage(r.buf[r.off:])
	if err != nil {
		r.fail(typ, err)
	}
	return QImage{PNG: r.body(typ, n, width)}
}

// parseImage returns the size of the PNG file at the start of b, nullSize for a null image, and the width of the
// marker before it, 0 or 4 bytes.
func (f Format) parseImage(b []byte) (n int64, width int, err error) {
	switch v := f.version(); {
	case v < V2_0:
		return 0, 0, errBMP
	case v >= V3_1 && len(b) < 4:
		return 0, 0, truncated(4, len(b))
	case v >= V3_1 && [4]byte(b) == [4]byte{}:
		return nullSize, 4, nil
	case v >= V3_1:
		width = 4
	}
	size, err := pngSize(b[width:])
	return int64(size), width, err
}

var errBMP = fmt.Errorf("%w: stream version 1 embeds a BMP file", errors.ErrUnsupported)
