package main

import (
	"fmt"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// formatSet is a set of settings of a stream: for each byte order and precision the versions, bit v for version v.
type formatSet [2][2]uint32

// formats returns all settings, the more usual first.
func allFormats() (all []datastream.Format) {
	for _, precision := range []datastream.Precision{datastream.Double, datastream.Single} {
		for _, order := range []datastream.ByteOrder{datastream.BigEndian, datastream.LittleEndian} {
			for version := datastream.Latest; version > 0; version-- {
				if precision == datastream.Double || version >= datastream.V4_6 { // which brought the precision
					all = append(all, datastream.Format{Version: version, ByteOrder: order, Precision: precision})
				}
			}
		}
	}
	return all
}

func (s *formatSet) add(f datastream.Format) { s[f.ByteOrder][f.Precision] |= 1 << f.Version }

func (s *formatSet) has(f datastream.Format) bool {
	return s[f.ByteOrder][f.Precision]>>f.Version&1 == 1
}

// formatBits says how unusual the settings are.
func formatBits(f datastream.Format) (n float64) {
	switch {
	case f.Version == datastream.Latest:
	case f.Version >= datastream.V5_0:
		n += 1
	case f.Version >= datastream.V4_0:
		n += 4
	default:
		n += 7
	}
	if f.ByteOrder == datastream.LittleEndian {
		n += 3
	}
	if f.Precision == datastream.Single {
		n += 5
	}
	return n
}

// versions are those of the set that have the byte order and precision of f, in runs such as 1-5,7.
func (s *formatSet) versions(f datastream.Format) string {
	set := s[f.ByteOrder][f.Precision]
	var runs []string
	for v := datastream.V1_0; v <= datastream.Latest; v++ {
		if set>>v&1 == 0 {
			continue
		}
		first := v
		for v < datastream.Latest && set>>(v+1)&1 == 1 {
			v++
		}
		if first == v {
			runs = append(runs, fmt.Sprint(v))
		} else {
			runs = append(runs, fmt.Sprintf("%d-%d", first, v))
		}
	}
	return strings.Join(runs, ",")
}

// order returns the byte order, any if both do.
func (s *formatSet) order(f datastream.Format) string {
	switch {
	case s[datastream.BigEndian][f.Precision] == s[datastream.LittleEndian][f.Precision]:
		return "any"
	case f.ByteOrder == datastream.LittleEndian:
		return "little"
	}
	return "big"
}

// precision returns the precision, any if both do.
func (s *formatSet) precision(f datastream.Format) string {
	switch set := s[f.ByteOrder]; {
	case f.Precision == datastream.Single:
		return "single"
	case set[datastream.Single] == set[datastream.Double]>>datastream.V4_6<<datastream.V4_6:
		return "any"
	}
	return "double"
}
