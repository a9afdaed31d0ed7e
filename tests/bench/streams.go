package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// streamWorks are the counterparts of those in tests/qt/bench/streams.cpp, by the same names, and with the same values.
var streamWorks = map[string]func(place) (work, error){
	"write-list":      writing(numbers, datastream.BigEndian, appendList),
	"read-list":       reading(numbers, datastream.BigEndian, appendList, value((*datastream.Reader).Int32List)),
	"write-list-host": writing(numbers, hostOrder(), appendList),
	"read-list-host":  reading(numbers, hostOrder(), appendList, value((*datastream.Reader).Int32List)),
	"write-ascii":     writing(ascii, datastream.BigEndian, appendText),
	"read-ascii":      reading(ascii, datastream.BigEndian, appendText, value((*datastream.Reader).QString)),
	"write-latin":     writing(latin, datastream.BigEndian, appendText),
	"read-latin":      reading(latin, datastream.BigEndian, appendText, value((*datastream.Reader).QString)),
	"write-cjk":       writing(cjk, datastream.BigEndian, appendText),
	"read-cjk":        reading(cjk, datastream.BigEndian, appendText, value((*datastream.Reader).QString)),
	"write-variants":  writing(variants, datastream.BigEndian, datastream.Format.AppendQVariantMap),
	"read-variants":   reading(variants, datastream.BigEndian, datastream.Format.AppendQVariantMap, value((*datastream.Reader).QVariantMap)),
	"find-image":      reading(picture, datastream.BigEndian, datastream.Format.AppendQImage, value((*datastream.Reader).QImage)),
	"read-image":      reading(picture, datastream.BigEndian, datastream.Format.AppendQImage, decodeImage),
}

func appendList(f datastream.Format, b []byte, v []int32) ([]byte, error) {
	return f.AppendInt32List(b, v), nil
}

func appendText(f datastream.Format, b []byte, v string) ([]byte, error) {
	return f.AppendQString(b, v), nil
}

// value is for those methods that tell nothing but the Reader of their errors.
func value[T any](read func(*datastream.Reader) T) func(*datastream.Reader) error {
	return func(r *datastream.Reader) error {
		read(r)
		return r.Err()
	}
}

func decodeImage(r *datastream.Reader) error {
	_, err := r.QImage().Decode()
	return err
}

type appender[T any] = func(datastream.Format, []byte, T) ([]byte, error)

// writing writes over what it has written before, which takes no memory.
func writing[T any](value func() T, order datastream.ByteOrder, app appender[T]) func(place) (work, error) {
	return func(place) (work, error) {
		f, v := datastream.Format{ByteOrder: order}, value()
		b, err := app(f, nil, v)
		return repeat(func() error {
			_, err := app(f, b[:0], v)
			return err
		}), err
	}
}

// reading reads what app has written.
func reading[T any](value func() T, order datastream.ByteOrder, app appender[T], read func(*datastream.Reader) error) func(place) (work, error) {
	return func(place) (work, error) {
		f := datastream.Format{ByteOrder: order}
		b, err := app(f, nil, value())
		return repeat(func() error { return read(datastream.NewReader(f, b, datastream.Limits{})) }), err
	}
}

func hostOrder() datastream.ByteOrder {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return datastream.LittleEndian
	}
	return datastream.BigEndian
}

func numbers() []int32 {
	list := make([]int32, 1e6)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// text is half a million units, 1 MiB in the stream.
func text(sentence string) string {
	runes := []rune(sentence)
	return string([]rune(strings.Repeat(sentence, 1<<19/len(runes)+1))[:1<<19])
}

func ascii() string { return text("The quick brown fox jumps over the lazy dog. ") }

func latin() string {
	return text("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ")
}

func cjk() string { return text("視野無限廣，窗外有藍天。") }

func picture() datastream.QImage {
	img := image.NewNRGBA(image.Rect(0, 0, 1920, 1080))
	for y := range 1080 {
		for x := range 1920 {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), uint8(x ^ y), 0xff})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // AppendQImage looks at it
	return datastream.QImage{PNG: b.Bytes()}
}

func variants() datastream.VariantMap {
	values := []datastream.Variant{
		{Type: "QString", Value: "some text"},
		{Type: "int", Value: int32(42)},
		{Type: "double", Value: 1.5},
		{Type: "bool", Value: true},
		{Type: "QStringList", Value: []string{"one", "two"}},
		{Type: "QByteArray", Value: []byte("bytes")},
		{Type: "qlonglong", Value: int64(1 << 40)},
		{Type: "QPoint", Value: datastream.QPoint{X: 1, Y: 2}},
		{Type: "QVariantList", Value: []datastream.Variant{{Type: "int", Value: int32(1)}, {Type: "QString", Value: "x"}}},
		{Type: "QRectF", Value: datastream.QRectF{X: 1, Y: 2, Width: 3, Height: 4}},
	}
	var m datastream.VariantMap
	for i := range 100 {
		m = append(m, datastream.QPair[string, datastream.Variant]{First: fmt.Sprintf("key%03d", i), Second: values[i%len(values)]})
	}
	return m
}
