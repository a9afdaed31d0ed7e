package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// recoder reads the QVariant at the start of data, and returns what a stream of a version writes for it and whether data ended
// with it.
type recoder func(version int, data []byte) (again []byte, whole bool, err error)

// oldestVariant is the oldest version of the FORMAT qvariant-V: that of Qt 4.0.
const oldestVariant = int(datastream.V4_0)

// variantFormat is the FORMAT qvariant-V, of which V is at most newest.
func variantFormat(name string, newest int, recode recoder) (format, bool) {
	digits, ok := strings.CutPrefix(name, "qvariant-")
	version, err := strconv.Atoi(digits)
	if !ok || err != nil || strconv.Itoa(version) != digits || version < oldestVariant || version > newest {
		return format{}, false
	}
	return format{
		name: name, binary: true,
		encode: func(_ datastream.Format, value []byte) ([]byte, error) {
			again, whole, err := recode(version, value)
			if err == nil && !whole {
				err = errors.New("bytes follow the QVariant")
			}
			return again, err
		},
		decode: func(_ datastream.Format, mem []byte) ([]byte, error) {
			again, _, err := recode(version, mem)
			return again, err
		},
	}, true
}

// recodeQVariant is the recoder of package datastream.
func recodeQVariant(version int, data []byte) (again []byte, whole bool, err error) {
	s := datastream.Format{Version: datastream.Version(version)}
	r := newReader(s, data)
	variant := r.QVariant()
	if err := r.Err(); err != nil {
		return nil, false, err
	}
	again, err = s.AppendQVariant(nil, variant)
	return again, r.Remaining() == 0, err
}
