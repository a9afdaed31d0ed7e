package datastream

import (
	"errors"
	"testing"
)

func TestInterfaceLikeQt(t *testing.T) {
	likeQt(t, "QKeySequence", Format.AppendQKeySequence, (*Reader).QKeySequence)
	likeQt(t, "QSizePolicy", Format.AppendQSizePolicy, (*Reader).QSizePolicy)
}

// Qt 5.15.8 and 6.4.2 write one key or four.
func TestKeySequenceOfTwoKeys(t *testing.T) {
	exact(t, "QKeySequence", Format{}, QKeySequence{65, 66}, Format.AppendQKeySequence, (*Reader).QKeySequence, "00000004 00000041 00000042 00000000 00000000")
	exact(t, "QKeySequence", Format{Version: V3_1}, QKeySequence{65, 66, 67}, Format.AppendQKeySequence, (*Reader).QKeySequence, "00000004 00000041 00000042 00000043 00000000")
	exact(t, "QKeySequence", Format{Version: V3_0}, QKeySequence{65}, Format.AppendQKeySequence, (*Reader).QKeySequence, "00000001 00000041")
}

func TestKeySequenceLimits(t *testing.T) {
	r := NewReader(Format{}, Format{}.AppendCount(nil, 5), Limits{})
	r.buf = append(r.buf, make([]byte, 20)...)
	if v := r.QKeySequence(); v != (QKeySequence{}) || !errors.Is(r.Err(), ErrCorrupt) || r.Offset() != 0 {
		t.Errorf("five keys: %v, %v", v, r.Err())
	}
	gap := QKeySequence{65, 0, 66}
	if b := (Format{}).AppendQKeySequence(nil, gap); NewReader(Format{}, b, Limits{}).QKeySequence() != gap {
		t.Errorf("%v is written as %x", gap, b)
	}
}

func TestSizePolicyBits(t *testing.T) {
	for _, v := range []QSizePolicy{
		{Control: 1, HeightForWidth: true},
		{Control: 1, WidthForHeight: true},
		{Control: 1, RetainWhenHidden: true},
		{15, 15, 255, 255, 1 << 31, true, true, true},
	} {
		b := Format{}.AppendQSizePolicy(nil, v)
		if got := NewReader(Format{}, b, Limits{}).QSizePolicy(); got != v {
			t.Errorf("%+v is written as %x and read as %+v", v, b, got)
		}
	}
	for _, control := range []uint32{0, 1, 3} {
		b := Format{}.AppendQSizePolicy(nil, QSizePolicy{Control: control})
		if got := NewReader(Format{}, b, Limits{}).QSizePolicy(); got.Control != 1 {
			t.Errorf("control %d is read as %d", control, got.Control)
		}
	}
}
