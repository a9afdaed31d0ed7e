package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// key names one writing of a value.
type key struct {
	typ, value       string
	version          int
	order, precision string
}

// result is what Qt wrote and what it read from that, which is never empty.
type result struct{ hex, back string }

// vectors has the results of a Qt, and its values in the order in which the program prints them.
type vectors struct {
	values  []value
	results map[key]result
}

type value struct{ typ, text string }

func newVectors() *vectors { return &vectors{results: map[key]result{}} }

var (
	orders     = []string{"big", "little"}
	precisions = []string{"double", "single"}
)

// parse adds the vectors of lines as the program prints them, and as the files have them, in which a line is for a range of
// versions, and "any" stands for both orders or both precisions.
func (v *vectors) parse(text string) error {
	known := map[value]bool{}
	for _, val := range v.values {
		known[val] = true
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 7 || fields[6] == "" {
			return fmt.Errorf("%q has not 7 fields with something in the last", line)
		}
		val := value{fields[0], fields[5]}
		if !known[val] {
			known[val] = true
			v.values = append(v.values, val)
		}
		if err := v.add(val, fields[1], fields[2], fields[3], result{fields[4], fields[6]}); err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
	}
	return nil
}

// add adds the result for each version, order and precision that a line names.
func (v *vectors) add(val value, versions, order, precision string, r result) error {
	from, to, isRange := strings.Cut(versions, "-")
	first, err := strconv.Atoi(from)
	last := first
	if isRange && err == nil {
		last, err = strconv.Atoi(to)
	}
	theseOrders, thesePrecisions := each(order, orders), each(precision, precisions)
	if err != nil || first < 1 || last < first || last > newest || theseOrders == nil || thesePrecisions == nil {
		return fmt.Errorf("no stream versions, byte order and precision: %s, %s, %s", versions, order, precision)
	}
	for version := first; version <= last; version++ {
		for _, o := range theseOrders {
			for _, p := range thesePrecisions {
				k := key{val.typ, val.text, version, o, p}
				if _, there := v.results[k]; there {
					return fmt.Errorf("version %d, %s, %s of this value is there already", version, o, p)
				}
				v.results[k] = r
			}
		}
	}
	return nil
}

// each returns what a name stands for, nothing for an unknown one.
func each(name string, all []string) []string {
	if i := slices.Index(all, name); i >= 0 {
		return all[i : i+1]
	}
	if name == "any" {
		return all
	}
	return nil
}

var png = regexp.MustCompile("89504e470d0a1a0a.*?49454e44ae426082")

// same says whether two results are equal but for PNG files in them: those depend on versions of libpng and zlib.
func (r result) same(other result) bool {
	return r == other || r.withoutPNG() == other.withoutPNG()
}

func (r result) withoutPNG() result {
	return result{png.ReplaceAllString(r.hex, "PNG"), r.back}
}

// minus returns the vectors that base lacks or has with another result.
func (v *vectors) minus(base *vectors) *vectors {
	rest := &vectors{values: v.values, results: map[key]result{}}
	for k, r := range v.results {
		if !r.same(base.results[k]) {
			rest.results[k] = r
		}
	}
	return rest
}

// plus returns the vectors of both, other's where both have one.
func (v *vectors) plus(other *vectors) *vectors {
	sum := &vectors{values: slices.Clone(v.values), results: map[key]result{}}
	for _, val := range other.values {
		if !slices.Contains(sum.values, val) {
			sum.values = append(sum.values, val)
		}
	}
	for _, from := range []*vectors{v, other} {
		for k, r := range from.results {
			sum.results[k] = r
		}
	}
	return sum
}
