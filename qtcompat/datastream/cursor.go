package datastream

import (
	"errors"
	"fmt"
)

// QCursor is a QCursor: a shape of the system, or images. The zero value is QCursor(), the arrow.
type QCursor struct {
	Shape   uint16 `json:"shape"`   // Qt::CursorShape: 0 to 21, or 24 for images
	Pixmap  QImage `json:"pixmap"`  // null if the cursor is made of a bitmap; from version 7 on
	Bitmap  QImage `json:"bitmap"`  // with one bit for a pixel, as Mask; not written beside Pixmap
	Mask    QImage `json:"mask"`    // of Bitmap
	HotSpot QPoint `json:"hotSpot"` // in pixels from the left and the top of the image
}

// Qt::CursorShape (src/corelib/global/qnamespace.h).
const (
	lastCursor   = 21
	bitmapCursor = 24
)

// AppendQCursor appends a QCursor. Before version 7 that of Pixmap has Bitmap and Mask instead, which Qt makes of it, and
// this package does not. On error it returns b as it was. The error is that of [Format.AppendQImage] for one of the
// images, and wraps [errors.ErrUnsupported] for a Pixmap without Bitmap before version 7.
func (f Format) AppendQCursor(b []byte, v QCursor) ([]byte, error) {
	start := len(b)
	b = f.AppendUint16(b, v.Shape)
	if v.Shape != bitmapCursor {
		return b, nil
	}
	b, err := f.appendCursorImages(b, &v)
	if err != nil {
		return b[:start], notWrittenError("QCursor", err)
	}
	return f.AppendQPoint(b, v.HotSpot), nil
}

func (f Format) appendCursorImages(b []byte, v *QCursor) (_ []byte, err error) {
	if f.version() >= V4_0 {
		b = f.AppendBool(b, !v.Pixmap.IsNull())
	}
	switch {
	case v.Pixmap.IsNull() || f.version() < V4_0 && !v.Bitmap.IsNull():
		if b, err = f.appendImage(b, v.Bitmap.PNG); err != nil {
			return b, fmt.Errorf("bitmap: %w", err)
		}
		if b, err = f.appendImage(b, v.Mask.PNG); err != nil {
			return b, fmt.Errorf("mask: %w", err)
		}
	case f.version() < V4_0:
		return b, fmt.Errorf("%w: a pixmap needs stream version %d; set Bitmap and Mask", errors.ErrUnsupported, V4_0)
	default:
		if b, err = f.appendImage(b, v.Pixmap.PNG); err != nil {
			return b, fmt.Errorf("pixmap: %w", err)
		}
	}
	return b, nil
}

// QCursor reads a QCursor. An unknown shape is an error.
func (r *Reader) QCursor() QCursor { return composite(r, "QCursor", r.cursor) }

func (r *Reader) cursor() QCursor {
	v := QCursor{Shape: r.Uint16()}
	switch {
	case v.Shape == bitmapCursor:
		if r.format.version() >= V4_0 && r.Bool() {
			v.Pixmap = r.QPixmap()
		} else {
			v.Bitmap, v.Mask = r.QBitmap(), r.QBitmap()
		}
		v.HotSpot = r.QPoint()
	case v.Shape > lastCursor:
		r.fail("QCursor", fmt.Errorf("%w: shape %d", ErrCorrupt, v.Shape))
	}
	return v
}
