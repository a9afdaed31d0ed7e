package main

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// format is a way of writing a value into a segment. value is our side: text without a final newline, or exact bytes;
// it is never nil, and encode may use its memory.
type format struct {
	name   string
	binary bool // value is not text
	stream bool // the settings of a stream matter
	encode func(s datastream.Format, value []byte) ([]byte, error)
	// decode reads what is at the start of mem. The result may share its memory.
	decode func(s datastream.Format, mem []byte) ([]byte, error)
}

var formats = []format{
	{name: "raw", binary: true, encode: same, decode: same},
	{name: "text", encode: encodeText, decode: decodeText},
	{name: "hex", encode: encodeHex, decode: decodeHex},
	{name: "cstring", stream: true, encode: encodeCString, decode: decodeCString},
	{name: "qstring", stream: true, encode: encodeQString, decode: decodeQString},
	{name: "qbytearray", stream: true, binary: true, encode: encodeQByteArray, decode: decodeQByteArray},
	{name: "int32", encode: encodeInt32, decode: decodeInt32},
	{name: "qimage", stream: true, binary: true, encode: encodeQImage, decode: decodeQImage},
}

func formatNamed(name string) (format, bool) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		return format{}, false
	}
	return formats[i], true
}

func same(_ datastream.Format, b []byte) ([]byte, error) { return b, nil }

func encodeText(_ datastream.Format, value []byte) ([]byte, error) {
	if bytes.IndexByte(value, 0) >= 0 {
		return nil, errNUL
	}
	return append(value, 0), nil
}

var errNUL = errors.New("a NUL inside, where C takes the text to end")

func decodeText(_ datastream.Format, mem []byte) ([]byte, error) {
	text, _, _ := bytes.Cut(mem, []byte{0})
	return text, nil
}

func encodeHex(_ datastream.Format, value []byte) ([]byte, error) {
	return hex.AppendDecode(nil, bytes.Join(bytes.Fields(value), nil))
}

func decodeHex(_ datastream.Format, mem []byte) ([]byte, error) {
	return hex.AppendEncode(nil, mem), nil
}

func encodeInt32(_ datastream.Format, value []byte) ([]byte, error) {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 32)
	return binary.NativeEndian.AppendUint32(nil, uint32(n)), err
}

func decodeInt32(_ datastream.Format, mem []byte) ([]byte, error) {
	if len(mem) < 4 {
		return nil, fmt.Errorf("an int32 takes 4 bytes, here are %d", len(mem))
	}
	return strconv.AppendInt(nil, int64(int32(binary.NativeEndian.Uint32(mem))), 10), nil
}

func encodeCString(s datastream.Format, value []byte) ([]byte, error) {
	if bytes.IndexByte(value, 0) >= 0 {
		return nil, errNUL
	}
	return written(s.AppendCString(nil, string(value)))
}

func decodeCString(s datastream.Format, mem []byte) ([]byte, error) {
	r := newReader(s, mem)
	return []byte(r.CString()), r.Err()
}

func encodeQString(s datastream.Format, value []byte) ([]byte, error) {
	if !utf8.Valid(value) {
		return nil, errors.New("not valid UTF-8")
	}
	return written(s.AppendQString(nil, string(value)))
}

func decodeQString(s datastream.Format, mem []byte) ([]byte, error) {
	r := newReader(s, mem)
	return []byte(r.QString()), r.Err()
}

func encodeQByteArray(s datastream.Format, value []byte) ([]byte, error) {
	return written(s.AppendQByteArray(nil, value))
}

func decodeQByteArray(s datastream.Format, mem []byte) ([]byte, error) {
	r := newReader(s, mem)
	return r.QByteArray(), r.Err()
}

func encodeQImage(s datastream.Format, png []byte) ([]byte, error) {
	return s.AppendQImage(nil, datastream.QImage{PNG: png})
}

func decodeQImage(s datastream.Format, mem []byte) ([]byte, error) {
	r := newReader(s, mem)
	return r.QImage().PNG, r.Err()
}

func newReader(s datastream.Format, mem []byte) *datastream.Reader {
	return datastream.NewReader(s, mem, datastream.Limits{MaxBytes: math.MaxInt}) // mem is here already
}

// written finds out that a value was too long for the stream version, upon which nothing is appended.
func written(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, errors.New("4 GiB or more need stream version 22")
	}
	return b, nil
}
