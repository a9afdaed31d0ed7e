package main

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

const (
	rounds = 75                    // in each of which every side has one turn
	slot   = 20 * time.Millisecond // that a turn is to take: short, so that the turns of a round meet the same noise
)

// contender is a side at work.
type contender struct {
	timer
	side  side
	times int       // the work is done in one turn
	turns []float64 // nanoseconds per operation, in each
}

// measure lets the sides of r work by turns.
func (r row) measure(l *lab) (_ []result, err error) {
	var all []*contender
	defer func() {
		for _, c := range all {
			err = errors.Join(err, c.close())
		}
		err = errors.Join(err, l.clear())
	}()
	for _, m := range r.matches {
		for _, s := range []side{m.theirs, m.ours} {
			if slices.ContainsFunc(all, func(c *contender) bool { return c.side == s }) {
				continue
			}
			t, err := s.open(l)
			if err != nil {
				return nil, err
			}
			all = append(all, &contender{timer: t, side: s})
		}
	}
	if err := r.take(all); err != nil {
		return nil, err
	}
	return r.judge(all), nil
}

func (r row) take(all []*contender) error {
	for _, c := range all {
		if err := c.calibrate(); err != nil {
			return err
		}
	}
	for range rounds {
		for _, c := range all {
			d, err := c.time(c.times)
			if err != nil {
				return err
			}
			c.turns = append(c.turns, float64(d.Nanoseconds())/float64(c.times*r.per))
		}
	}
	return nil
}

// calibrate finds out how often the work is to be done for a turn to fill its slot, and warms up. The better of two
// turns counts: a hiccup of the machine is not to be mistaken for the work.
func (c *contender) calibrate() error {
	for c.times = 1; ; c.times *= 2 {
		d1, err1 := c.time(c.times)
		d2, err2 := c.time(c.times)
		if err := cmp.Or(err1, err2); err != nil {
			return err
		}
		if d := min(d1, d2); d >= slot/4 {
			c.times = max(1, int(int64(c.times)*int64(slot)/int64(d)))
			return nil
		}
	}
}

// judge compares the sides round by round, so that noise that comes and goes meets both.
func (r row) judge(all []*contender) (results []result) {
	turns := func(s side) []float64 {
		return all[slices.IndexFunc(all, func(c *contender) bool { return c.side == s })].turns
	}
	for _, m := range r.matches {
		ours, theirs := turns(m.ours), turns(m.theirs)
		var ratios []float64
		for i := range ours {
			ratios = append(ratios, ours[i]/theirs[i])
		}
		ratio := spreadOf(ratios).Median
		results = append(results, result{r.id, r.work, m.ours.label, m.theirs.label, spreadOf(ours), spreadOf(theirs),
			ratio, m.target, m.limit, m.verdict(ratio, spreadOf(ours).Min)})
	}
	return results
}

// verdict is about the ratio, or the nanoseconds that ours took at best: noise, which meets both sides of a ratio, is not
// to be mistaken for the work.
func (m match) verdict(ratio, ns float64) string {
	switch {
	case m.target == 0 && m.limit == 0:
		return noTarget
	case ratio <= m.target || ns <= m.limit:
		return met
	}
	return missed
}
