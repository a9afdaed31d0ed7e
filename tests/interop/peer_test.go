//go:build linux

package interop

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A fake peer is this test program with answers from this variable: one a line, each with the command it is given to.
const fakeVar = "SHMBRIDGE_FAKE_PEER"

// fakePeer is a peer, if the process was started as one. It answers hello rightly, unless told otherwise, and ends when
// it does not know an answer; "hang" is no answer, as is "spin", but with work, "die" ends it with an error, and after "deaf" it reads
// nothing more.
func fakePeer() {
	script, ok := os.LookupEnv(fakeVar)
	if !ok {
		return
	}
	answers := map[string]string{"hello": "ok go 1.0 " + strconv.Itoa(os.Getpid()), "exit": "ok"}
	for line := range strings.Lines(script) {
		command, answer, _ := strings.Cut(strings.TrimSpace(line), "=")
		answers[command] = strings.NewReplacer("|", "\n", "$PID", strconv.Itoa(os.Getpid())).Replace(answer)
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		switch answer := answers[in.Text()]; answer {
		case "hang":
			_, _ = io.Copy(io.Discard, os.Stdin)
		case "deaf":
			fmt.Println("ok")
			time.Sleep(time.Hour)
		case "spin":
			for {
				runtime.Gosched()
			}
		case "die":
			fmt.Fprintln(os.Stderr, "I die")
			os.Exit(3)
		case "":
			os.Exit(0)
		default:
			fmt.Println(answer)
			if in.Text() == "exit" {
				os.Exit(0)
			}
		}
	}
	os.Exit(0)
}

// playFake plays meet with a fake peer that has the script.
func playFake(script string, meet func(p *Peer)) error {
	programs := Programs{"fake": {"env", fakeVar + "=" + script, os.Args[0]}}
	return Play(programs, func(c *Cell) { meet(c.Start("fake")) })
}

func TestDriverAccepts(t *testing.T) {
	err := playFake("put a text a%20b%2F%C3%A9 %=ok 12 % x%0Ay\ntoo long=err Range why so\nadd=unsupported\nkey a=ok k", func(p *Peer) {
		if p.Version != "1.0" || p.Software() != "Go" || p.String() != "fake#1" {
			t.Errorf("version %q, software %q, label %q", p.Version, p.Software(), p)
		}
		got := p.Ask("put", "a", "text", "a b/é", "")
		if want := (Answer{Words: []string{"12", "", "x\ny"}}); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got, want := p.Ask("too", "long"), (Answer{Code: "Range", Text: "why so"}); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got := p.Ask("add"); !got.Unsupported {
			t.Errorf("got %+v, want unsupported", got)
		}
		p.gets("k", "key", "a")
		p.refuses("Range", "too", "long")
	})
	if err != nil {
		t.Error(err)
	}
}

func TestSoftware(t *testing.T) {
	for _, test := range []struct {
		impl, software string
		ours           bool
	}{{"go", "Go", true}, {"c", "C", true}, {"cpp", "C++", true}, {"qt", "Qt 5.15.8", false}} {
		p := &Peer{impl: test.impl, Version: "5.15.8"}
		if p.Software() != test.software || p.isOurs() != test.ours {
			t.Errorf("%s: %q, ours: %v; want %q, %v", test.impl, p.Software(), p.isOurs(), test.software, test.ours)
		}
	}
}

// soon is how long a peer that hangs is waited for; one that only starts slowly has the usual time.
const soon = 50 * time.Millisecond

func askSoon(p *Peer) { Patience = soon; ask(p) }

func endSoon(*Peer) { Patience = soon }

func ask(p *Peer) { p.does("key", "a") }

func sayNothing(*Peer) {}

func askTwice(p *Peer) { p.Send("key", "a"); p.Send("hello") }

func expectError(p *Peer) { p.refuses("KeyError", "key", "a") }

func hearUnasked(p *Peer) {
	ask(p)
	for len(p.lines) == 0 {
		runtime.Gosched()
	}
	p.Silent()
}

// complaints are the ways to break the protocol.
var complaints = map[string]struct {
	script string
	meet   func(p *Peer)
	want   string
}{
	"hangs":            {"key a=hang", askSoon, "fake#1 hangs: it did not answer key a within"},
	"hangs at the end": {"exit=hang", endSoon, "hangs: it did not answer exit"},
	"dies":             {"key a=die", ask, "fake#1 ended instead of answering key a"},
	"dies at the end":  {"exit=die", sayNothing, "ended instead of answering exit"},
	"refuses":          {"key a=err KeyError no", ask, "fake#1 refuses to key a: KeyError no"},
	"accepts":          {"key a=ok 1", expectError, "want the error KeyError"},
	"other error":      {"key a=err NotFound no", expectError, "want the error KeyError"},
	"other word":       {"key a=ok 1", func(p *Peer) { p.gets("2", "key", "a") }, `with ["1"], want "2"`},
	"word too many":    {"key a=ok 1 2", func(p *Peer) { p.gets("1", "key", "a") }, `with ["1" "2"], want "1"`},
	"no answer word":   {"key a=yes", ask, `"yes" is no answer`},
	"double space":     {"key a=ok 1  2", ask, "is not percent-encoded"},
	"lower-case hex":   {"key a=ok %c3%a9", ask, "is not percent-encoded"},
	"needless hex":     {"key a=ok %41", ask, "is not percent-encoded"},
	"raw UTF-8":        {"key a=ok é", ask, "is not percent-encoded"},
	"unknown code":     {"key a=err Oops no", ask, `"err Oops no" is no answer`},
	"error, no text":   {"key a=err NotFound", ask, `"err NotFound" is no answer`},
	"unsupported, why": {"key a=unsupported key", ask, "is no answer"},
	"speaks unasked":   {"key a=ok 1|ok 2", hearUnasked, `says "ok 2": too early, or unasked`},
	"other process":    {"hello=ok go 1.0 1", ask, "its process ID"},
	"bad hello":        {"hello=ok", ask, "answers hello with"},
	"talks at the end": {"exit=ok|ok", sayNothing, `says "ok" and should end`},
	"reads nothing":    {"key d=deaf", func(p *Peer) { p.does("key", "d"); Patience = soon; p.does("key", strings.Repeat("a", 1<<20)) }, "fake#1 hangs: it does not read the command key aaa"},
	"two commands":     {"key a=hang", askTwice, `before it has answered "key a"`},
}

// TestDriverComplains: the error must say how the protocol was broken, and show what was said.
func TestDriverComplains(t *testing.T) {
	for name, test := range complaints {
		t.Run(name, func(t *testing.T) {
			defer func(was time.Duration) { Patience = was }(Patience)
			err := playFake(test.script, test.meet)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v\nwant %s", err, test.want)
			}
			if !strings.Contains(err.Error(), "fake#1     <-     hello") {
				t.Errorf("no transcript in\n%v", err)
			}
		})
	}
}

func TestDriverShowsStderr(t *testing.T) {
	err := playFake("key a=die", func(p *Peer) { p.does("key", "a") })
	if err == nil || !strings.Contains(err.Error(), "fake#1     stderr I die") {
		t.Errorf("error %v", err)
	}
}

func TestUnsupportedIsAKindOfItsOwn(t *testing.T) {
	var unsupported *Unsupported
	err := playFake("key a=unsupported", func(p *Peer) { p.does("key", "a") })
	if !errors.As(err, &unsupported) || err.Error() != "fake does not support: key a" {
		t.Errorf("error %v", err)
	}
	err = playFake("key a=unsupported\nexit=die", func(p *Peer) { p.does("key", "a") })
	if err == nil || errors.As(err, &unsupported) {
		t.Errorf("error %v, want the bad end", err)
	}
}

func TestFilesLeftBehind(t *testing.T) {
	err := Play(nil, func(c *Cell) {
		if err := os.WriteFile(c.dir+"/qipc_x", nil, 0o600); err != nil {
			t.Fatal(err)
		}
	})
	if err == nil || !strings.Contains(err.Error(), `the files are ["qipc_x"], want []`) {
		t.Errorf("error %v", err)
	}
}

func TestMissingProgram(t *testing.T) {
	err := Play(Programs{"go": {"/no/such/qtpeer"}}, func(c *Cell) { c.Start("go") })
	if err == nil || !strings.Contains(err.Error(), "/no/such/qtpeer") || !strings.Contains(err.Error(), "run make build") {
		t.Errorf("error %v", err)
	}
	if err := Play(nil, func(c *Cell) { c.Start("go") }); err == nil {
		t.Error("a peer of no kind starts")
	}
}

func TestTranscriptTellsRepetitionsOnce(t *testing.T) {
	var got transcript
	for _, line := range []string{"a", "1", "a", "1", "a", "1", "a", "2", strings.Repeat("z", 200)} {
		got.add("p", "<-", line+"\n")
	}
	var want []string
	for _, line := range []string{"a", "1", "a", "2", strings.Repeat("z", 200)} {
		want = append(want, note{"p", "<-", line}.String())
	}
	got.add("p", "stderr", strings.Repeat("w", 500))
	want = append(want, "    p          stderr "+strings.Repeat("w", 500))
	if got := got.String(); got != strings.Join(want, "\n") || !strings.Contains(got, "z... (200 characters)\n") {
		t.Errorf("got\n%s", got)
	}
}

// TestTranscriptIsAnonymous: what is different each time is not in it.
func TestTranscriptIsAnonymous(t *testing.T) {
	script := "key a=ok %24TMPDIR%2Fqipc_sharedmemory_xY0123456789012345678901234567890123456789\nkey b=ok ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	programs := Programs{"fake": {"env", fakeVar + "=" + script, os.Args[0]}, "go": {"env", fakeVar + "=", os.Args[0]}}
	c := &Cell{world: Usual, programs: programs}
	if err := c.play(func(c *Cell) {
		c.Start("go")
		p := c.Start("fake")
		p.does("key", "a")
		p.does("key", "b")
		p.does("key", "a")
		c.Start("go")
		c.observer()
		c.transcript.add(p.label, "->", "ok "+Quote(c.dir)+"%2Fx")
	}); err != nil {
		t.Fatal(err)
	}
	want := `    creator           starts
    creator    <-     hello
    creator    ->     ok KIND VERSION PID
    partner           starts
    partner    <-     hello
    partner    ->     ok KIND VERSION PID
    partner    <-     key a
    partner    ->     ok %24TMPDIR%2Fqipc_sharedmemory_RANDOM
    partner    <-     key b
    partner    ->     ok RANDOM
    partner    <-     key a
    partner    ->     ok %24TMPDIR%2Fqipc_sharedmemory_RANDOM
    creator#3         starts
    creator#3  <-     hello
    creator#3  ->     ok KIND VERSION PID
    observer          starts
    observer   <-     hello
    observer   ->     ok KIND VERSION PID
    partner    ->     ok $TMPDIR%2Fx
`
	if got, _, _ := strings.Cut(c.transcript.anonymous(c), "    creator    <-     exit\n"); got != want {
		t.Errorf("got\n%s", got)
	}
}
