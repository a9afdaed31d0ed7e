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
