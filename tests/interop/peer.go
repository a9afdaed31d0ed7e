package interop

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Patience bounds how long a peer may take to answer or to end; past it, it hangs. No peer needs a hundredth of it.
var Patience = 10 * time.Second

// Peer is a running process that speaks the line protocol. Its methods, which one goroutine may call, make the cell it
// belongs to fail when the process hangs, ends, or breaks the protocol.
type Peer struct {
	Kind    string // its name in Programs
	Version string // of Qt, or of shmbridge
	impl    string // "go", "c", "cpp" or "qt"
	pid     string // that it has told

	cell    *Cell
	label   string // in the transcript
	cmd     *exec.Cmd
	in      io.WriteCloser
	lines   chan string // what it said; closed when it has ended
	pending string      // the command that it has not answered yet
	ended   bool
}

// Start starts a peer of the kind, with flags added to its command line, waits until it can take commands, and tells it
// what world it is in.
func (c *Cell) Start(kind string, flags ...string) *Peer {
	if c.programs[kind] == nil {
		c.failf("there is no kind of peer called %q", kind)
	}
	p, hello := c.greet(kind, slices.Concat(c.programs[kind], flags))
	if len(hello) != 3 || hello[2] != strconv.Itoa(p.cmd.Process.Pid) && !c.world.windows() { // Windows's is another one
		c.failf("%s answers hello with %q; want its kind, its version and its process ID %d", p, hello, p.cmd.Process.Pid)
	}
	p.impl, p.Version, p.pid = hello[0], hello[1], hello[2]
	if c.world.told() {
		p.does("keys", c.world.Form, c.world.Family)
	}
	if c.world.Qt != "" && (p.isOurs() || ownRules(p.Version) != c.world.Qt) {
		p.does("rules", c.world.Qt) // a Qt that has others cannot
	}
	return p
}

// greet starts a program and returns what it answers hello with. Of some thousand starts of Wine 8 one ends with status 1 and without a
// word before the program begins: it is made again, once.
func (c *Cell) greet(kind string, program []string) (p *Peer, hello []string) {
	for retry := c.world.windows(); ; retry = false {
		p = &Peer{Kind: kind, cell: c, label: kind + "#" + strconv.Itoa(len(c.peers)+1), lines: make(chan string, 1)}
		p.run(program)
		err := attempt(func() { hello = p.Ask("hello").Words })
		if err == nil {
			return p, hello
		} else if !retry || p.cmd.ProcessState == nil || p.cmd.ProcessState.ExitCode() != 1 {
			c.fail(err)
		}
		c.peers = c.peers[:len(c.peers)-1]
	}
}

func (p *Peer) run(program []string) {
	c := p.cell
	p.cmd = exec.Command(program[0], program[1:]...)
	p.cmd.Env = append(os.Environ(), "TMPDIR="+c.dir, "XDG_RUNTIME_DIR="+c.runtimeDir)
	p.cmd.Stderr = lineWriter(func(line string) { c.transcript.add(p.label, "stderr", line) })
	p.cmd.WaitDelay = Patience // for a child of its that has the other end of its standard error
	bind(p.cmd)
	c.transcript.add(p.label, "", strings.Join(program, " ")+" starts")
	in, err := p.cmd.StdinPipe()
	out, err2 := p.cmd.StdoutPipe()
	if err := errors.Join(err, err2, p.cmd.Start()); errors.Is(err, fs.ErrNotExist) {
		c.failf("%v: run make build", err)
	} else if err != nil {
		c.failf("%v", err)
	}
	p.in = in
	c.peers = append(c.peers, p)
	go p.listen(out)
}

func (p *Peer) listen(out io.Reader) {
	defer close(p.lines)
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			p.cell.transcript.add(p.label, "->", line)
		}
		if err != nil {
			return
		}
		p.lines <- strings.TrimSuffix(line, "\n")
	}
}

func (p *Peer) String() string { return p.label }

// ours has what shmbridge is used by, by the first word that peers answer hello with.
var ours = map[string]string{"go": "Go", "c": "C", "cpp": "C++"}

// Software says what the peer is made of: "Go", "C", "C++", or "Qt 5.15.8".
func (p *Peer) Software() string { return cmp.Or(ours[p.impl], "Qt "+p.Version) }

// isOurs reports whether the peer is shmbridge, in whatever language. Qt's own faults are expected of no other.
func (p *Peer) isOurs() bool { return ours[p.impl] != "" }

// hasAll reports whether the peer offers what QSharedMemory lacks: to try a lock, to look at a semaphore, to remove a segment.
func (p *Peer) hasAll() bool { return p.impl == "go" || p.impl == "c" }

// lockLost is the code of the error that a lock was removed while it was held. QSharedMemory's own errors have none for it.
func (p *Peer) lockLost() string {
	if p.hasAll() || !p.isOurs() {
		return "LockLost"
	}
	return "LockError"
}

// Ask sends a command and returns its answer. Every word is given as plain text.
func (p *Peer) Ask(verb string, words ...string) Answer {
	p.Send(verb, words...)
	return p.Await()
}

// Send sends a command and does not wait for the answer: Await does.
func (p *Peer) Send(verb string, words ...string) {
	p.Silent()
	if p.pending != "" {
		p.cell.failf("%s is asked to %s before it has answered %q", p, verb, p.pending)
	}
	command := line(append([]string{verb}, words...))
	p.pending = strings.TrimSuffix(command, "\n")
	p.cell.transcript.add(p.label, "<-", p.pending)
	if errors.Is(p.tell(command), os.ErrDeadlineExceeded) { // of one that has ended, Await tells
		p.cell.failf("%s hangs: it does not read the command %s", p, shorten(p.pending, tooLong))
	}
}

// tell writes to the peer's input, which a peer that hangs does not read.
func (p *Peer) tell(text string) error {
	if pipe, ok := p.in.(*os.File); ok {
		_ = pipe.SetWriteDeadline(time.Now().Add(Patience))
	}
	_, err := io.WriteString(p.in, text)
	return err
}

// line is a command as it is sent.
func line(words []string) string {
	command := words[0]
	for _, word := range words[1:] {
		command += " " + Quote(word)
	}
	return command + "\n"
}

// Await returns the answer to the last command sent.
func (p *Peer) Await() Answer {
	command := p.pending
	p.pending = ""
	line, ok := p.next("answer " + command)
	if !ok {
		p.ended = true
		p.cell.failf("%s ended instead of answering %s: %v", p, command, p.cmd.Wait())
	}
	answer, err := ParseAnswer(line)
	if err != nil {
		p.cell.failf("%s: %v", p, err)
	}
	return answer
}

// Silent fails if the peer has said anything that nobody awaited.
func (p *Peer) Silent() {
	select {
	case line, ok := <-p.lines:
		if !ok {
			p.cell.failf("%s has ended", p)
		}
		p.cell.failf("%s says %q: too early, or unasked", p, line)
	default:
	}
}

// next returns the next line that the peer says, or false if it has ended.
func (p *Peer) next(task string) (line string, ok bool) {
	hang := time.NewTimer(Patience)
	defer hang.Stop()
	select {
	case line, ok = <-p.lines:
	case <-hang.C:
		p.cell.failf("%s hangs: it did not %s within %v", p, task, Patience)
	}
	return line, ok
}

// Close makes the peer exit, and fails unless it ends well.
func (p *Peer) Close() {
	if answer := p.Ask("exit"); answer.Code != "" || len(answer.Words) > 0 {
		p.cell.failf("%s answers exit with %+v", p, answer)
	}
	p.awaitEnd()
}

// HangUp ends the peer's input, and fails unless it ends well.
func (p *Peer) HangUp() {
	p.Silent()
	p.cell.transcript.add(p.label, "<-", "(end of input)")
	if err := p.in.Close(); err != nil {
		p.cell.failf("%s: %v", p, err)
	}
	p.awaitEnd()
}

func (p *Peer) awaitEnd() {
	if line, ok := p.next("end"); ok {
		p.cell.failf("%s says %q and should end", p, line)
	}
	p.ended = true
	if err := p.cmd.Wait(); err != nil {
		p.cell.failf("%s ends badly: %v", p, err)
	}
}

// Kill kills the peer with SIGKILL and returns when it is gone.
func (p *Peer) Kill() {
	if p.ended {
		return
	}
	p.ended = true
	p.cell.transcript.add(p.label, "<-", "(SIGKILL)")
	_ = kill(p.cmd)     // fails only when the process has ended
	_ = p.cmd.Wait()    // tells of the signal, and closes the pipe
	for range p.lines { // to the end
	}
}
