package datastream

import (
	"errors"
	"testing"
)

// The bytes are those of Qt 5.15.8, 6.4.2 and 6.12.0, with the address of the function, where there is one, as 0.

const easingDefaults = "01 3fd3333333333333 3ff0000000000000 3ffb39abf3387161" // period 0.3, amplitude 1, overshoot 1.70158

func easing(typ uint8, bezier []QPointF, tcb []TCBPoint) QEasingCurve {
	return QEasingCurve{Type: typ, Config: &EasingConfig{0.3, 1, 1.70158, bezier, tcb}}
}

func TestQEasingCurve(t *testing.T) {
	bezier := []QPointF{{0.25, 0.1}, {0.5, 0.9}, {1, 1}}
	tcb := []TCBPoint{{QPointF{0.5, 0.25}, 0.125, 0.375, 0.75}}
	v19, v18 := Format{Version: V5_13}, Format{Version: V5_12}
	for _, test := range []struct {
		f    Format
		v    QEasingCurve
		want string
	}{
		{Format{}, QEasingCurve{}, "00 0000000000000000 00"},
		{Format{Version: V1_0}, QEasingCurve{Type: 1}, "01 0000000000000000 00"},
		{v18, easing(46, nil, nil), "2e 0000000000000000" + easingDefaults},
		{v19, easing(46, []QPointF{}, []TCBPoint{}), "2e 0000000000000000" + easingDefaults + "00000000 00000000"},
		{v19, easing(46, []QPointF{}, tcb), "2e 0000000000000000" + easingDefaults +
			"00000000 00000001 3fe0000000000000 3fd0000000000000 3fc0000000000000 3fd8000000000000 3fe8000000000000"},
		{v19, easing(45, bezier, []TCBPoint{}), "2d 0000000000000000" + easingDefaults +
			"00000003 3fd0000000000000 3fb999999999999a 3fe0000000000000 3feccccccccccccd 3ff0000000000000 3ff0000000000000 00000000"},
		{Format{Precision: Single}, QEasingCurve{38, &EasingConfig{0.5, 2, 3, []QPointF{}, []TCBPoint{}}},
			"26 0000000000000000 01 3f000000 40000000 40400000 00000000 00000000"},
		{Format{Version: V4_5, Precision: Single}, QEasingCurve{38, &EasingConfig{0.5, 2, 3, nil, nil}},
			"26 0000000000000000 01 3fe0000000000000 4000000000000000 4008000000000000"},
	} {
		exact(t, "QEasingCurve", test.f, test.v, Format.AppendQEasingCurve, (*Reader).QEasingCurve, test.want)
	}
	if b := v18.AppendQEasingCurve(nil, easing(45, bezier, tcb)); string(b) != string(unhex(t, "2d 0000000000000000"+easingDefaults)) {
		t.Errorf("splines before version 19 are written as %x", b)
	}
}

func TestQEasingCurveReadsNoAddress(t *testing.T) {
	reads(t, Format{}, "01 00007f0005a62b50 00", (*Reader).QEasingCurve, QEasingCurve{Type: 1})
}

func TestQEasingCurveErrors(t *testing.T) {
	refused(t, "QEasingCurve", Format{}, "2f 0000000000000000 00", (*Reader).QEasingCurve, ErrCorrupt) // Custom
	refused(t, "QEasingCurve", Format{}, "ff 0000000000000000 00", (*Reader).QEasingCurve, ErrCorrupt)
	for _, splines := range []string{"00000003 00000000", "00000000 00000002"} {
		in := unhex(t, "2d 0000000000000000"+easingDefaults+splines+"00000000 00000000 00000000 00000000")
		r := NewReader(Format{}, in, Limits{MaxElements: 1})
		if v := r.QEasingCurve(); !errors.Is(r.Err(), ErrTooLarge) || v != (QEasingCurve{}) {
			t.Errorf("too many points: %+v, error %v", v, r.Err())
		}
	}
}
