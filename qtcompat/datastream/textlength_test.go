package datastream

import "testing"

func TestTextLengthLikeQt(t *testing.T) {
	likeQt(t, "QTextLength", Format.AppendQTextLength, (*Reader).QTextLength)
}

func TestTextLengthTypes(t *testing.T) {
	for _, typ := range []string{"00000003", "ffffffff", "80000000"} {
		refused(t, "QTextLength", Format{}, typ+"4029000000000000", (*Reader).QTextLength, ErrCorrupt)
		refused(t, "QTextLength", Format{Precision: Single}, typ+"41480000", (*Reader).QTextLength, ErrCorrupt)
	}
}
