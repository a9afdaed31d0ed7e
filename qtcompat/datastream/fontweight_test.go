package datastream

import "testing"

// TestQt5WeightsRead has the first weight of Qt 5 that Qt 6.12.0 reads as each weight of its own.
func TestQt5WeightsRead(t *testing.T) {
	want, first := uint16(0), map[uint8]uint16{0: 100, 7: 200, 19: 300, 38: 400, 54: 500, 61: 600, 70: 700, 79: 800, 85: 900}
	for weight := range uint8(100) {
		if next, ok := first[weight]; ok {
			want = next
		}
		if got := openTypeWeight(weight); got != want {
			t.Errorf("%d reads as %d, in Qt as %d", weight, got, want)
		}
	}
}

// TestQt5WeightsWritten has the first weight of Qt 6.12.0 that it writes as each weight of Qt 5.
func TestQt5WeightsWritten(t *testing.T) {
	want, first := uint8(0), map[uint16]uint8{151: 12, 251: 25, 351: 50, 451: 57, 551: 63, 651: 75, 751: 81, 851: 87}
	for weight := uint16(1); weight <= 1000; weight++ {
		if next, ok := first[weight]; ok {
			want = next
		}
		if got := qt5Weight(weight); got != want {
			t.Errorf("%d is written as %d, by Qt as %d", weight, got, want)
		}
	}
}

// TestQt5WeightsStay checks that a weight of Qt 5 is written as it was read, but not after a change.
func TestQt5WeightsStay(t *testing.T) {
	f := Format{Version: V5_0}
	const at = 4 + 8 + 4 + 3 // family, sizes, hint, strategy, character set
	b := f.AppendQFont(nil, NewQFont("", 10))
	for weight := range uint8(maxQt5Weight + 1) {
		b[at] = weight
		v := NewReader(f, b, Limits{}).QFont()
		if got := f.AppendQFont(nil, v); string(got) != string(b) {
			t.Errorf("weight %d reads as %d and %d, and is written as %d", weight, v.Weight, v.Qt5Weight, got[at])
		}
		if named := qt5Weight(v.Weight) == weight; named != (v.Qt5Weight == 0) {
			t.Errorf("weight %d reads as %d and %d", weight, v.Weight, v.Qt5Weight)
		}
		v.Weight = 1000
		if got := f.AppendQFont(nil, v); v.Qt5Weight < 85 && got[at] != 87 {
			t.Errorf("weight %d changed to 1000 is written as %d", weight, got[at])
		}
	}
	for _, weight := range []byte{100, 255} {
		b[at] = weight
		if v := NewReader(f, b, Limits{}); v.QFont().Family != "" || v.Err() == nil {
			t.Errorf("weight %d is read", weight)
		}
	}
}
