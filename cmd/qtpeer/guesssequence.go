package main

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// Bounds of the search for sequences.
const (
	workPerFormat   = 8192 // readings; one of many bytes counts several times
	bytesOfReading  = 64
	longestSequence = 24 // types
	slackBits       = 24 // how much longer than its bytes the beginning of a sequence may be to say
	zerosRead       = 16 // bytes of the zeros at the end that a sequence may take
)

// layouts are versions that together have every layout of the types in steps.
var layouts = []datastream.Version{
	datastream.V6_11, datastream.V5_13, datastream.V5_1, datastream.V5_0, datastream.V4_6, datastream.V4_5, datastream.V4_0, datastream.V3_3,
	datastream.V3_1, datastream.V3_0, datastream.V2_0, datastream.V1_0,
}

// sequenceSearch looks for the sequence of types that is the shortest to say, in one setting of the stream.
type sequenceSearch struct {
	block
	format  datastream.Format
	steps   []candidate
	places  map[int]place
	pending []int // places from which to go on, in ascending order
	work    int
}

// place is the best way to a byte of the block.
type place struct {
	bits  float64
	from  int
	step  string
	steps int
}

func newSequenceSearch(b block, f datastream.Format) *sequenceSearch {
	s := &sequenceSearch{block: b, format: f, places: map[int]place{0: {}}, pending: []int{0}}
	for _, name := range steps {
		s.steps = append(s.steps, candidateOf(name))
	}
	return s
}

// sequences returns candidates that read the block, in settings that have different layouts.
func (b block) sequences() (found []candidate) {
	known := map[string]bool{}
	for _, f := range allFormats() {
		if !slices.Contains(layouts, f.Version) {
			continue
		}
		path := newSequenceSearch(b, f).best()
		if spelling := strings.Join(path, ","); spelling != "" && !known[spelling] {
			known[spelling] = true
			found = append(found, sequenceCandidate(path))
		}
	}
	return found
}

// best returns the types of the best sequence of two or more, none if there is none.
func (s *sequenceSearch) best() []string {
	for len(s.pending) > 0 && s.work < workPerFormat {
		at := s.pending[0]
		s.pending = s.pending[1:]
		for _, step := range s.steps {
			s.take(at, step)
		}
	}
	end, least := 0, math.Inf(1)
	for _, at := range slices.Sorted(maps.Keys(s.places)) {
		if total := s.places[at].bits + s.restBits(at); s.places[at].steps > 1 && total < least {
			end, least = at, total
		}
	}
	return s.path(end)
}

// take reads a value of a type at a place.
func (s *sequenceSearch) take(at int, step candidate) {
	from := s.places[at]
	value, n, ok := step.read(s.format, s.bytes[at:])
	s.work += 1 + n/bytesOfReading
	to := at + n
	alone := at == 0 && to >= s.length // which needs no search
	if !ok || n == 0 || alone || to > s.length+zerosRead || from.steps == longestSequence {
		return
	}
	bits := from.bits + 1 + step.rarity + measureOf(value).bits
	if bits > 8*float64(to)+slackBits {
		return
	}
	there, known := s.places[to]
	if known && there.bits <= bits {
		return
	}
	s.places[to] = place{bits, at, step.spelling, from.steps + 1}
	if i, found := slices.BinarySearch(s.pending, to); !found {
		s.pending = slices.Insert(s.pending, i, to)
	}
}

// path returns the types on the way to a place.
func (s *sequenceSearch) path(to int) (types []string) {
	for to != 0 {
		p := s.places[to]
		types = append(types, p.step)
		to = p.from
	}
	slices.Reverse(types)
	return types
}
