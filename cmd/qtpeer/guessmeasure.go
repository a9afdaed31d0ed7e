package main

import (
	"bytes"
	"hash/maphash"
	"math"
	"math/bits"
	"reflect"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// measure tells how much there is to say of a value. What programs store is shorter to say than what comes of reading it
// as something else: text has the same letters again and again, numbers are small, and lengths fit what follows.
type measure struct {
	bits                        float64 // how long it is to say
	parts                       maphash.Hash
	characters, numbers, binary int // of what it consists
	odd                         int // characters and numbers that are rare
}

// measureSeed makes equal values have equal sums.
var measureSeed = maphash.MakeSeed()

// measureOf measures values that follow one another.
func measureOf(values ...any) *measure {
	m := new(measure)
	m.parts.SetSeed(measureSeed)
	for _, value := range values {
		m.value(reflect.ValueOf(value))
	}
	return m
}

// sum is the same for values that consist of the same numbers and text, whatever their types are.
func (m *measure) sum() uint64 { return m.parts.Sum64() }

// value adds a value of a Go type that package datastream reads.
func (m *measure) value(v reflect.Value) {
	if !v.IsValid() {
		m.say(1, 0)
	} else if !m.known(v.Interface()) {
		m.kind(v)
	}
}

func (m *measure) kind(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		m.say(1, uint64(map[bool]int{true: 1}[v.Bool()]))
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		m.integer(v.Int(), v.Type().Bits())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		m.unsigned(v.Uint(), v.Type().Bits())
	case reflect.Float32, reflect.Float64:
		m.float(v.Float(), v.Type().Bits())
	case reflect.String:
		m.text(v.String())
	case reflect.Slice:
		m.slice(v)
	case reflect.Array:
		for i := range v.Len() {
			m.value(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			m.field(v.Field(i))
		}
	case reflect.Pointer, reflect.Interface:
		m.value(v.Elem())
	}
}

// field adds a field of a struct, which is often zero and sometimes not in the stream then.
func (m *measure) field(v reflect.Value) {
	switch {
	case !v.CanInterface():
	case v.IsZero():
		m.say(0.5, 0)
	default:
		m.value(v)
	}
}

// say adds a part that takes some bits.
func (m *measure) say(n float64, part uint64) {
	m.bits += n
	maphash.WriteComparable(&m.parts, part)
}

// bitsOf is the length of a number in Elias's delta code, nearly.
func bitsOf(n uint64) float64 {
	length := float64(bits.Len64(n))
	return 1 + length + 2*math.Log2(length+1)
}

func (m *measure) unsigned(n uint64, width int) {
	m.number(min(bitsOf(n), float64(width)+4), n, width)
}

func (m *measure) integer(n int64, width int) {
	size := uint64(max(n, -(n + 1)))
	m.number(min(bitsOf(size)+1, float64(width)+4), uint64(n), width)
}

func (m *measure) number(n float64, part uint64, width int) {
	m.numbers++
	if n > 24 && n > float64(width)*3/4 {
		m.odd++
	}
	m.say(n, part)
}

// float counts the digits, as in 0.25 or 1e-7, and how far the number is from 1.
func (m *measure) float(f float64, width int) {
	n := math.Inf(1)
	switch sum := math.Float64bits(f); {
	case sum == 0:
		n = 2
	case math.IsInf(f, 0), f == 0, sum&^(1<<63) == 0x7ff8000000000000: // the NaN that computing makes
		n = 12
	case !math.IsNaN(f):
		_, exponent := math.Frexp(f)
		if float64(float32(f)) == f { // as in a stream of single precision
			width = 32
		}
		digits := len(strconv.FormatFloat(math.Abs(f), 'e', -1, width)) - len("e+00")
		n = 4 + 3.4*float64(digits) + math.Abs(float64(exponent))/3
	}
	m.number(min(n, float64(width)+4), math.Float64bits(f), width)
}

func (m *measure) slice(v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		m.bytes(v.Bytes())
		return
	}
	m.say(bitsOf(uint64(v.Len())), uint64(v.Len()))
	for i := range v.Len() {
		m.value(v.Index(i))
	}
}

func (m *measure) bytes(b []byte) {
	if utf8.Valid(b) {
		text := new(measure)
		text.text(string(b))
		if text.odd == 0 {
			m.text(string(b))
			return
		}
	}
	m.binary += len(b)
	m.say(bitsOf(uint64(len(b)))+rawBits(b), maphash.Bytes(measureSeed, b))
}

// rawBits is what bytes take that are nothing else; zeros are frequent.
func rawBits(b []byte) float64 {
	zeros := bytes.Count(b, []byte{0})
	return 2*float64(zeros) + 8.5*float64(len(b)-zeros)
}

// text adds text; the beginning of a long one stands for all of it.
func (m *measure) text(s string) {
	const enough = 4096
	n, total, previous := 0, 0.0, 'a'
	for _, r := range s {
		if n++; n > enough {
			continue
		}
		bits := characterBits(r, previous)
		if bits > 16 {
			m.odd++
		}
		total += bits
		previous = r
	}
	m.characters += n
	if n > enough {
		total *= float64(n) / enough
	}
	m.say(2+bitsOf(uint64(len(s)))+total, maphash.String(measureSeed, s))
}

// characterBits makes characters cheap that are frequent, or in the same block of Unicode as those before.
func characterBits(r, previous rune) float64 {
	switch {
	case r == ' ' || r < utf8.RuneSelf && (unicode.IsLower(r) || unicode.IsDigit(r)):
		return 5
	case r < utf8.RuneSelf && unicode.IsPrint(r):
		return 6.5
	case r == '\n' || r == '\t' || r == '\r':
		return 8
	case r == utf8.RuneError || !unicode.IsPrint(r):
		return 24
	case r>>7 == previous>>7:
		return 8
	case r < 0x250:
		return 10
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return 15
	}
	return 20
}
