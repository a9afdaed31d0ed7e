package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// modest is a peer that has as little as a few rules need.
const modest = `while IFS= read -r line; do
	case $line in
	hello) echo "ok sh 1.0 $$" ;;
	"" | " "* | *" " | *"  "* | key | "hello "*) echo "err Usage why" ;;
	"encode text "*)
		rest=${line#encode text } hex=
		while [ "$rest" ]; do
			next=${rest#?} hex=${hex}3${rest%"${rest#?}"} rest=$next
		done
		echo "ok ${hex}00" ;;
	"segment "* ) echo "ok x" ;;
	"create "*) echo "ok 8" ;;
	"lock "* | "sem "*) echo ok ;;
	exit) echo ok; exit ;;
	*) echo unsupported ;;
	esac
done
`

// The rules that modest follows, and how to choose them.
const (
	hello, neverEmpty, unknownVerb = "hello tells IMPL, VERSION and the process ID", "a word is never empty", "a verb that the peer does not have is unsupported, whatever its words"
	silence, bursts, afterExit     = "nothing is said before the first command", "each command of a burst is answered, in order", "nothing is answered after exit"
	endOfInput, lastLine, deafness = "the end of the input ends the process, and destroys its objects", "a last line without line break is not carried out", "an output that is closed is an error"
	ofModest                       = "^(hello|a word|a verb|nothing|each|the end|a last|an output)"
)

var modestly = []string{hello, neverEmpty, unknownVerb, silence, bursts, afterExit, endOfInput, lastLine, deafness}

// script writes a program.
func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "peer")
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantFailures fails the test unless those rules have failed, and no others, the first of them for that reason.
func wantFailures(t *testing.T, said map[string]string, want []string, reason string) {
	t.Helper()
	for _, title := range slices.Sorted(maps.Keys(said)) {
		if failed := strings.HasPrefix(said[title], "FAIL"); failed != slices.Contains(want, title) {
			t.Errorf("%s: %s", title, said[title])
		}
	}
	if len(want) > 0 && !strings.Contains(said[want[0]], reason) {
		t.Errorf("%s: %s\nwant %s", want[0], said[want[0]], reason)
	}
}

// badPeers are modest but for a piece of it. Each breaks those rules.
var badPeers = map[string]struct {
	old, new string
	broken   []string
	reason   string
}{
	"is good":                    {"", "", nil, ""},
	"another process ID":         {"$$", "1", []string{hello}, `"hello", got "ok sh 1.0 1", want "ok * * `},
	"a word too few":             {"sh 1.0", "sh", []string{hello}, "want "},
	"a word too many":            {"1.0 $$", "1.0 $$ x", []string{hello}, "want "},
	"small letters in text":      {"1.0 $$", "1%2b0 $$", []string{hello}, "by the grammar"},
	"text encoded needlessly":    {"1.0 $$", "1%2E0 $$", []string{hello}, "by the grammar"},
	"text that is not encoded":   {"1.0 $$", "é $$", []string{hello}, "by the grammar"},
	"an empty word":              {"sh 1.0", "sh  1.0", []string{hello}, "by the grammar"},
	"a space at the end":         {`$$"`, `$$ "`, []string{hello}, "by the grammar"},
	"a CR":                       {`echo "ok sh 1.0 $$"`, `printf 'ok sh 1.0 %s\r\n' $$`, []string{hello}, `\r", want`},
	"no such answer":             {"ok sh", "OK sh", []string{hello}, "by the grammar"},
	"words after unsupported":    {"echo unsupported", `echo "unsupported $line"`, []string{unknownVerb}, "by the grammar"},
	"an unknown CODE":            {"err Usage", "err Syntax", []string{neverEmpty, hello}, `got "err Syntax why", want "err Usage", by the grammar`},
	"another CODE":               {"err Usage", "err Range", []string{neverEmpty, hello}, `got "err Range why", want "err Usage"`},
	"no MESSAGE":                 {"Usage why", "Usage", []string{neverEmpty, hello}, "by the grammar"},
	"a MESSAGE not in UTF-8":     {`echo "err Usage why"`, `printf 'err Usage \377\n'`, []string{neverEmpty, hello}, `got "err Usage \xff"`},
	"a MESSAGE with a CR":        {`echo "err Usage why"`, `printf 'err Usage why\r\n'`, []string{neverEmpty, hello}, `got "err Usage why\r"`},
	"empty words are left out":   {`while IFS= read`, `while read`, []string{neverEmpty}, `sent "hello ", got "ok sh`},
	"a line too many":            {"echo unsupported", "echo unsupported; echo unsupported", []string{unknownVerb}, `want "ok"`},
	"a line after exit":          {"echo ok; exit", "echo ok; echo bye; exit", []string{afterExit, hello, neverEmpty, unknownVerb}, `got "bye\n", want no more answers`},
	"half a line after exit":     {"echo ok; exit", "echo ok; printf bye; exit", []string{afterExit, hello, neverEmpty, unknownVerb}, `got "bye", want no more answers`},
	"a greeting":                 {"while IFS", "echo hi; while IFS", slices.DeleteFunc(slices.Clone(modestly), func(r string) bool { return r == deafness }), ""},
	"a farewell":                 {"esac\ndone", "esac\ndone; echo bye", []string{silence, bursts, lastLine, endOfInput}, `got "bye\n", want no more answers`},
	"a status at exit":           {"echo ok; exit", "echo ok; echo why >&2; exit 3", []string{hello, neverEmpty, unknownVerb, afterExit}, `sent "exit", got exit status 3, standard error "why", want the end of the process with status 0`},
	"a status at the end":        {"esac\ndone", "esac\ndone; exit 3", []string{silence, bursts, lastLine, endOfInput}, "exit status 3"},
	"dies":                       {`echo "ok sh 1.0 $$"`, "kill -SEGV $$", []string{hello}, "signal: segmentation fault"},
	"leaves a file":              {"exit) echo ok", `exit) : >"$TMPDIR/left"; echo ok`, []string{hello, neverEmpty, unknownVerb, afterExit}, "files in TMPDIR: [- left], want none"},
	"leaves it at the end":       {`"sem "*) `, `"sem "*) : >"$XDG_RUNTIME_DIR/left"; `, []string{endOfInput}, "files in TMPDIR: [- left], want none"},
	"listens to capital letters": {"hello)", "hello | HELLO)", []string{unknownVerb}, `sent "HELLO", got "ok sh`},
	"unknown verbs are Usage":    {"echo unsupported", "echo err Usage unknown", []string{unknownVerb}, `want "unsupported"`},
	"the cut off line counts":    {"read -r line", `read -r line || [ "$line" ]`, []string{lastLine}, `sent "hello" and the end of the input, got "ok sh`},
	"a line is lost in a burst":  {`"encode text "*)`, `"encode text 77") ;; "encode text "*)`, []string{bursts}, `sent "encode text 77", got "ok 373800"`},
	"a wrong answer in a burst":  {"}00", "}01", []string{bursts}, `sent "encode text 0", got "ok 3001", want "ok 3000"`},
	"does not notice that":       {`echo "ok sh 1.0 $$"`, `trap '' PIPE; echo "ok sh 1.0 $$" || :`, []string{deafness}, "want another status than 0"},
}

func TestBadPeers(t *testing.T) {
	for name, test := range badPeers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := modest
			if test.old != "" {
				text = strings.ReplaceAll(modest, test.old, test.new)
			}
			said, _, passed := put(t, "-rule", ofModest, "--", "sh", script(t, text))
			if len(said) != len(modestly) {
				t.Errorf("%d rules: %q", len(said), said)
			}
			if passed != (len(test.broken) == 0) {
				t.Errorf("passed: %v", passed)
			}
			wantFailures(t, said, test.broken, test.reason)
		})
	}
}

// TestPeersThatHang: one that is waited for in vain fails the rule.
func TestPeersThatHang(t *testing.T) {
	for name, test := range map[string]struct{ old, new, rule, reason string }{
		"does not answer":         {`echo "ok sh 1.0 $$"`, ":", "^hello", `sent "hello", got nothing within 1s, want "ok * * `},
		"does not flush":          {`echo "ok sh 1.0 $$"`, `printf 'ok sh 1.0 %s' $$`, "^hello", `got nothing within 1s after "ok sh 1.0 `},
		"does not end at exit":    {"echo ok; exit", "echo ok", "^hello", `sent "exit", got no end within 1s, want the end of the process with status 0`},
		"answers after exit":      {"echo ok; exit", "echo ok", "^nothing is answered", `sent "exit\nhello", got "ok sh 1.0 `},
		"does not end":            {"esac\ndone", "esac\ndone; exec sleep 1000", "^nothing is said", "got no end within 1s"},
		"closes its output alone": {"esac\ndone", "esac\ndone; exec >&-; exec sleep 1000", "^nothing is said", "got no end within 1s"},
		"talks for ever":          {"esac\ndone", "esac\ndone; exec yes", "^nothing is said", `... (1048576 bytes), want no more answers`},
		"does not read":           {"while IFS", "exec sleep 1000; while IFS", "^each command", "got nothing within 1s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said, _, _ := put(t, "-rule", test.rule, "-patience", "1s", "--", "sh", script(t, strings.Replace(modest, test.old, test.new, 1)))
			for title, verdict := range said {
				if !strings.HasPrefix(verdict, "FAIL") || !strings.Contains(verdict, test.reason) {
					t.Errorf("%s: %s\nwant %s", title, verdict, test.reason)
				}
			}
			if len(said) != 1 {
				t.Errorf("%q, want one rule", said)
			}
		})
	}
}

// TestKernelObjectsGo with the peer, of which the tests' own namespace sees none: TestMain looks.
func TestKernelObjectsGo(t *testing.T) {
	leaves := strings.Replace(modest, "while IFS", "ipcmk -M 8 >/dev/null && while IFS", 1)
	if said, _, passed := put(t, "-rule", "^hello", "--", "sh", script(t, leaves)); !passed {
		t.Errorf("%q", said)
	}
}
