package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/tests/interop"
	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// A worker is this program once more, in namespaces of its own. It is told of one thing after the other on its standard
// input, in JSON, first an order, then requests, and answers each.

// order is what a worker has to know first.
type order struct {
	Programs interop.Programs
	Private  bool // it has namespaces of its own, and mounts file systems there
	Patience time.Duration
}

// request is a cell to be played, or the ID of a peer to be explored.
type request struct {
	Task    *task
	Explore string
}

// response has what came of a request.
type response struct {
	Survey     interop.Survey
	Verdict    results.Verdict // Pass, Unsupported or Fail
	Reason     string
	Transcript string
	Millis     int
	Spoiled    bool // something may be left in the worker's namespaces
}

// work is a worker's life. It ends with the input.
func work(in io.Reader, out io.Writer) error {
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	var o order
	if err := requests.Decode(&o); err != nil {
		return err
	}
	interop.Patience, interop.Private = o.Patience, o.Private
	if o.Private {
		if err := furnish(); err != nil {
			return err
		}
	}
	if err := answers.Encode(response{}); err != nil {
		return err
	}
	for {
		var r request
		if err := requests.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := answers.Encode(o.carryOut(r)); err != nil {
			return err
		}
	}
}

func (o order) carryOut(r request) (a response) {
	if r.Task == nil {
		s, err := interop.Explore(o.Programs, r.Explore)
		if err != nil {
			return response{Verdict: results.Fail, Reason: err.Error(), Spoiled: true}
		}
		return response{Verdict: results.Pass, Survey: s}
	}
	start := time.Now()
	a = o.play(*r.Task)
	a.Millis = int(time.Since(start).Milliseconds())
	if o.Private {
		left, err := ipctest.Leftovers(os.TempDir())
		if a.Verdict == results.Pass && (err != nil || len(left) > 0) {
			a.Verdict, a.Reason = results.Fail, strings.Join(append([]string{"left behind:"}, left...), " ")
		}
		a.Spoiled = err != nil || len(left) > 0
	}
	return a
}

// play plays a cell of which the plan has the case and the world.
func (o order) play(t task) response {
	k := interop.Cases[slices.IndexFunc(interop.Cases, func(k interop.Case) bool { return k.Name == t.Case })]
	w := interop.Worlds[slices.IndexFunc(interop.Worlds, func(w interop.World) bool { return w.String() == t.World })]
	w.Qt = t.Rules
	outcome, err := k.PlayIn(w, o.Programs, t.Creator, t.Partner)
	a := response{Verdict: results.Pass, Transcript: outcome.Transcript}
	var unsupported *interop.Unsupported
	switch {
	case errors.As(err, &unsupported):
		a.Verdict, a.Reason = results.Unsupported, err.Error()
	case err != nil:
		a.Verdict, a.Reason = results.Fail, err.Error()
	}
	return a
}
