package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/shmbridge/shmbridge/tests/interop"
	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// candidates are the peers that take part. It tells which of other machines do not, because they have not been built.
func (o options) candidates() ([]candidate, error) {
	all := builtPeers(o.bin, o.wine)
	versions := words(o.qt)
	if o.qt == "all" {
		var err error
		if versions, err = manifestVersions("tests/qt/builds.txt"); err != nil {
			return nil, err
		}
	}
	ids := func() (list []string) {
		for _, c := range all {
			list = append(list, c.id)
		}
		for _, v := range versions {
			list = append(list, "qt-"+v)
		}
		return list
	}()
	if err := o.filter.check(ids, caseNames(), worldNames()); err != nil {
		return nil, err
	}
	wanted := func(id string) bool { return matches(o.filter.peers, id) }
	versions = slices.DeleteFunc(versions, func(v string) bool { return !wanted("qt-" + v) })
	all = append(all, libraryPeers(o.bin, o.wine, versions, fetchBuilds)...)
	all = slices.DeleteFunc(all, func(c candidate) bool {
		absent := wanted(c.id) && c.machine != "" && c.missing != ""
		if absent {
			fmt.Fprintf(os.Stderr, "matrix: without %s: %s\n", c.id, c.missing)
		}
		return absent || !wanted(c.id)
	})
	slices.SortStableFunc(all, func(a, b candidate) int { return compareIDs(a.id, b.id) })
	return all, nil
}

// programs are the command lines of those that are there, and of Go, of which observers are.
func (o options) programs(all []candidate) interop.Programs {
	programs := interop.Programs{}
	for _, b := range builtPeers(o.bin, o.wine) {
		if b.id == "go" || b.id == "go-windows" {
			programs[b.id] = b.command
		}
	}
	for _, c := range all {
		if c.missing == "" {
			programs[c.id] = c.command
		}
	}
	return programs
}

// explore starts every peer once. One that does not answer as it should is broken.
func (c *crew) explore(stop <-chan struct{}, all []candidate) (players []player) {
	var requests []request
	for _, p := range all {
		players = append(players, player{Peer: results.Peer{ID: p.id, Program: p.program, Arch: archOf(p.id), Missing: p.missing}})
		requests = append(requests, request{Explore: p.id})
	}
	c.do(stop, requests, func(i int, a response) {
		p := &players[i]
		if p.Missing != "" {
			return
		}
		if a.Verdict != results.Pass {
			p.broken = a.Reason
			return
		}
		p.survey, p.Software = a.Survey, a.Survey.Software
		for _, w := range a.Survey.Worlds {
			p.Worlds = append(p.Worlds, w.String())
		}
	})
	return players
}
