package datastream

import (
	"errors"
	"io"
	"testing"
)

func TestGeometryLikeQt(t *testing.T) {
	likeQt(t, "QPoint", Format.AppendQPoint, (*Reader).QPoint)
	likeQt(t, "QSize", Format.AppendQSize, (*Reader).QSize)
	likeQt(t, "QRect", Format.AppendQRect, (*Reader).QRect)
	likeQt(t, "QLine", Format.AppendQLine, (*Reader).QLine)
	likeQt(t, "QMargins", Format.AppendQMargins, (*Reader).QMargins)
	likeQt(t, "QPointF", Format.AppendQPointF, (*Reader).QPointF)
	likeQt(t, "QSizeF", Format.AppendQSizeF, (*Reader).QSizeF)
	likeQt(t, "QRectF", Format.AppendQRectF, (*Reader).QRectF)
	likeQt(t, "QLineF", Format.AppendQLineF, (*Reader).QLineF)
	likeQt(t, "QMarginsF", Format.AppendQMarginsF, (*Reader).QMarginsF)
}

func TestPolygonsLikeQt(t *testing.T) {
	likeQt(t, "QPolygon", Format.AppendQPolygon, (*Reader).QPolygon)
	likeQt(t, "QPolygonF", Format.AppendQPolygonF, (*Reader).QPolygonF)
}

func TestMatricesLikeQt(t *testing.T) {
	likeQt(t, "QTransform", Format.AppendQTransform, (*Reader).QTransform)
	likeQt(t, "QMatrix", Format.AppendQMatrix, (*Reader).QMatrix)
	likeQt(t, "QMatrix4x4", Format.AppendQMatrix4x4, (*Reader).QMatrix4x4)
	likeQt(t, "QVector2D", Format.AppendQVector2D, (*Reader).QVector2D)
	likeQt(t, "QVector3D", Format.AppendQVector3D, (*Reader).QVector3D)
	likeQt(t, "QVector4D", Format.AppendQVector4D, (*Reader).QVector4D)
	likeQt(t, "QQuaternion", Format.AppendQQuaternion, (*Reader).QQuaternion)
}

// An error is about the whole value, of which no part is returned, and whoever reads on gets nothing.
func TestGeometryErrors(t *testing.T) {
	r := NewReader(Format{}, []byte{0, 0, 0, 7, 0, 0, 0, 1, 0, 0}, Limits{})
	if n := r.Int32(); n != 7 {
		t.Fatalf("read %d, %v", n, r.Err())
	}
	point := r.QPoint()
	var e *DecodeError
	if !errors.As(r.Err(), &e) || e.Type != "QPoint" || e.Offset != 4 || !errors.Is(e, io.ErrUnexpectedEOF) || point != (QPoint{}) {
		t.Errorf("read %+v, %v", point, r.Err())
	}
	if rect, size := r.QRect(), r.QSizeF(); rect != (QRect{}) || size != (QSizeF{}) || r.Offset() != 4 {
		t.Errorf("read %+v and %+v after an error, offset %d", rect, size, r.Offset())
	}
	list := NewReader(Format{}, []byte{0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0}, Limits{})
	if points := list.QPolygon(); points != nil || !errors.As(list.Err(), &e) || e.Type != "QPolygon" || e.Offset != 0 {
		t.Errorf("read %+v, %v", points, list.Err())
	}
}
