package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const protocolDocument = "../../tests/interop/PROTOCOL.md"

// Whoever writes another peer finds every verb, FORMAT and CODE in the document.
func TestProtocolDocumentIsComplete(t *testing.T) {
	document := readString(t, protocolDocument)
	for verb := range verbs {
		if !regexp.MustCompile("(?m)^\\| `" + verb + "[ `]").MatchString(document) {
			t.Errorf("no row of a table begins with the verb %s", verb)
		}
	}
	p := new(goPartner)
	for _, f := range formats {
		if _, ok := p.format(f.name); ok != strings.Contains(document, "\n| `"+f.name+"` |") {
			t.Errorf("FORMAT %s: a row of the table %v, the peer has it %v", f.name, !ok, ok)
		}
	}
	own := []string{"Usage", "BadData", "UnknownError"}
	for _, code := range slices.Concat(own, memoryErrors, semaphoreErrors, slices.Collect(maps.Values(codeNames))) {
		if !strings.Contains(document, "\n| `"+code+"` |") {
			t.Errorf("no row of a table begins with the CODE %s", code)
		}
	}
}

// The example session is what this peer answers, but for its process ID, its TMPDIR and the text of errors.
func TestProtocolDocumentHasARealSession(t *testing.T) {
	dir := textWord([]byte(t.TempDir()))
	t.Setenv("TMPDIR", strings.ReplaceAll(dir, "%2F", "/"))
	_, example, _ := strings.Cut(readString(t, protocolDocument), "```\n")
	example, _, _ = strings.Cut(example, "```")
	s := &session{partner: &goPartner{naming: usualNaming}, segments: map[string]segment{}, semaphores: map[string]semaphore{}}
	lines := regexp.MustCompile(`(?m)^(\S.*?) {2,}(.*)$`).FindAllStringSubmatch(example, -1)
	if len(lines) < 5 {
		t.Errorf("%d lines", len(lines))
	}
	for _, line := range lines {
		command, want := line[1], strings.ReplaceAll(line[2], "%2Ftmp", dir)
		shown := regexp.MustCompile(`^(err \w+|ok go).*`)
		if got := s.answer(command); shown.ReplaceAllString(got, "$1") != shown.ReplaceAllString(want, "$1") {
			t.Errorf("%s: %q, the document has %q", command, got, want)
		}
	}
	if !s.ended {
		t.Error("the session does not end")
	}
}
