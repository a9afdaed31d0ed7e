//go:build linux

package interop

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestCasesAreDocumented compares the headings of CASES.md with the cases.
func TestCasesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("CASES.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented, played []string
	for _, heading := range regexp.MustCompile(`(?m)^## ([A-Z]\d?-\S+)`).FindAllSubmatch(doc, -1) {
		documented = append(documented, string(heading[1]))
	}
	for _, k := range Cases {
		played = append(played, k.Name)
	}
	if !slices.Equal(documented, played) {
		t.Errorf("CASES.md has %q\nthe code has %q", documented, played)
	}
}
