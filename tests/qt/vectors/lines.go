package main

import (
	"fmt"
	"strings"
)

// newest is a stream version above which there is none, with room for those to come.
const newest = 100

// lines returns the vectors as text, as few lines as possible.
func (v *vectors) lines() string {
	var text strings.Builder
	for _, val := range v.values {
		for first, last := 1, 0; first <= newest; first = last + 1 {
			for last = first; last < newest && v.equal(val, first, last+1); {
				last++
			}
			v.write(&text, val, first, last)
		}
	}
	return text.String()
}

// at returns a result, the zero result for none.
func (v *vectors) at(val value, version int, order, precision string) result {
	return v.results[key{val.typ, val.text, version, order, precision}]
}

// equal says whether a value is written and read at two versions in the same way.
func (v *vectors) equal(val value, version, other int) bool {
	for _, o := range orders {
		for _, p := range precisions {
			if v.at(val, version, o, p) != v.at(val, other, o, p) {
				return false
			}
		}
	}
	return true
}

// write writes the lines of a value for versions that are equal.
func (v *vectors) write(text *strings.Builder, val value, first, last int) {
	versions := fmt.Sprintf("%d-%d", first, last)
	written := map[string]bool{}
	for _, o := range orders {
		for _, p := range precisions {
			r := v.at(val, first, o, p)
			if r == (result{}) {
				continue
			}
			order, precision := o, p
			if v.anyOrder(val, first) {
				order = "any"
			}
			if v.anyPrecision(val, first) {
				precision = "any"
			}
			if id := order + precision; !written[id] {
				written[id] = true
				fmt.Fprintln(text, strings.Join([]string{val.typ, versions, order, precision, r.hex, val.text, r.back}, "\t"))
			}
		}
	}
}

// anyOrder says whether the order of bytes makes no difference to a value at a version.
func (v *vectors) anyOrder(val value, version int) bool {
	for _, p := range precisions {
		if v.at(val, version, "big", p) != v.at(val, version, "little", p) {
			return false
		}
	}
	return true
}

// anyPrecision says whether the precision makes no difference to a value at a version.
func (v *vectors) anyPrecision(val value, version int) bool {
	for _, o := range orders {
		if v.at(val, version, o, "double") != v.at(val, version, o, "single") {
			return false
		}
	}
	return true
}
