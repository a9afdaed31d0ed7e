//go:build linux

package posix

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// peer is a running testdata/peer.c.
type peer struct {
	t     testing.TB
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
}

// startPeer starts one; it ends with the test.
func startPeer(t testing.TB) *peer {
	t.Helper()
	return startPeerWith(t, nil)
}

func startPeerWith(t testing.TB, attr *syscall.SysProcAttr) *peer {
	t.Helper()
	cmd := exec.Command(os.Getenv(peerVar))
	cmd.Stderr, cmd.SysProcAttr = os.Stderr, attr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &peer{t: t, cmd: cmd, in: in, lines: bufio.NewScanner(out)}
	t.Cleanup(p.kill)
	return p
}

// startPeers starts n that have opened the semaphore called name.
func startPeers(t testing.TB, n int, name string) []*peer {
	t.Helper()
	peers := make([]*peer, n)
	for i := range peers {
		peers[i] = startPeer(t)
		peers[i].ok("sem_open =%s", name)
	}
	return peers
}

// send gives a command and does not wait for its answer.
func (p *peer) send(format string, args ...any) {
	if _, err := fmt.Fprintf(p.in, format+"\n", args...); err != nil {
		p.t.Errorf("peer: %v", err)
	}
}

// answer waits for the answer to the last command: a number, or an errno.
func (p *peer) answer() (int, error) {
	var word string
	var n int
	if !p.lines.Scan() {
		return 0, io.ErrUnexpectedEOF
	}
	if _, err := fmt.Sscan(p.lines.Text(), &word, &n); err != nil {
		return 0, err
	}
	if word != "ok" {
		return 0, syscall.Errno(n)
	}
	return n, nil
}

// do gives a command and returns the error that it ends with.
func (p *peer) do(format string, args ...any) error {
	p.send(format, args...)
	_, err := p.answer()
	return err
}

// ok gives a command that has to succeed and returns its number.
func (p *peer) ok(format string, args ...any) int {
	p.t.Helper()
	p.send(format, args...)
	n, err := p.answer()
	if err != nil {
		p.t.Fatalf("glibc: "+format+": %v", append(args, err)...)
	}
	return n
}

// kill ends the process by SIGKILL and returns when it is gone.
func (p *peer) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// untilAsleep returns once the peer sleeps in the kernel for a semaphore.
func (p *peer) untilAsleep() {
	p.t.Helper()
	until(p.t, "a sleeping peer", func() bool { return inFutex(fmt.Sprintf("/proc/%d/syscall", p.cmd.Process.Pid), 0) })
}

func TestPeerSpeaksOfThisArchitecture(t *testing.T) {
	if size := startPeer(t).ok("sizeof"); int64(size) != imageSize {
		t.Errorf("sizeof(sem_t) is %d in glibc and %d here", size, imageSize)
	}
	if err := startPeer(t).do("nonsense"); err != unix.ENOSYS {
		t.Errorf("nonsense: %v, want ENOSYS", err)
	}
}
