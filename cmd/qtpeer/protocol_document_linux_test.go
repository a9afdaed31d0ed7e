package main

import (
	"regexp"
	"strings"
	"testing"
)

// The example session is what this peer answers, but for its process ID, its TMPDIR and the text of errors.
func TestProtocolDocumentHasARealSession(t *testing.T) {
	dir := textWord([]byte(tempDir(t)))
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
