package main

import (
	"strings"
	"testing"
)

// between stands between the driver and a good peer, and edits what the one and the other say.
const between = `#!/bin/bash
set -o pipefail
sed -u -e "$1" -e '/^exit$/q' | QTPEER peer | sed -u -e "s/^\(ok go [^ ]* \)[0-9]*$/\1$$/" -e "$2"
`

// sloppyPeers are the Go peer but for what scripts of sed do to commands and to answers. Of the rules with such titles each breaks
// those, the first of them for that reason.
var sloppyPeers = map[string]struct {
	commands, answers, rules string
	broken                   []string
	reason                   string
}{
	"is good": {"", "", "hello|text|nothing|read|the end", nil, ""},
	"takes text that is encoded too much": {"s/%41/A/; s/%7E/~/", "", "text|NAME",
		[]string{"text is percent-encoded, and no more than it must be"}, `sent "key %41", got "ok `},
	"takes small letters in text": {"s/%c3%a9/%C3%A9/", "", "text|NAME",
		[]string{"text is percent-encoded, and no more than it must be"}, `sent "key %c3%a9", got "ok `},
	"takes capital letters in bytes": {"s/aFF/aff/", "", "hexadecimal|numbers",
		[]string{"bytes are small hexadecimal digits, in pairs"}, `aFF", got "ok 010aff", want "err Usage"`},
	"writes small letters in text": {"", `s/%C3%A9/%c3%a9/`, "text",
		[]string{"FORMAT text"}, `got "ok h%c3%a9", want "ok h%C3%A9", by the grammar`},
	"writes capital letters in bytes": {"", "s/^ok ffffffff$/ok FFFFFFFF/", "add|read",
		[]string{"add"}, `sent "read a 12 4", got "ok FFFFFFFF", want "ok ffffffff"`},
	"takes a plus before numbers": {"s/ +0 / 0 /", "", "numbers",
		[]string{"numbers are decimal, of 64 bits"}, `sent "read a +0 1", got "ok 00", want "err Usage"`},
	"takes numbers of 64 bits for 32": {"s/ 2147483648/ 2147483647/", "", "numbers|INITIAL",
		[]string{"numbers that have 32 bits"}, `sent "add a 0 2147483648 1", got "ok `},
	"takes CRs away": {`s/\r$//`, "", "LF",
		[]string{"LF alone ends a line"}, `sent "hello\r", got "ok go `},
	"does not mind more words": {`s/^\(close a\) b/\1/; s/^\(attach a ro\) now/\1/; s/^\(setenv A b\) c/\1/`, "", "more",
		[]string{"more or fewer words than the verb takes are Usage"}, `sent "setenv A b c", got "ok", want "err Usage"`},
	"takes IDs for text": {"s/%42/B/", "", "an ID",
		[]string{"an ID is any visible characters, and is no text"}, `sent "attached B", got "ok 0"`},
	"makes an object of a fault": {"s/ sideways/ native/", "", "fault|unknown|listed",
		[]string{"a command with a fault has no side effect", "words that are none of the listed ones are unsupported"}, `sent "segment b demo sideways"`},
	"does a part of a command with a fault": {`s/^create a x$/create a 8/`, `s/^ok 8$/err Usage x/`, "fault",
		[]string{"a command with a fault has no side effect"}, `sent "attached a", got "ok 1", want "ok 0"`},
	"lacks what is due": {"", "s/^err NotLocked.*/unsupported/", "lock",
		[]string{"lock and unlock", "detach and close give the lock back", "put, get and add lock, and unlock", "trylock"}, `got "unsupported", want "err NotLocked"`},
	"does not lock for real": {"s/^lock .*/hello/", "s/^ok go.*/ok/", "^(lock and|detach and)",
		[]string{"lock and unlock", "detach and close give the lock back"}, `sent "unlock a", got "err NotLocked`},
	"forgets ro": {"s/^attach b ro/attach b/", "", "^(ro|read)$",
		[]string{"ro"}, `sent "write b 0 00", got "ok", want "err ReadOnly"`},
	"counts a lock": {"/^unlock a/d", "", "^lock and", []string{"lock and unlock"}, `got nothing within 1s`},
	"knows no sizes": {"", "s/^ok 16$/ok 4096/", "create",
		[]string{"create, attach, detach"}, `sent "create a 16", got "ok 4096", want "ok 16"`},
	"looks at the environment once": {"s/^setenv TMPDIR .*/setenv A b/", "", "environment",
		[]string{"the environment is looked at when a NAME is used"}, `sent "key demo", got "ok %2Ftmp`},
	"cuts long lines": {`s/^\(.\{70000\}\).*/\1/`, "", "million",
		[]string{"a line of two million bytes"}, "... (2097170 bytes), got "},
	"has no end of text": {"", `s/^ok %$/ok/`, "FORMAT (text|cstring)",
		[]string{"FORMAT text", "FORMAT cstring"}, `got "ok", want "ok %"`},
	"knows versions of no QDataStream": {"s/-012/-12/", "", "qvariant|version",
		[]string{"a FORMAT of no version of QDataStream is unsupported"}, `sent "decode qvariant-012 000000010001", got "ok `},
	"waits no time": {"", "s/^err Timeout.*/ok/", "with MS",
		[]string{"lock with MS", "acquire with MS"}, `sent "lock b 0", got "ok", want "err Timeout"`},
	"takes ERROR for a code": {"", "s/^err Range/err Error/", "read and", []string{"read and write, within the segment"}, "by the grammar"},
}

func TestSloppyPeers(t *testing.T) {
	path := script(t, strings.ReplaceAll(between, "QTPEER", bin(t, "qtpeer")))
	for name, test := range sloppyPeers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			patience := "10s"
			if strings.Contains(test.reason, "within 1s") {
				patience = "1s"
			}
			said, _, _ := put(t, "-rule", test.rules, "-patience", patience, "--", "bash", path, test.commands, test.answers)
			wantFailures(t, said, test.broken, test.reason)
		})
	}
}
