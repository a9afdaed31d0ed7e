package datastream

import (
	"fmt"
	"math/bits"
)

// QKeySequence is a QKeySequence: up to four keys with their modifiers, Qt::Key and Qt::KeyboardModifiers in one number,
// the first one first. What follows the last key is 0.
type QKeySequence [4]uint32

// QSizePolicy is a QSizePolicy. The policies are QSizePolicy::Policy, 0 to 15, the stretches 0 to 255, and Control one bit of
// QSizePolicy::ControlType; of larger numbers and of several bits the lowest are written.
type QSizePolicy struct {
	Horizontal        uint8  `json:"horizontal"`
	Vertical          uint8  `json:"vertical"`
	HorizontalStretch uint8  `json:"horizontalStretch"`
	VerticalStretch   uint8  `json:"verticalStretch"`
	Control           uint32 `json:"control"` // 0 is 1, QSizePolicy::DefaultType
	HeightForWidth    bool   `json:"heightForWidth"`
	WidthForHeight    bool   `json:"widthForHeight"`
	RetainWhenHidden  bool   `json:"retainWhenHidden"`
}

// AppendQKeySequence appends a QKeySequence: all four keys, or only the first if it is the only one or the version is
// before 5.
func (f Format) AppendQKeySequence(b []byte, v QKeySequence) []byte {
	n := 1
	if f.version() >= V3_1 && v[1]|v[2]|v[3] != 0 {
		n = len(v)
	}
	b = f.AppendCount(b, n)
	for _, key := range v[:n] {
		b = f.AppendUint32(b, key)
	}
	return b
}

// QKeySequence reads a QKeySequence. More than four keys are an error.
func (r *Reader) QKeySequence() QKeySequence {
	return composite(r, "QKeySequence", func() (v QKeySequence) {
		n := r.count("QKeySequence")
		if n > len(v) {
			r.fail("QKeySequence", fmt.Errorf("%w: %d keys", ErrCorrupt, n))
			return v
		}
		for i := range n {
			v[i] = r.Uint32()
		}
		return v
	})
}

// Bits of a QSizePolicy in the stream (struct Bits in src/widgets/kernel/qsizepolicy.h).
const (
	sizePolicyHeightForWidth = 1 << 8
	sizePolicyControl        = 9
	sizePolicyWidthForHeight = 1 << 14
	sizePolicyRetain         = 1 << 15
)

// AppendQSizePolicy appends a QSizePolicy.
func (f Format) AppendQSizePolicy(b []byte, v QSizePolicy) []byte {
	n := uint32(v.Horizontal&15) | uint32(v.Vertical&15)<<4 | uint32(v.VerticalStretch)<<16 | uint32(v.HorizontalStretch)<<24
	if v.Control != 0 {
		n |= uint32(bits.TrailingZeros32(v.Control)) << sizePolicyControl
	}
	if v.HeightForWidth {
		n |= sizePolicyHeightForWidth
	}
	if v.WidthForHeight {
		n |= sizePolicyWidthForHeight
	}
	if v.RetainWhenHidden {
		n |= sizePolicyRetain
	}
	return f.AppendUint32(b, n)
}

// QSizePolicy reads a QSizePolicy.
func (r *Reader) QSizePolicy() QSizePolicy {
	n := r.uint32("QSizePolicy")
	if r.err != nil {
		return QSizePolicy{}
	}
	return QSizePolicy{
		Horizontal: uint8(n & 15), Vertical: uint8(n >> 4 & 15), VerticalStretch: uint8(n >> 16), HorizontalStretch: uint8(n >> 24),
		Control:        1 << (n >> sizePolicyControl & 31),
		HeightForWidth: n&sizePolicyHeightForWidth != 0, WidthForHeight: n&sizePolicyWidthForHeight != 0, RetainWhenHidden: n&sizePolicyRetain != 0,
	}
}
