package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// game is the playing of a run's cells.
type game struct {
	run         *results.Run
	rows        []known
	shown       *progress
	transcripts map[string]int // where in run.Transcripts a text is
}

// playAll plays the tasks and notes in r what came of them.
func (c *crew) playAll(stop <-chan struct{}, r *results.Run, tasks []task, players []player, rows []known) {
	g := &game{run: r, rows: rows, shown: newProgress(os.Stderr, len(tasks)), transcripts: map[string]int{}}
	absent := absentOf(players)
	r.Cells = make([]results.Cell, len(tasks))
	var requests []request
	var at []int // of a request in tasks
	for i, t := range tasks {
		cell := &r.Cells[i]
		*cell = results.Cell{Case: t.Case, World: t.World, Creator: t.Creator, Partner: t.Partner, Transcript: -1}
		if why := cmp.Or(absent[t.Creator], absent[t.Partner]); why.Verdict != "" {
			cell.Verdict, cell.Reason = why.Verdict, why.Reason
			g.shown.add(*cell)
			continue
		}
		requests, at = append(requests, request{Task: &t}), append(at, i)
	}
	c.do(stop, requests, func(i int, a response) { g.note(&r.Cells[at[i]], requests[i].Task, a) })
	g.shown.clear()
}

// absentOf says of those that cannot play what becomes of their cells.
func absentOf(players []player) map[string]results.Cell {
	absent := map[string]results.Cell{}
	for _, p := range players {
		if p.Missing != "" {
			absent[p.ID] = results.Cell{Verdict: results.Missing, Reason: p.Missing}
		} else if p.broken != "" {
			absent[p.ID] = results.Cell{Verdict: results.Fail, Reason: p.broken}
		}
	}
	return absent
}

// note notes what came of a cell, and tells it if it failed.
func (g *game) note(cell *results.Cell, t *task, a response) {
	cell.Verdict, cell.Reason, cell.Millis = a.Verdict, a.Reason, a.Millis
	judge(g.rows, cell)
	if a.Transcript != "" {
		n, there := g.transcripts[a.Transcript]
		if !there {
			n = len(g.run.Transcripts)
			g.transcripts[a.Transcript] = n
			g.run.Transcripts = append(g.run.Transcripts, a.Transcript)
		}
		cell.Transcript = n
	}
	if cell.Verdict == results.Fail {
		g.shown.clear()
		fmt.Printf("FAIL %s: %s\n%s\n", t, cell.Reason, tail(a.Transcript))
	}
	g.shown.add(*cell)
}

// tail is the end of a transcript, with what went wrong. A longer one is in the results, or to be had with -cell.
func tail(transcript string) string {
	lines := strings.SplitAfter(transcript, "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "")
}
