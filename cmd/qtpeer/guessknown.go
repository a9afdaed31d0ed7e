package main

import (
	"hash/maphash"
	"math"
	"reflect"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// known adds a value of a type whose usual values are not those that are short as numbers, if it is one.
func (m *measure) known(value any) bool {
	switch value := value.(type) {
	case datastream.QDate:
		m.date(value)
	case datastream.QTime:
		m.time(value)
	case datastream.QRect:
		m.rect(value)
	case datastream.QColor:
		m.color(value)
	case datastream.QKeySequence:
		m.keys(value)
	case datastream.QImage:
		m.image(value.PNG)
	case datastream.Variant:
		m.variant(value)
	case []bool:
		m.bitArray(value)
	case [16]byte:
		m.uuid(value)
	default:
		return false
	}
	return true
}

// date knows that there are few days in a life.
func (m *measure) date(d datastream.QDate) {
	const year1900, year2100 = 2415021, 2488070
	if d.Valid && d.JulianDay >= year1900 && d.JulianDay < year2100 {
		m.number(17, uint64(d.JulianDay), 64)
	} else {
		m.kind(reflect.ValueOf(d))
	}
}

// time knows that there are few seconds in a day.
func (m *measure) time(t datastream.QTime) {
	switch {
	case !t.Valid:
		m.say(3, math.MaxUint64)
	case t.Milliseconds == 0:
		m.number(8, 0, 32)
	case t.Milliseconds%1000 == 0:
		m.number(17, uint64(t.Milliseconds), 32)
	default:
		m.number(27, uint64(t.Milliseconds), 32)
	}
}

// keys knows the codes of keys with and without characters, and where the modifiers are in them.
func (m *measure) keys(codes datastream.QKeySequence) {
	for _, code := range codes {
		n := 36.0
		if key := code &^ 0xfe000000; key >= 0x20 && key < 0x100 || key>>16 == 0x100 {
			n = 13
		} else if code == 0 {
			n = 0.5
		}
		m.number(n, uint64(code), 32)
	}
}

// rect knows that rectangles have a size.
func (m *measure) rect(r datastream.QRect) {
	if r.Width < 0 || r.Height < 0 {
		m.bits += 8
	}
	m.kind(reflect.ValueOf(r))
}

// color knows that most parts have 8 bits only, written twice, or say nothing.
func (m *measure) color(c datastream.QColor) {
	for _, part := range append(c.Parts[:], c.Alpha, uint16(c.Spec)) {
		n := 16.0
		switch {
		case part == 0 || part == 0xffff:
			n = 1
		case part>>8 == part&0xff || part < 8:
			n = 8
		}
		m.number(n, uint64(part), 16)
	}
}

// image adds a PNG file, of which the signature and the chunks have been checked.
func (m *measure) image(png []byte) {
	const checked = 250
	m.binary += len(png)
	m.say(max(2, 8*float64(len(png))-checked), maphash.Bytes(measureSeed, png))
}

func (m *measure) bitArray(bits []bool) {
	digits := make([]byte, len(bits))
	for i, bit := range bits {
		if bit {
			digits[i] = 1
		}
	}
	m.numbers++
	m.say(bitsOf(uint64(len(bits)))+float64(len(bits)), maphash.Bytes(measureSeed, digits))
}

// uuid knows that most UUIDs say that they are ones.
func (m *measure) uuid(id [16]byte) {
	n := 140.0
	switch {
	case id == [16]byte{}:
		n = 4
	case id[8]>>6 == 2 && id[6]>>4 >= 1 && id[6]>>4 <= 8:
		n = 124
	}
	m.numbers++
	m.say(n, maphash.Bytes(measureSeed, id[:]))
}

func (m *measure) variant(v datastream.Variant) {
	n := 5.0 + float64(typeBits(v.Type))/2
	if v.Null {
		n += 4
	}
	m.say(n, maphash.String(measureSeed, v.Type))
	m.value(reflect.ValueOf(v.Value))
}
