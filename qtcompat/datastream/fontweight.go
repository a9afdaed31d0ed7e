package datastream

import "fmt"

// qt5Weights are the weights of Qt 5 that are 100, 200 and so on up to 900 in OpenType and Qt 6.
var qt5Weights = [9]uint8{0, 12, 25, 50, 57, 63, 75, 81, 87}

// The largest weights.
const (
	maxQt5Weight = 99
	maxWeight    = 1000
)

// qt5Weight returns the weight of Qt 5 for one of OpenType as Qt 6 writes it: the nearest in the table, the lower of two.
func qt5Weight(weight uint16) uint8 {
	hundreds := (int(weight) + 49) / 100
	return qt5Weights[min(max(hundreds, 1), len(qt5Weights))-1]
}

// openTypeWeight returns the weight of OpenType for one of Qt 5 as Qt 6 reads it: the nearest in the table, the lower of two.
func openTypeWeight(weight uint8) uint16 {
	i := 0
	for i < len(qt5Weights)-1 && 2*int(weight) > int(qt5Weights[i])+int(qt5Weights[i+1]) {
		i++
	}
	return uint16(100 * (i + 1))
}

// appendFontWeight appends the weight of a QFont. Up to version 19 a quint8 comes before it, which was the character set
// in Qt 2 and is 0 since.
func (f Format) appendFontWeight(b []byte, v *QFont) []byte {
	if f.version() >= V6_0 {
		return f.AppendUint16(b, v.Weight)
	}
	weight := qt5Weight(v.Weight)
	if openTypeWeight(v.Qt5Weight) == v.Weight {
		weight = v.Qt5Weight
	}
	return append(b, 0, weight)
}

func (r *Reader) fontWeight(v *QFont) {
	if r.format.version() >= V6_0 {
		v.Weight = r.Uint16()
		if v.Weight < 1 || v.Weight > maxWeight {
			r.fail("QFont", fmt.Errorf("%w: weight %d", ErrCorrupt, v.Weight))
		}
		return
	}
	r.Uint8()
	weight := r.Uint8()
	if weight > maxQt5Weight {
		r.fail("QFont", fmt.Errorf("%w: weight %d", ErrCorrupt, weight))
	}
	v.Weight = openTypeWeight(weight)
	if qt5Weight(v.Weight) != weight {
		v.Qt5Weight = weight
	}
}
