//go:build linux

package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
)

// progress tells about the builds that are being added: on a terminal in a line that changes, elsewhere in a line a build.
// Its methods may be called by several goroutines. Nothing is told before begin.
type progress struct {
	out      io.Writer
	terminal bool

	mu          sync.Mutex
	total, done int
	active      []string
}

func newProgress(out io.Writer) *progress {
	p := &progress{out: out}
	if file, ok := out.(*os.File); ok {
		info, err := file.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

// begin says what will be done for those of the builds that the cache lacks.
func (p *progress) begin(c *cache, builds []build) {
	for _, b := range builds {
		if c.lacks(b) {
			p.total++
		}
	}
	fmt.Fprintf(p.out, "downloads Qt builds with pip: %d, 25 to 120 MB each; about 20 MB of each stay in %s\n", p.total, c.dir)
}

func (p *progress) start(b build) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active = append(p.active, b.name())
	p.draw()
}

func (p *progress) finish(b build, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active = slices.DeleteFunc(p.active, func(v string) bool { return v == b.name() })
	p.done++
	if !p.terminal {
		result := "ready"
		if err != nil {
			result = "failed"
		}
		fmt.Fprintf(p.out, "Qt %s: %s (%d of %d)\n", b.name(), result, p.done, p.total)
	}
	p.draw()
}

// draw replaces the line on the terminal.
func (p *progress) draw() {
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%d of %d, working on Qt %s", p.done, p.total, strings.Join(p.active, ", "))
	}
}

// end removes the line on the terminal.
func (p *progress) end() {
	if p.terminal && p.total > 0 {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
