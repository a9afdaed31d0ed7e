package main

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

// pretender says what it takes and notes when it is asked.
type pretender struct {
	takes  func(times int) time.Duration
	log    *[]string
	name   string
	closed bool
}

var errTired = errors.New("tired")

func (p *pretender) time(times int) (time.Duration, error) {
	if p.log != nil {
		*p.log = append(*p.log, p.name)
	}
	if d := p.takes(times); d > 0 {
		return d, nil
	}
	return 0, errTired
}

func (p *pretender) close() error {
	p.closed = true
	return nil
}

func every(d time.Duration) func(int) time.Duration {
	return func(times int) time.Duration { return time.Duration(times) * d }
}

func TestCalibrate(t *testing.T) {
	calls := 0
	for name, x := range map[string]struct {
		takes func(int) time.Duration
		want  int
	}{
		"quick":              {every(100 * time.Nanosecond), int(slot / 100)},
		"slow":               {every(7 * time.Millisecond), 2},
		"slower than a slot": {every(time.Second), 1},
		"a hiccup at first": {func(times int) time.Duration {
			if calls++; calls == 1 {
				return slot
			}
			return time.Duration(times) * time.Microsecond
		}, int(slot / time.Microsecond)},
	} {
		c := &contender{timer: &pretender{takes: x.takes}}
		if err := c.calibrate(); err != nil || c.times != x.want {
			t.Errorf("%s: %d times, %v; want %d", name, c.times, err, x.want)
		}
	}
	c := &contender{timer: &pretender{takes: every(0)}}
	if err := c.calibrate(); !errors.Is(err, errTired) {
		t.Errorf("%v, want %v", err, errTired)
	}
}

func TestSidesTakeTurns(t *testing.T) {
	var log []string
	var all []*contender
	for i, name := range []string{"A", "B", "C"} {
		all = append(all, &contender{timer: &pretender{every(time.Duration(i+1) * time.Microsecond), &log, name, false}})
	}
	if err := (row{per: 2}).take(all); err != nil {
		t.Fatal(err)
	}
	log = log[len(log)-3*rounds:]
	for i := range rounds {
		if got := log[3*i : 3*i+3]; !slices.Equal(got, []string{"A", "B", "C"}) {
			t.Fatalf("round %d: %q", i, got)
		}
	}
	for i, c := range all {
		if len(c.turns) != rounds || c.turns[0] != float64(i+1)*500 {
			t.Errorf("%d turns, the first of %v ns per operation", len(c.turns), c.turns[0])
		}
	}
	all[1].timer.(*pretender).takes = every(0)
	if err := (row{per: 2}).take(all); !errors.Is(err, errTired) {
		t.Errorf("%v, want %v", err, errTired)
	}
}

func TestJudge(t *testing.T) {
	a, b, c := side{label: "A"}, side{label: "B"}, side{label: "C"}
	all := []*contender{
		{side: a, turns: []float64{10, 20, 1000}}, // the machine was slow in the third round
		{side: b, turns: []float64{20, 40, 2000}},
		{side: c, turns: []float64{10, 10, 1000}},
	}
	got := row{"id", "work", 1, []match{{a, b, 0.5, 0}, {b, a, 1.99, 0}, {a, c, 0, 0}, {a, b, 0, 10}, {b, a, 0, 19}}}.judge(all)
	for i, want := range []result{
		{"id", "work", "A", "B", spread{20, 10, 1000}, spread{40, 20, 2000}, 0.5, 0.5, 0, met},
		{"id", "work", "B", "A", spread{40, 20, 2000}, spread{20, 10, 1000}, 2, 1.99, 0, missed},
		{"id", "work", "A", "C", spread{20, 10, 1000}, spread{10, 10, 1000}, 1, 0, 0, noTarget}, // the median of 1, 2, 1
		{"id", "work", "A", "B", spread{20, 10, 1000}, spread{40, 20, 2000}, 0.5, 0, 10, met},
		{"id", "work", "B", "A", spread{40, 20, 2000}, spread{20, 10, 1000}, 2, 0, 19, missed},
	} {
		if got[i] != want {
			t.Errorf("%+v, want %+v", got[i], want)
		}
	}
}

func TestSpreadOf(t *testing.T) {
	for _, x := range []struct {
		turns []float64
		want  spread
	}{
		{[]float64{7}, spread{7, 7, 7}},
		{[]float64{3, 1, 2}, spread{2, 1, 3}},
		{[]float64{4, 1, 3, 2}, spread{2.5, 1, 4}},
	} {
		before := fmt.Sprint(x.turns)
		if got := spreadOf(x.turns); got != x.want || fmt.Sprint(x.turns) != before {
			t.Errorf("%v: %v, want %v", before, got, x.want)
		}
	}
}
