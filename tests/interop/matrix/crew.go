package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// crew are the workers, which play cells at the same time.
type crew struct {
	order order
	size  int
	dir   string // in it each has its TMPDIR, and its WINEPREFIX
}

// hire makes a crew of n workers. Where the system gives no namespaces it is one worker, in this process's own.
func hire(o order, n int) (*crew, error) {
	dir, err := os.MkdirTemp("", "shmbridge-matrix-")
	if err != nil {
		return nil, err
	}
	c := &crew{order: o, size: n, dir: dir}
	c.order.Private = true
	first, err := c.newHand()
	if err != nil {
		fmt.Fprintf(os.Stderr, "matrix: no IPC namespaces here (%v): one cell after the other is played beside whatever else runs\n", err)
		c.order.Private, c.size = false, 1
		first, err = c.newHand()
	}
	if err != nil {
		c.dismiss()
		return nil, err
	}
	first.end()
	return c, nil
}

func (c *crew) dismiss() { _ = os.RemoveAll(c.dir) }

// winePrefix names the directory by which Windows programs find each other. A worker in namespaces has its own.
const winePrefix = "WINEPREFIX"

// hand is a worker's process.
type hand struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

func (c *crew) newHand() (*hand, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	h := &hand{cmd: exec.Command(program, workerFlag)}
	h.cmd.Env = os.Environ()
	h.cmd.Stderr = os.Stderr
	directories := []string{"TMPDIR"}
	if c.order.Private {
		isolate(h.cmd)
		directories = append(directories, winePrefix)
	}
	for _, variable := range directories {
		dir, err := os.MkdirTemp(c.dir, "")
		if err != nil {
			return nil, err
		}
		h.cmd.Env = append(h.cmd.Env, variable+"="+dir)
	}
	ownGroup(h.cmd)
	in, err := h.cmd.StdinPipe()
	out, err2 := h.cmd.StdoutPipe()
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	if err := h.cmd.Start(); err != nil {
		return nil, err
	}
	h.in, h.out = in, json.NewDecoder(out)
	var ready response
	if err := h.tell(c.order, &ready); err != nil {
		h.end()
		return nil, err
	}
	return h, nil
}

func (h *hand) tell(what any, answer *response) error {
	if err := json.NewEncoder(h.in).Encode(what); err != nil {
		return err
	}
	return h.out.Decode(answer)
}

// end ends the process, and with it its peers, its namespaces and what is in them.
func (h *hand) end() {
	_ = h.in.Close()
	_ = h.cmd.Wait()
}

// do lets the crew carry out requests and hands each response to done, which is called by one goroutine at a time. When stop is
// closed no further request is begun.
func (c *crew) do(stop <-chan struct{}, requests []request, done func(i int, a response)) {
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range requests {
			select {
			case next <- i:
			case <-stop:
				return
			}
		}
	}()
	var all sync.WaitGroup
	var mu sync.Mutex
	for range c.size {
		all.Go(func() {
			var h *hand
			for i := range next {
				var a response
				h, a = c.carryOut(h, requests[i])
				mu.Lock()
				done(i, a)
				mu.Unlock()
			}
			if h != nil {
				h.end()
			}
		})
	}
	all.Wait()
}

// carryOut gives a request to a worker, a new one for nil, and returns who takes the next: nil after one that came to nothing.
func (c *crew) carryOut(h *hand, r request) (*hand, response) {
	var a response
	var err error
	if h == nil {
		if h, err = c.newHand(); err != nil {
			return nil, response{Verdict: results.Fail, Reason: "no worker: " + err.Error(), Survey: a.Survey}
		}
	}
	if err = h.tell(r, &a); err != nil {
		h.end()
		return nil, response{Verdict: results.Fail, Reason: "the worker ended: " + err.Error()}
	}
	if a.Spoiled {
		h.end()
		h = nil
	}
	return h, a
}
