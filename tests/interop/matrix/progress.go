package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// progress tells how far the matrix is: on a terminal in a line that is written again and again, otherwise now and then in
// a line of its own.
type progress struct {
	out      io.Writer
	terminal bool
	total    int
	count    map[results.Verdict]int
	done     int
	start    time.Time
	told     time.Time
}

func newProgress(out *os.File, total int) *progress {
	info, err := out.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	now := time.Now()
	return &progress{out: out, terminal: terminal, total: total, count: map[results.Verdict]int{}, start: now, told: now}
}

// add counts a cell.
func (p *progress) add(c results.Cell) {
	p.count[c.Verdict]++
	p.done++
	every := 30 * time.Second
	if p.terminal {
		every = 100 * time.Millisecond
	}
	if now := time.Now(); now.Sub(p.told) >= every {
		p.told = now
		p.tell(fmt.Sprintf("%s %s %s->%s", c.Case, c.World, c.Creator, c.Partner))
	}
}

func (p *progress) tell(cell string) {
	left := time.Since(p.start) / time.Duration(p.done) * time.Duration(p.total-p.done)
	line := fmt.Sprintf("%d of %d cells, %d fail, %v left: %s", p.done, p.total, p.count[results.Fail], left.Round(time.Second), cell)
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%s", line)
	} else {
		fmt.Fprintln(p.out, line)
	}
}

// clear makes way for other lines.
func (p *progress) clear() {
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
