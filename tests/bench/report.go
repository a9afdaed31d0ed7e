package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

// spread sums up what the turns of one side took, in nanoseconds per operation. Minimum and maximum show the noise.
type spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

func spreadOf(turns []float64) spread {
	s := slices.Sorted(slices.Values(turns))
	return spread{(s[(len(s)-1)/2] + s[len(s)/2]) / 2, s[0], s[len(s)-1]}
}

// result is how one match ended.
type result struct {
	Row      string  `json:"row"`
	Work     string  `json:"work"`
	Ours     string  `json:"ours"`
	Theirs   string  `json:"theirs"`
	OursNS   spread  `json:"ours_ns"`
	TheirsNS spread  `json:"theirs_ns"`
	Ratio    float64 `json:"ratio"`    // ours to theirs: the median of every round's
	Target   float64 `json:"target"`   // that Ratio is not to exceed; 0 is none
	LimitNS  float64 `json:"limit_ns"` // that the minimum of OursNS is not to exceed; 0 is none
	Verdict  string  `json:"verdict"`
}

// Verdicts.
const (
	met      = "met"
	missed   = "missed"
	noTarget = "no target"
)

type report struct {
	Machine map[string]string `json:"machine"`
	Rounds  int               `json:"rounds"`
	Results []result          `json:"results"`
}

// print writes a table for people.
func (r report) print(w io.Writer) error {
	for _, name := range slices.Sorted(maps.Keys(r.Machine)) {
		fmt.Fprintf(w, "%s: %s  ", name, r.Machine[name])
	}
	fmt.Fprintf(w, "\nns for one operation and ratio of ours to theirs: medians of %d rounds, (min .. max)\n", r.Rounds)
	if slices.ContainsFunc(r.Results, func(x result) bool { return strings.HasPrefix(x.Row, windows) }) {
		fmt.Fprintln(w, "Windows: both sides in Wine and on one CPU, so that the ns are not those of Windows: they say something as a ratio only.")
		fmt.Fprintln(w, "  Go's scheduler gets a turn eight times a round there; without that ours takes up to twice as long, for Wine's calls are slow")
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "work\ttheirs\tns\t\tours\tns\t\tratio\ttarget\tverdict")
	count := map[string]int{}
	for _, x := range r.Results {
		count[x.Verdict]++
		fmt.Fprintf(t, "%s\t%s\t%v\t%s\t%v\t%.3f\t%s\t%s\n", x.Work, x.Theirs, x.TheirsNS, x.Ours, x.OursNS, x.Ratio, x.goal(), x.Verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d of %d targets met\n", count[met], count[met]+count[missed])
	return err
}

func (x result) goal() string {
	switch {
	case x.Target > 0:
		return fmt.Sprintf("<= %.2f", x.Target)
	case x.LimitNS > 0:
		return fmt.Sprintf("<= %v ns", x.LimitNS)
	}
	return "-"
}

// String is two cells of the table, with decimals where a nanosecond matters.
func (s spread) String() string {
	decimals := 0
	if s.Median < 100 {
		decimals = 1
	}
	return fmt.Sprintf("%10.*f\t(%.*f .. %.*f)", decimals, s.Median, decimals, s.Min, decimals, s.Max)
}

func (r report) save(file string) error {
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o666)
}
