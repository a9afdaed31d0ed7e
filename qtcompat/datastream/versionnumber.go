package datastream

// AppendQVersionNumber appends a QVersionNumber, given by its segments: 6, 8, 2 for 6.8.2. None is QVersionNumber().
func (f Format) AppendQVersionNumber(b []byte, segments []int32) []byte {
	return AppendList(f, b, segments, Format.AppendInt32)
}

// QVersionNumber reads the segments of a QVersionNumber. No segments are an empty slice, not nil.
func (r *Reader) QVersionNumber() []int32 { return readList(r, "QVersionNumber", (*Reader).Int32) }
