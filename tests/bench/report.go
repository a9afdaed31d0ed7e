package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
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
	Ratio    float64 `json:"ratio"`  // ours to theirs: the median of every round's
	Target   float64 `json:"target"` // that Ratio is not to exceed
	Met      bool    `json:"met"`
}

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
	fmt.Fprintf(w, "\nns for one operation and ratio of ours to theirs: medians of %d rounds, (min .. max)\n\n", r.Rounds)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "work\ttheirs\tns\t\tours\tns\t\tratio\ttarget\tverdict")
	met := 0
	for _, x := range r.Results {
		verdict := "missed"
		if x.Met {
			verdict = "met"
			met++
		}
		fmt.Fprintf(t, "%s\t%s\t%v\t%s\t%v\t%.3f\t<= %.2f\t%s\n", x.Work, x.Theirs, x.TheirsNS, x.Ours, x.OursNS, x.Ratio, x.Target, verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d of %d targets met\n", met, len(r.Results))
	return err
}

// String is two cells of the table.
func (s spread) String() string { return fmt.Sprintf("%10.0f\t(%.0f .. %.0f)", s.Median, s.Min, s.Max) }

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
