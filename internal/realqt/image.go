package realqt

import (
	"errors"
	"fmt"
	"math"
	"unsafe"
)

// A QImage is passed as a PNG file, which Qt's own functions read and write. They need QtGui: where it cannot be loaded,
// the error, an errors.ErrUnsupported, says what was tried and where it must be. No QGuiApplication is needed, and no display
// is used.

// pngFormat is what these functions call PNG, and anyQuality leaves its compression to them.
const (
	pngFormat  = "PNG"
	anyQuality = -1
)

// EncodeQImage returns what a QDataStream writes for the QImage that Qt loads from a PNG file, and for the null QImage if
// png is empty. It fails if Qt finds no picture in png.
func (q *Qt) EncodeQImage(png []byte) ([]byte, error) {
	if len(png) > math.MaxInt32 {
		return nil, fmt.Errorf("realqt: encode QImage: QImage::loadFromData takes an int, not %d bytes", len(png))
	}
	return q.withImage(func(gui *guiFunctions, image unsafe.Pointer) ([]byte, error) {
		if len(png) > 0 && !gui.ImageLoad(image, unsafe.SliceData(png), int32(len(png)), pngFormat) {
			return nil, fmt.Errorf("realqt: encode QImage: QImage::loadFromData finds no picture in %d bytes, "+
				"which must be a PNG file", len(png))
		}
		return q.encode(func(stream unsafe.Pointer) { gui.StreamWriteImage(stream, image) }), nil
	})
}

// DecodeQImage reads a QImage and returns a PNG file of it, empty for a null one. A picture that is damaged or ends too
// early gives an error: its status is ReadPastEnd with Qt 5.15.8 and 6.4.2. libpng may add a line to the standard error. Under
// Wine 8 such a picture can end the process: libpng leaves it by longjmp, for which Wine's C++ runtime may destroy objects of
// Qt that are not there (measured with Qt 6.0.2).
func (q *Qt) DecodeQImage(data []byte) ([]byte, error) {
	return q.withImage(func(gui *guiFunctions, image unsafe.Pointer) ([]byte, error) {
		err := q.decode("QImage", data, func(stream unsafe.Pointer) { gui.StreamReadImage(stream, image) })
		if err != nil || gui.ImageIsNull(image) {
			return nil, err
		}
		return q.savePNG(gui, image)
	})
}

// noGui is the error that QtGui cannot be loaded, an errors.ErrUnsupported.
type noGui struct{ error }

func (noGui) Is(target error) bool { return target == errors.ErrUnsupported }

// withImage lets use have a null QImage.
func (q *Qt) withImage(use func(gui *guiFunctions, image unsafe.Pointer) ([]byte, error)) ([]byte, error) {
	gui, err := q.gui()
	if err != nil {
		return nil, noGui{fmt.Errorf("realqt: load QtGui: %w", err)}
	}
	image := q.newObject()
	defer image.destroy(gui.ImageDelete)
	gui.ImageNew(image.this())
	return use(gui, image.this())
}

// savePNG saves to a QBuffer, which QImage::save opens.
func (q *Qt) savePNG(gui *guiFunctions, image unsafe.Pointer) ([]byte, error) {
	var saved bool
	file := q.collect(func(array unsafe.Pointer) {
		buffer := q.newObject()
		defer buffer.destroy(gui.BufferDelete)
		gui.BufferNew(buffer.this(), array, nil)
		saved = gui.ImageSave(image, buffer.this(), pngFormat, anyQuality)
	})
	if !saved {
		return nil, errors.New("realqt: decode QImage: QImage::save cannot write a PNG file")
	}
	return file, nil
}
