package datastream

import "fmt"

// AppendQPixmap appends a QPixmap, which has the bytes of a QImage. See [Format.AppendQImage] for the errors.
func (f Format) AppendQPixmap(b []byte, v QImage) ([]byte, error) {
	b, err := f.appendImage(b, v.PNG)
	return b, notWrittenError("QPixmap", err)
}

// AppendQBitmap appends a QBitmap, which has the bytes of a QImage with one bit for a pixel. See [Format.AppendQImage] for
// the errors.
func (f Format) AppendQBitmap(b []byte, v QImage) ([]byte, error) {
	b, err := f.appendImage(b, v.PNG)
	return b, notWrittenError("QBitmap", err)
}

// QPixmap reads a QPixmap, as [Reader.QImage] reads a QImage.
func (r *Reader) QPixmap() QImage { return r.image("QPixmap") }

// QBitmap reads a QBitmap, as [Reader.QImage] reads a QImage.
func (r *Reader) QBitmap() QImage { return r.image("QBitmap") }

// notWrittenError returns err with the type of the value that could not be written, or nil if there is none.
func notWrittenError(typ string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("datastream: cannot write %s: %w", typ, err)
}
