package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestCulprit(t *testing.T) {
	me, other := os.Getpid(), os.Getppid()
	users := []bridge.Process{{PID: other, Command: "app"}}
	for _, c := range []struct {
		event string
		by    int
		info  bridge.Info
		want  int
	}{
		{changed, other, bridge.Info{CreatorPID: 7}, other},
		{changed, me, bridge.Info{CreatorPID: 7}, 0}, // nobody but us has used the lock
		{changed, 0, bridge.Info{CreatorPID: 7, Users: users}, 0},
		{appeared, 0, bridge.Info{CreatorPID: other}, other},
		{changed, 0, bridge.Info{Users: users}, other},
		{changed, 0, bridge.Info{Users: append(users, bridge.Process{PID: 8})}, 0},
		{appeared, 0, bridge.Info{}, 0},
	} {
		got := culprit(change{event: c.event, by: c.by}, c.info)
		if c.want == 0 && got != nil || c.want != 0 && (got == nil || got.PID != c.want) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	if got := culprit(change{event: changed, by: 1 << 30}, bridge.Info{CreatorPID: 7}); got == nil || got.Command != nil {
		t.Errorf("of a process that has ended: %+v", got)
	}
}

func TestContentAsJSON(t *testing.T) {
	const mem = "\x00\x00\x00\x04\x00\xe9\x00<\xff\xff"
	for as, want := range map[string]string{
		"qstring":    `"é<"`,
		"QString":    `"é<"`,
		"hex":        `"0000000400e9003cffff"`,
		"text":       `""`,
		"raw":        `"AAAABADpADz//w=="`,
		"qbytearray": `"AOkAPA=="`,
		"bool":       `false`,
		"cstring":    `""`,
		"qimage":     "",
	} {
		var f formatFlags
		f.register(new(cobra.Command))
		f.as = as
		c, err := f.conversion()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.json([]byte(mem)); string(got) != want || (err != nil) != (want == "") {
			t.Errorf("%s: %s, %v; want %s", as, got, err, want)
		}
	}
}

type brokenPipe struct{ error }

func (b brokenPipe) Write([]byte) (int, error) { return 0, b.error }

// A change is one line; the command's failure is told, and no reason to end. That the line cannot be written is one.
func TestPrintChange(t *testing.T) {
	key := ipckey.Key{Type: ipckey.PosixRealtime, Native: "/nosuch" + letters()}
	gone := change{event: disappeared, of: &sight{key: key}}
	var out bytes.Buffer
	var warned []string
	p := &changePrinter{out: &out, command: "exit 3", warn: func(format string, _ ...any) { warned = append(warned, format) }}
	if err := p.print(t.Context(), gone); err != nil || len(warned) != 1 {
		t.Errorf("%v, %q", err, warned)
	}
	line, rest, _ := strings.Cut(out.String(), `"event"`)
	stamp := strings.TrimSuffix(strings.TrimPrefix(line, `{"time":"`), `",`)
	if at, err := time.Parse(time.RFC3339, stamp); err != nil || time.Since(at) > time.Minute || !strings.Contains(stamp, ".") {
		t.Errorf("time %q: %v", stamp, err)
	}
	if want := `:"disappeared","key":"` + key.String() + `","size":null,"hash":null,"attached":null}` + "\n"; rest != want {
		t.Errorf("%q, want %q", rest, want)
	}
	for err, want := range map[error]error{syscall.EPIPE: nil, syscall.ENOSPC: syscall.ENOSPC} {
		p.out = brokenPipe{err}
		if got := unlessGone(p.print(t.Context(), gone)); !errors.Is(got, want) || len(warned) != 1 {
			t.Errorf("%v: %v, want %v; warned %q", err, got, want, warned)
		}
	}
}
