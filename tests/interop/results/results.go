// Package results has what a run of the interop matrix found out, as its program writes it and report reads it: one JSON object.
package results

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Run is a run of the matrix, whole or in part.
type Run struct {
	Started time.Time `json:"started"` // UTC
	Seconds float64   `json:"seconds"`
	Machine Machine   `json:"machine"`
	Peers   []Peer    `json:"peers"`  // in the order of reports: ours first, then Qt from the oldest to the newest
	Worlds  []string  `json:"worlds"` // "systemv-legacy", "systemv-safe", "posix-legacy", "posix-safe", "windows-legacy", "windows-safe"
	Known   []Known   `json:"known"`  // the rows of KNOWN.md that cells refer to
	Cells   []Cell    `json:"cells"`
	// Transcripts have what the peers of a cell were told and what they answered. Random names, process IDs and directories are
	// replaced, so that cells in which the same was said share one.
	Transcripts []string `json:"transcripts"`
}

// Machine is where the matrix ran.
type Machine struct {
	OS     string `json:"os"`   // GOOS
	Arch   string `json:"arch"` // GOARCH
	CPUs   int    `json:"cpus"`
	Kernel string `json:"kernel"` // its version, "6.1.0"
}

// Peer is a program that takes part.
type Peer struct {
	ID       string   `json:"id"`       // "go", "c", "c++", "qt-5.15.2", "qt-6.4.2-386"
	Software string   `json:"software"` // "Go", "C", "C++", "Qt 5.15.2"
	Arch     string   `json:"arch"`     // GOARCH of the program
	Program  string   `json:"program"`  // what it is: "qtpeer", "capipeer", "C++ program", "library driven by qtpeer"
	Worlds   []string `json:"worlds"`   // in which it can be
	Missing  string   `json:"missing,omitempty"`
}

// IsQt reports whether the peer is a real Qt, or would be if it were there.
func (p Peer) IsQt() bool { return strings.HasPrefix(p.ID, "qt-") }

// IsWindows reports whether the peer is a Windows program.
func (p Peer) IsWindows() bool { return strings.HasSuffix(p.ID, "-windows") }

// Known is a row of KNOWN.md: a fault of some Qt that makes cells fail.
type Known struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Verdict is what came of a cell.
type Verdict string

// The verdicts.
const (
	Pass        Verdict = "pass"
	Unsupported Verdict = "unsupported" // a peer does not know a command that the case needs
	KnownFault  Verdict = "known"       // failed as a row of KNOWN.md says
	Fail        Verdict = "fail"
	Missing     Verdict = "missing" // a peer is not there
)

// Cell is a case that was played by two peers.
type Cell struct {
	Case       string  `json:"case"`
	World      string  `json:"world"`
	Creator    string  `json:"creator"` // ID of a peer
	Partner    string  `json:"partner"`
	Verdict    Verdict `json:"verdict"`
	Reason     string  `json:"reason,omitempty"` // of any verdict but Pass
	Known      string  `json:"known,omitempty"`  // ID of the row of KNOWN.md
	Transcript int     `json:"transcript"`       // index in Run.Transcripts; -1 for none
	Millis     int     `json:"ms"`
}

// Count counts the cells by verdict.
func (r *Run) Count() map[Verdict]int {
	n := map[Verdict]int{}
	for _, c := range r.Cells {
		n[c.Verdict]++
	}
	return n
}

// Summary is the run in one line: "3120 cells: 3000 pass, 100 unsupported, 20 known, 0 fail", and how many are missing, if any.
func (r *Run) Summary() string {
	n := r.Count()
	text := fmt.Sprintf("%d cells: %d pass, %d unsupported, %d known, %d fail", len(r.Cells), n[Pass], n[Unsupported], n[KnownFault], n[Fail])
	if n[Missing] > 0 {
		text += fmt.Sprintf(", %d missing", n[Missing])
	}
	return text
}

// Read reads what Write has written.
func Read(path string) (*Run, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &Run{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%s: no results of the matrix: %w", path, err)
	}
	for _, c := range r.Cells {
		if c.Transcript < -1 || c.Transcript >= len(r.Transcripts) {
			return nil, fmt.Errorf("%s: no results of the matrix: there is no transcript %d", path, c.Transcript)
		}
	}
	return r, nil
}

// Write writes the run into a file, which never has a part of it only.
func (r *Run) Write(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails when it has been renamed
	err = json.NewEncoder(f).Encode(r)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
