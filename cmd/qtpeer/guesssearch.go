package main

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// block is the bytes that a guess is about.
type block struct {
	bytes  []byte
	length int // without the zeros at the end
}

func newBlock(b []byte) block { return block{b, len(bytes.TrimRight(b, "\x00"))} }

// restBits is what it takes to say what is behind a place: nothing, zeros, or bytes as they are.
func (b block) restBits(at int) (n float64) {
	if at < b.length {
		n, at = 24+rawBits(b.bytes[at:b.length]), b.length
	}
	if zeros := len(b.bytes) - at; zeros > 0 {
		n += 6 + bitsOf(uint64(zeros))
	}
	return n
}

// rawBits is what the bytes take without any explanation.
func (b block) rawBits() float64 { return 8 * float64(b.length) }

// reading is what a type makes of a block, in some settings of the stream.
type reading struct {
	candidate
	formats formatSet
	format  datastream.Format // the first of formats in the order of allFormats
	value   any
	length  int      // bytes
	told    *measure // of the value
	bits    float64  // that say type, value and what is behind it
}

// total is what it takes to say the whole block.
func (r *reading) total() float64 { return r.bits + formatBits(r.format) }

// guess is a reading, and other types that make the same of the block.
type guess struct {
	reading
	also   []string
	extent string // how much of the block it is
}

// muchRarer is by how many bits a type is too unlikely to be named beside another that makes the same of the block.
const muchRarer = 12

// guesses returns what may be in a block, the shortest to say first.
func (b block) guesses() (all []guess) {
	var readings []reading
	for _, c := range slices.Concat(candidates(), b.sequences()) {
		readings = append(readings, b.readings(c)...)
	}
	readings = slices.DeleteFunc(readings, func(r reading) bool { return r.length < b.length && r.total() >= b.rawBits() })
	slices.SortStableFunc(readings, func(x, y reading) int { return cmp.Compare(x.total(), y.total()) })
	for _, r := range readings {
		i := slices.IndexFunc(all, func(g guess) bool { return g.same(r.length, r.told) && r.formats.has(g.format) })
		if i < 0 {
			all = append(all, guess{reading: r, extent: b.extent(r.length)})
		} else if g := &all[i]; r.spelling != g.spelling && r.total() < g.total()+muchRarer && !slices.Contains(g.also, r.spelling) {
			g.also = append(g.also, r.spelling)
		}
	}
	return all
}

// same reports whether a value of n bytes consists of the same as that of r.
func (r *reading) same(n int, m *measure) bool { return r.length == n && r.told.sum() == m.sum() }

// readings returns the different things that a type makes of the block.
func (b block) readings(c candidate) (all []reading) {
	for _, f := range allFormats() {
		i := slices.IndexFunc(all, func(r reading) bool { return c.writes(f, r.value, b.bytes[:r.length]) })
		if i < 0 {
			value, n, ok := c.read(f, b.bytes)
			if !ok || n == 0 {
				continue
			}
			m := c.measure(value)
			i = len(all)
			all = append(all, reading{
				candidate: c, format: f, value: value, length: n, told: m, bits: c.rarity + c.valueBits(value, m) + b.restBits(n),
			})
		}
		all[i].formats.add(f)
	}
	return all
}

// mostElements are those of the longest list that is tried. Others are seldom what large numbers stand for.
const mostElements = 1 << 16

// read reads a value at the start of b. It fails if Qt would not have written it like that.
func (c candidate) read(f datastream.Format, b []byte) (value any, n int, ok bool) {
	r := datastream.NewReader(f, b, datastream.Limits{MaxBytes: math.MaxInt, MaxElements: mostElements})
	value = c.Read(r)
	return value, r.Offset(), r.Err() == nil && c.writes(f, value, b[:r.Offset()])
}

// writes reports whether the bytes of a value are those of b.
func (c candidate) writes(f datastream.Format, value any, b []byte) bool {
	written, err := c.Append(f, make([]byte, 0, len(b)), value)
	return err == nil && bytes.Equal(written, b)
}
