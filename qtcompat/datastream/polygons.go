package datastream

// AppendQPolygon appends a QPolygon, which is a QList or QVector of QPoint.
func (f Format) AppendQPolygon(b []byte, points []QPoint) []byte {
	return AppendList(f, b, points, Format.AppendQPoint)
}

// AppendQPolygonF appends a QPolygonF, which is a QList or QVector of QPointF.
func (f Format) AppendQPolygonF(b []byte, points []QPointF) []byte {
	return AppendList(f, b, points, Format.AppendQPointF)
}

// QPolygon reads a QPolygon.
func (r *Reader) QPolygon() []QPoint { return readList(r, "QPolygon", (*Reader).QPoint) }

// QPolygonF reads a QPolygonF.
func (r *Reader) QPolygonF() []QPointF { return readList(r, "QPolygonF", (*Reader).QPointF) }
