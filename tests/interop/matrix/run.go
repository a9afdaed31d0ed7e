package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// run plays what the options choose.
func (o options) run(stop <-chan struct{}) error {
	start := time.Now()
	rows, err := readKnown(o.known)
	if err == nil && o.cell != "" {
		err = o.chooseCell()
	}
	if err != nil {
		return err
	}
	all, err := o.candidates()
	if err != nil {
		return err
	}
	team, err := hire(order{Programs: o.programs(all), Patience: o.patience}, o.jobs)
	if err != nil {
		return err
	}
	defer team.dismiss()
	players := team.explore(stop, all)
	tasks := plan(players, o.filter)
	if o.cell != "" {
		return o.playOne(team, stop, tasks)
	}
	r := &results.Run{Started: start.UTC().Truncate(time.Second), Machine: thisMachine(), Worlds: worldNames()}
	for _, p := range players {
		r.Peers = append(r.Peers, p.Peer)
	}
	for _, p := range players {
		if p.Missing != "" {
			fmt.Printf("missing: %s: %s\n", p.ID, p.Missing)
		} else if p.broken != "" {
			fmt.Printf("FAIL %s: %s\n", p.ID, p.broken)
		}
	}
	team.playAll(stop, r, tasks, players, rows)
	r.Known = met(rows, r.Cells)
	r.Seconds = time.Since(start).Round(time.Second).Seconds()
	return o.conclude(stop, r)
}

// conclude writes the results and tells the summary.
func (o options) conclude(stop <-chan struct{}, r *results.Run) error {
	select {
	case <-stop:
		return errors.New("interrupted; no results are written")
	default:
	}
	if o.out != "" {
		if err := os.MkdirAll(filepath.Dir(o.out), 0o755); err != nil {
			return err
		}
		if err := r.Write(o.out); err != nil {
			return err
		}
	}
	fmt.Println(r.Summary())
	n := r.Count()
	if n[results.Fail] > 0 || n[results.Missing] > 0 && !o.allowMissing {
		return errFailed
	}
	return nil
}

// chooseCell makes the options choose the cell that they name, and its peers.
func (o *options) chooseCell() error {
	name, rest, ok := strings.Cut(o.cell, "/")
	world, pair, ok2 := strings.Cut(rest, "/")
	creator, partner, ok3 := strings.Cut(pair, "->")
	if !ok || !ok2 || !ok3 {
		return fmt.Errorf("-cell %s: cells are named as L-lock-dies/posix-safe/go->qt-6.8.3", o.cell)
	}
	o.filter = filter{peers: []string{creator, partner}, cases: []string{name}, worlds: []string{world}, allPairs: true}
	for _, id := range o.filter.peers {
		version, isQt := strings.CutPrefix(id, "qt-")
		if isQt && !slices.ContainsFunc(built, func(b builtPeer) bool { return b.id == id }) {
			o.qt += " " + version
		}
	}
	return nil
}

// playOne plays the cell that the options name and prints its transcript.
func (o options) playOne(c *crew, stop <-chan struct{}, tasks []task) error {
	i := slices.IndexFunc(tasks, func(t task) bool { return t.String() == o.cell })
	if i < 0 {
		return fmt.Errorf("-cell %s: these two do not play that case in that world", o.cell)
	}
	var failed error
	c.do(stop, []request{{Task: &tasks[i]}}, func(_ int, a response) {
		fmt.Printf("%s%s: %s %s (%d ms)\n", a.Transcript, tasks[i], a.Verdict, a.Reason, a.Millis)
		if a.Verdict == results.Fail {
			failed = errFailed
		}
	})
	return failed
}

func thisMachine() results.Machine {
	release, _ := os.ReadFile("/proc/sys/kernel/osrelease") // elsewhere there is none
	kernel, _, _ := strings.Cut(strings.TrimSpace(string(release)), "-")
	return results.Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU(), Kernel: kernel}
}
