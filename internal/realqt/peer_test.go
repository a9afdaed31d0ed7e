//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

// A peer is this test program run once more, with one QSharedMemory that it handles as its standard input says.

// peerVariable is the environment variable that has the library of a peer.
const peerVariable = "REALQT_TEST_PEER"

// runPeer reads one command a line and answers each with true, false or a byte.
func runPeer(lib string) {
	q, err := Load(lib)
	if err != nil {
		fmt.Println(err)
		return
	}
	var m *SharedMemory
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		switch verb, arg, _ := strings.Cut(in.Text(), " "); verb {
		case "memory":
			m = q.NewSharedMemory(arg)
			fmt.Println(m.Key() == arg)
		case "key":
			m.Close()
			m, err = q.NewSharedMemoryOf(arg)
			fmt.Println(err == nil)
		case "create":
			fmt.Println(m.Create(64, false))
		case "attach":
			fmt.Println(m.Attach(false))
		case "detach":
			fmt.Println(m.Detach())
		case "lock":
			fmt.Println(m.Lock())
		case "unlock":
			fmt.Println(m.Unlock())
		case "increment":
			m.Data()[0]++
			fmt.Println(m.Data()[0])
		case "count":
			times, _ := strconv.Atoi(arg)
			fmt.Println(count(m, times))
		case "image":
			stream, err := hex.DecodeString(arg)
			if err == nil {
				stream, err = recodeImage(q, stream)
			}
			fmt.Println(err == nil && len(stream) > 0)
		}
	}
	if m != nil {
		m.Close()
	}
}

// counter is where count counts.
func counter(m *SharedMemory) *int32 { return (*int32)(unsafe.Pointer(unsafe.SliceData(m.Data()))) }

// count adds 1 to the counter so often, each time under the lock. Between reading and writing, others have time to disturb it.
func count(m *SharedMemory, times int) bool {
	for range times {
		if !m.Lock() {
			return false
		}
		n := *counter(m)
		*counter(m) = n + 1
		if !m.Unlock() {
			return false
		}
	}
	return true
}

type peer struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Scanner
	stderr bytes.Buffer
}

// startPeer starts a peer with a QSharedMemory of the key.
func startPeer(t *testing.T, lib, key string) *peer {
	t.Helper()
	p := &peer{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), peerVariable+"="+lib)
	p.cmd.Stderr = &p.stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewScanner(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ours[p.cmd.Process.Pid] = true
	t.Cleanup(func() { p.stop(t) })
	p.want(t, "memory "+key, "true")
	return p
}

// stop closes the input, upon which the peer destroys its object and ends. It returns what Qt printed.
func (p *peer) stop(t *testing.T) string {
	t.Helper()
	if p.cmd.ProcessState == nil {
		p.in.Close()
		if t.Failed() {
			_ = p.cmd.Process.Kill() // it may be waiting for a lock
		}
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("peer: %v %s", err, p.stderr.String())
		}
	}
	return p.stderr.String()
}

func (p *peer) send(command string) { fmt.Fprintln(p.in, command) }

func (p *peer) receive() string {
	p.out.Scan()
	return p.out.Text()
}

// want sends a command and fails the test at another answer.
func (p *peer) want(t *testing.T, command, answer string) {
	t.Helper()
	p.send(command)
	if got := p.receive(); got != answer {
		t.Fatalf("peer answers %s with %q, want %q", command, got, answer)
	}
}
