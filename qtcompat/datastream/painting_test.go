package datastream

import "testing"

// withoutError turns an Append method that cannot fail into one that could.
func withoutError[T any](app func(Format, []byte, T) []byte) func(Format, []byte, T) ([]byte, error) {
	return func(f Format, b []byte, v T) ([]byte, error) { return app(f, b, v), nil }
}

func TestPaintingLikeQt(t *testing.T) {
	paintedLikeQt(t, "QImage", (*paintSource).image, Format.AppendQImage, (*Reader).QImage)
	paintedLikeQt(t, "QPixmap", (*paintSource).image, Format.AppendQPixmap, (*Reader).QPixmap)
	paintedLikeQt(t, "QBitmap", (*paintSource).image, Format.AppendQBitmap, (*Reader).QBitmap)
	paintedLikeQt(t, "QColor", (*paintSource).color, withoutError(Format.AppendQColor), (*Reader).QColor)
	paintedLikeQt(t, "QBrush", (*paintSource).brush, Format.AppendQBrush, (*Reader).QBrush)
	paintedLikeQt(t, "QPen", (*paintSource).pen, Format.AppendQPen, (*Reader).QPen)
	paintedLikeQt(t, "QPalette", (*paintSource).palette, Format.AppendQPalette, (*Reader).QPalette)
	paintedLikeQt(t, "QIcon", (*paintSource).icon, Format.AppendQIcon, (*Reader).QIcon)
	paintedLikeQt(t, "QCursor", (*paintSource).cursor, Format.AppendQCursor, (*Reader).QCursor)
	paintedLikeQt(t, "QRegion", (*paintSource).region, withoutError(Format.AppendQRegion), (*Reader).QRegion)
}
