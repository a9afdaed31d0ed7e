//go:build linux

package interop

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// namesPerPlace names are derived in each place, and there are placesPerWorld places in each world.
const namesPerPlace, placesPerWorld = 20, 100

// TestKeys asks Go or C, and every Qt, for the native keys of random names, of segments and semaphores, in every world and in
// the odd places that TMPDIR and XDG_RUNTIME_DIR can name.
func TestKeys(t *testing.T) {
	var asked int
	for _, kind := range qts {
		t.Run(kind, func(t *testing.T) {
			leavesNothing(t)
			y := newYard(t)
			programs := y.at(programs(t))
			worlds := worldsOf(t, programs, kind)
			if err := Play(programs, func(c *Cell) {
				qt := c.Start(kind)
				ours := []*Peer{c.Start("go"), c.Start("c")}
				for _, p := range ours {
					p.does("rules", qt.Version)
				}
				for _, w := range worlds {
					asked += y.compareKeys(c, w, qt, ours)
				}
			}); err != nil {
				t.Error(err)
			}
		})
	}
	fmt.Printf("%d random keys: Go, C and %s derive the same\n", asked, strings.Join(qts, ", "))
}

// compareKeys returns how many keys of the world it has compared. Ours take turns, place by place.
func (y *yard) compareKeys(c *Cell, w World, qt *Peer, ours []*Peer) (n int) {
	kinds := []string{"segment"}
	if release(qt.Version) >= 606 {
		kinds = append(kinds, "semaphore")
	}
	for _, p := range append(ours, qt) {
		if w.told() {
			p.does("keys", w.Form, w.Family)
		}
	}
	for turn := range placesPerWorld {
		place := y.randomPlace(release(qt.Version) < 500)
		var questions [][]string
		for _, variable := range []string{"TMPDIR", "XDG_RUNTIME_DIR"} {
			questions = append(questions, []string{"setenv", variable, place[variable]})
		}
		for range namesPerPlace {
			name := randomName(y.Rand)
			for _, kind := range kinds {
				questions = append(questions, []string{"key", name, kind})
				n++
			}
		}
		p := ours[turn%len(ours)]
		our := p.burst(questions) // first: it makes nothing
		for i, theirs := range qt.burst(questions) {
			compare(c, fmt.Sprintf("%s, %s, %s, %q", w, qt, p, place), questions[i], our[i], theirs)
		}
		y.tidy()
	}
	return n
}

// compare fails unless two answers are equal. An older Qt has no text form.
func compare(c *Cell, where string, question []string, ours, theirs Answer) {
	if question[0] == "key" && theirs.Code == "" && len(theirs.Words) == 1 && len(ours.Words) == 2 {
		ours.Words = ours.Words[:1]
	}
	if ours.Code != theirs.Code || ours.Unsupported || theirs.Unsupported || !slices.Equal(ours.Words, theirs.Words) {
		c.failf("%s: %q\n  Qt:   %s %+q\n  ours: %s %+q", where, question, theirs.Code, theirs.Words, ours.Code, ours.Words)
	}
}

// burst sends commands without waiting for the answers in between, and returns these.
func (p *Peer) burst(commands [][]string) (answers []Answer) {
	p.Silent()
	var lines []string
	for _, words := range commands {
		lines = append(lines, line(words))
	}
	go func() { _, _ = io.WriteString(p.in, strings.Join(lines, "")) }() // if it fails, Await misses an answer
	for _, line := range lines {
		p.pending = strings.TrimSuffix(line, "\n")
		p.cell.transcript.add(p.label, "<-", p.pending)
		answers = append(answers, p.Await())
	}
	return answers
}

// TestSemaphoreNames compares the key files that Go, C and every Qt make for semaphores of random names, or the errors when
// the name is too long for a file.
func TestSemaphoreNames(t *testing.T) {
	defer wantNothingLeft(t)()
	r, names := random(t), []string{strings.Repeat("x", 200), strings.Repeat("x", 201)}
	for range 50 {
		names = append(names, randomName(r))
	}
	if err := Play(programs(t), func(c *Cell) {
		want := c.semaphoreFiles("go", names)
		if !slices.Contains(want, "KeyError") {
			c.failf("no name was too long")
		}
		for _, kind := range append([]string{"c"}, qts...) {
			for i, got := range c.semaphoreFiles(kind, names) {
				if got != want[i] {
					c.failf("semaphore %q: the key file of %s is %s, of go %s", names[i], kind, got, want[i])
				}
			}
		}
	}); err != nil {
		t.Error(err)
	}
}

// semaphoreFiles returns for each name the key file of its semaphore, or the code of the error.
func (c *Cell) semaphoreFiles(kind string, names []string) (files []string) {
	p := c.Start(kind)
	for i, name := range names {
		id := strconv.Itoa(i)
		answer := p.Ask("sem", id, name, "1", "create")
		if answer.Code != "" {
			files = append(files, answer.Code)
			continue
		}
		made := c.files()
		if len(made) != 1 {
			c.failf("%s makes the key files %q for one semaphore", p, made)
		}
		files = append(files, made[0])
		p.does("close", id)
		c.wantFiles()
	}
	return files
}
