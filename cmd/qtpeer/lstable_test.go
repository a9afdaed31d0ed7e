package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const ended = 1 << 30 // the number of no process: above every pid_max

// objects are listed ones of all kinds, as they are at noon.
func objects(now time.Time) listing {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	posix, windows := ipckey.PosixRealtime, ipckey.Windows
	dead := bridge.SemaphoreInfo{Exists: true}
	seen := newCensus()
	seen.now = now
	seen.users[4242], seen.users[4243] = "alice", "bob"
	seen.commands[7], seen.commands[8] = "featherpad", "a b"
	return listing{[]bridge.Info{
		{Key: ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/x", Legacy: "My App 1.0"}, Exists: true, Size: 1, Attached: 2, Owner: 4242,
			Mode: 0o600, CreatorPID: 7, LastPID: 8, Users: []bridge.Process{{PID: 7, Command: "featherpad"}, {PID: 8, Command: "a b"}},
			Created: ago(59 * time.Second)},
		{Key: ipckey.Key{Type: ipckey.SystemV, Native: "/run/user/1/x"}, Exists: true, Size: 1 << 30, Owner: 4243, Mode: 0o666,
			CreatorPID: ended, Created: ago(3 * time.Hour), Semaphore: dead},
		{Key: ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_sharedmemory_ab" + strings.Repeat("0123456789", 4)},
			Semaphore: bridge.SemaphoreInfo{Exists: true, Value: 1},
			KeyFile:   bridge.KeyFile{Exists: true, Owner: 4243, Modified: ago(49 * time.Hour)}},
		{Key: ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/s"},
			Semaphore: bridge.SemaphoreInfo{Exists: true, Value: 3, Owner: 4242, Mode: 0o640, LastPID: 7, Used: ago(time.Minute)}},
		{Key: ipckey.Key{Type: ipckey.SystemV}, Exists: true, Size: 9, Ftok: 0x5100abcd, Owner: 4242, Created: ago(-time.Hour)},
		{Key: ipckey.Key{Type: posix, Native: "/bare\x1b[31m"}, Exists: true, Size: 5, Attached: 1, Owner: 4242, Mode: 0o600,
			Semaphore: bridge.SemaphoreInfo{Exists: true, Value: 2}},
		{Key: ipckey.Key{Type: windows, Native: "shm_w"}, Exists: true, Size: -1, Attached: -1},
	}, seen}
}

const allColumns = `
KEY              FAMILY   SIZE        ATTACHED  STATE                  OWNER  MODE  CREATOR             LAST          USERS               AGE
My App 1.0       systemv  1           2         in use                 alice  0600  featherpad/7        a b/8         featherpad/7 a b/8  59s
/run/user/1/x    systemv  1073741824  0         orphan, lock dead      bob    0666  1073741824 (ended)  -             -                   3h
ab… 01234567     systemv  -           -         key file only          bob    -     -                   -             -                   2d
/tmp/s           systemv  -           -         semaphore free (3)     alice  0640  -                   featherpad/7  -                   1m
? 0x5100abcd     systemv  9           0         orphan                 alice  0000  -                   -             -                   0s
"/bare\x1b[31m"  posix    5           1         in use, lock admits 2  alice  0600  -                   -             -                   -
shm_w            windows  -           -         in use                 -      -     -                   -             -                   -
`

func TestPrintTable(t *testing.T) {
	var out bytes.Buffer
	if err := printTable(screen{Writer: &out}, objects(time.Now())); err != nil {
		t.Fatal(err)
	}
	if out.String() != allColumns[1:] {
		t.Errorf("%s\nwant%s", out.String(), allColumns)
	}
}

func TestTableFitsTerminal(t *testing.T) {
	for width, titles := range map[int]string{
		200: "KEY FAMILY SIZE ATTACHED STATE OWNER MODE CREATOR LAST USERS AGE",
		100: "KEY SIZE ATTACHED STATE OWNER USERS AGE",
		80:  "KEY ATTACHED STATE USERS AGE",
		70:  "KEY STATE USERS AGE",
		60:  "KEY STATE",
		10:  "KEY STATE",
	} {
		var out bytes.Buffer
		l := objects(time.Now())
		l.infos[0].Key.Legacy = strings.Repeat("ä name ", 20)
		if err := printTable(screen{Writer: &out, width: width}, l); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if got := strings.Join(strings.Fields(lines[0]), " "); got != titles {
			t.Errorf("%d columns: %s, want %s", width, got, titles)
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > max(width, 47) { // less than the key and the state do not take
				t.Errorf("%d columns: a line of %d: %s", width, n, line)
			}
		}
		if !strings.Contains(lines[1], "…") {
			t.Errorf("%d columns: nothing was cut in %s", width, lines[1])
		}
	}
}

func TestFitUsesTheWholeWidth(t *testing.T) {
	natural := make([]int, len(columns))
	for k := range natural {
		natural[k] = 30
	}
	widths := fit(100, natural)
	sum := -2
	for _, w := range widths {
		if w > 0 {
			sum += w + 2
		}
	}
	if widths[0] < columns[0].least || sum > 100 || sum < 90 {
		t.Errorf("%v take %d of 100", widths, sum)
	}
}

func TestColours(t *testing.T) {
	for state, c := range map[string]bridge.Info{
		"32": {Exists: true, Attached: 1},
		"33": {Exists: true},
		"31": {Exists: true, Attached: 1, Semaphore: bridge.SemaphoreInfo{Exists: true}},
		"":   {KeyFile: bridge.KeyFile{Exists: true}},
	} {
		got := coloured("text", c)
		if want := "\x1b[" + state + "mtext\x1b[0m"; state != "" && got != want || state == "" && got != "text" {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
	yellow := bridge.Info{Exists: true, Attached: 1, Semaphore: bridge.SemaphoreInfo{Exists: true, LastPID: os.Getpid()}}
	if got := coloured("held", yellow); got != "\x1b[33mheld\x1b[0m" {
		t.Errorf("%q", got)
	}
	red := bridge.Info{Exists: true, Attached: 1, Semaphore: bridge.SemaphoreInfo{Exists: true, Value: 2}}
	if got := coloured("admits 2", red); got != "\x1b[31madmits 2\x1b[0m" {
		t.Errorf("%q", got)
	}
	var plain, coloured bytes.Buffer
	for out, colours := range map[*bytes.Buffer]bool{&plain: false, &coloured: true} {
		if err := printTable(screen{out, 200, 24, colours}, objects(time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b[32min use\x1b[0m  ") {
		t.Errorf("%q\n%q", plain.String(), coloured.String())
	}
}

func TestAge(t *testing.T) {
	now := time.Now()
	for d, want := range map[time.Duration]string{
		-time.Hour: "0s", 0: "0s", 59 * time.Second: "59s", time.Minute: "1m", 59 * time.Minute: "59m", time.Hour: "1h",
		47 * time.Hour: "47h", 48 * time.Hour: "2d", 1000 * 24 * time.Hour: "1000d",
	} {
		if got := age(now, now.Add(-d)); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	if got := age(now, time.Time{}); got != "-" {
		t.Errorf("no time: %s", got)
	}
}

func TestQuotedAndCut(t *testing.T) {
	for text, want := range map[string]string{
		"a b": "a b", "日本語": "日本語", "a\nb": `"a\nb"`, " a": `" a"`, `a"b`: `"a\"b"`, "\xff": `"\xff"`, "": "",
	} {
		if got := quoted(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{"": "", "abc": "abc", "äbc": "äbc", "abcd": "ab…", "äöüß": "äö…"} {
		if got := cut(text, 3); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
