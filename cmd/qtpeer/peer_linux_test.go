package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/realqt"
)

// implementations are the peers that this program can be, by their flags.
var implementations = map[string][]string{"go": nil, "qt5": {"--qt", "qt5"}, "qt6": {"--qt", "qt6"}}

// testPeer is a peer and what it says.
type testPeer struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	raw io.Closer // the pipe behind out
	err bytes.Buffer
}

// startPeer starts a peer with the TMPDIR of the test. It is killed with the test unless it has ended.
func startPeer(t *testing.T, implementation string) *testPeer {
	t.Helper()
	p := &testPeer{t: t, cmd: qtpeer(t, append([]string{"peer"}, implementations[implementation]...)...)}
	p.cmd.Stderr = &p.err
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.out, p.raw = in, bufio.NewReader(out), out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

func (p *testPeer) send(command string) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, command); err != nil {
		p.t.Fatal(err)
	}
}

func (p *testPeer) receive() string {
	p.t.Helper()
	line, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatalf("no answer: %v, %s", err, p.err.String())
	}
	return strings.TrimSuffix(line, "\n")
}

// want sends a command and compares the answer, of an error only its code.
func (p *testPeer) want(command, answer string) {
	p.t.Helper()
	p.send(command)
	p.wantAnswer(command, answer)
}

func (p *testPeer) wantAnswer(command, answer string) {
	p.t.Helper()
	got := p.receive()
	if code, isError := strings.CutPrefix(answer, "err "); isError {
		if !strings.HasPrefix(got, "err "+code+" ") || len(got) < len("err "+code+" ")+3 {
			p.t.Errorf("%s: %q, want %s and a reason", command, got, answer)
		}
	} else if got != answer {
		p.t.Errorf("%s: %q, want %q", command, got, answer)
	}
}

// end waits for the end of the process.
func (p *testPeer) end() {
	p.t.Helper()
	if rest, err := io.ReadAll(p.out); err != nil || len(rest) > 0 {
		p.t.Errorf("unasked: %q, %v", rest, err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%v: %s", err, p.err.String())
	}
}

// privateDir makes a TMPDIR that must be empty when the test ends.
func privateDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() { wantFiles(t, dir) })
	return dir
}

func qtVersion(t *testing.T, library string) string {
	t.Helper()
	q, err := realqt.Load(library)
	if err != nil {
		t.Fatalf("%v\nrun `make deps` to install what the tests need", err)
	}
	return q.Version()
}

// TestConversation holds the conversation of testdata/conversation.txt with each peer.
func TestConversation(t *testing.T) {
	script, err := os.ReadFile("testdata/conversation.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			dir := privateDir(t)
			p := startPeer(t, name)
			hello, huge := "go "+version, "OutOfResources"
			if name != "go" {
				hello = "qt " + qtVersion(t, name)
			}
			if name == "qt5" {
				huge = "InvalidSize" // create() takes an int
			}
			expand := strings.NewReplacer(
				"$HELLO", fmt.Sprintf("%s %d", hello, p.cmd.Process.Pid), "$HUGE", huge, "$T", textWord([]byte(dir)),
				"$SHA", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
				"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
			for line := range strings.Lines(string(script)) {
				columns := strings.Split(strings.TrimSuffix(expand.Replace(line), "\n"), " | ")
				if len(columns) < 2 {
					continue
				}
				answer := columns[1]
				if name != "go" {
					answer = columns[len(columns)-1]
				}
				p.want(columns[0], answer)
			}
			p.end()
		})
	}
}

// pairs runs a test with every pair of peers.
func pairs(t *testing.T, test func(t *testing.T, first, second *testPeer)) {
	for a := range implementations {
		for b := range implementations {
			t.Run(a+"-"+b, func(t *testing.T) {
				privateDir(t)
				test(t, startPeer(t, a), startPeer(t, b))
			})
		}
	}
}

// untilWaiting returns once n threads wait for the semaphore that observer probes.
func untilWaiting(observer *testPeer, name string, n int) {
	observer.t.Helper()
	for {
		observer.send("probe segment " + name)
		answer := observer.receive()
		var value, waiting int
		if _, err := fmt.Sscanf(answer, "ok %d %d", &value, &waiting); err != nil {
			observer.t.Fatalf("probe: %q", answer)
		}
		if waiting == n {
			return
		}
	}
}

// The lock of one peer blocks lock, attach and detach of the other, until it is given back.
func TestLockExcludes(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		observer := startPeer(t, "go")
		_, native, _ := strings.Cut(first.ask("segment a test"), " ")
		second.want("segment b test", "ok "+native)
		first.want("create a 64", "ok 64")
		for _, command := range []string{"attach b", "lock b"} {
			first.want("lock a", "ok")
			second.send(command)
			untilWaiting(observer, "test", 1)
			first.want("write a 0 7f", "ok")
			first.want("unlock a", "ok")
			second.wantAnswer(command, map[string]string{"attach b": "ok 64", "lock b": "ok"}[command])
		}
		first.send("detach a")
		untilWaiting(observer, "test", 1)
		second.want("read b 0 1", "ok 7f")
		second.want("unlock b", "ok")
		first.wantAnswer("detach a", "ok")
		for _, p := range []*testPeer{first, second, observer} {
			p.want("exit", "ok")
			p.end()
		}
	})
}

func (p *testPeer) ask(command string) string {
	p.t.Helper()
	p.send(command)
	return p.receive()
}

// Both count in the same place, and no count is lost.
func TestCountTogether(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		first.ask("segment a test")
		second.ask("segment b test")
		first.want("create a 8", "ok 8")
		second.want("attach b", "ok 8")
		first.send("add a 4 1 2000")
		second.send("add b 4 -3 1000")
		first.receive()
		second.receive()
		first.want("get a int32", "ok 0")
		first.want("add a 4 0 1", "ok -1000")
		first.want("exit", "ok")
		second.want("exit", "ok")
		first.end()
		second.end()
	})
}

// What one writes the other reads, in every format that both know.
func TestValuesCross(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		first.ask("segment a test")
		second.ask("segment b test")
		first.want("create a 1000", "ok 1000")
		second.want("attach b", "ok 1000")
		for _, value := range []string{"int32 -7", "text a%20%C3%A9", "cstring a%20%C3%A9", "qstring %F0%9F%98%80%00x", "qbytearray 00ff"} {
			format, word, _ := strings.Cut(value, " ")
			first.ask("put a " + value)
			second.want("get b "+format, "ok "+word)
		}
		picture := tinyPNG(t)
		first.ask("put a qimage " + hex.EncodeToString(picture))
		if got := second.ask("get b qimage"); !samePixels(t, strings.TrimPrefix(got, "ok "), picture) {
			t.Errorf("get b qimage: %q, want a PNG with the pixels of %x", got, picture)
		}
		first.want("exit", "ok")
		second.want("exit", "ok")
		first.end()
		second.end()
	})
}

// samePixels compares a PNG file in hexadecimal digits, and its kind of pixels, with another.
func samePixels(t *testing.T, digits string, other []byte) bool {
	t.Helper()
	file, err := hex.DecodeString(digits)
	if err != nil {
		return false
	}
	got, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return false
	}
	want, err := png.Decode(bytes.NewReader(other))
	if err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(got, want)
}

// An acquire that has to wait gets what the other releases.
func TestSemaphoreHandOver(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		observer := startPeer(t, "go")
		first.want("sem a jobs 0 create", "ok")
		second.want("sem b jobs 5 open", "ok")
		second.send("acquire b")
		untilWaiting(observer, "jobs", 1)
		first.want("release a 2", "ok")
		second.wantAnswer("acquire b", "ok")
		observer.want("probe semaphore jobs", "ok 1 0")
		second.want("exit", "ok")
		first.want("exit", "ok")
		observer.want("exit", "ok")
		second.end()
		first.end()
		observer.end()
	})
}

// The end of the input closes every object; an unfinished line before it is not carried out.
func TestEndOfInput(t *testing.T) {
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			privateDir(t)
			p := startPeer(t, name)
			p.ask("segment a test")
			p.want("create a 8", "ok 8")
			p.want("sem s jobs 1 create", "ok")
			if _, err := io.WriteString(p.in, "hello"); err != nil {
				t.Fatal(err)
			}
			p.in.Close()
			p.end()
		})
	}
}

// A driver that has died closes every object as well.
func TestDriverDies(t *testing.T) {
	privateDir(t)
	p := startPeer(t, "go")
	p.ask("segment a test")
	p.want("create a 8", "ok 8")
	if err := p.raw.Close(); err != nil {
		t.Fatal(err)
	}
	p.send("hello")
	if err := p.cmd.Wait(); exitStatus(err) != 1 || !strings.Contains(p.err.String(), "broken pipe") {
		t.Errorf("%v, %q", err, p.err.String())
	}
}

func TestPeerOfNoQt(t *testing.T) {
	for library, want := range map[string]string{"/nosuch/libQt6Core.so.6": "nosuch", "libc.so.6": "not a Qt core library"} {
		out, err := qtpeer(t, "peer", "--qt", library).CombinedOutput()
		if exitStatus(err) != 1 || !strings.HasPrefix(string(out), "qtpeer: --qt: ") || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %q", library, err, out)
		}
	}
}
