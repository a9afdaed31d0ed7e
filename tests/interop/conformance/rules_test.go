package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		answer, want string
		ok           bool
	}{
		{"ok", "ok", true},
		{"ok 1", "ok", false},
		{"ok", "ok 1", false},
		{"ok 1", "ok 1", true},
		{"ok 2", "ok 1", false},
		{"ok 1 x", "ok * x", true},
		{"ok 1 x", "ok *", false},
		{"ok", "ok *", false},
		{"ok x", "ok or ok *", true},
		{"ok 2", "ok 1 or ok 2 or ok 3", true},
		{"ok 4", "ok 1 or ok 2 or ok 3", false},
		{"err Usage because of it", "err Usage", true},
		{"err Range because of it", "err Usage", false},
		{"err Range because of it", "err Usage or err Range", true},
		{"err Range because of it", "ok", false},
		{"unsupported", "unsupported", true},
		{"unsupported", "ok or unsupported", true},
		{"unsupported", "ok", false},
		{"ok", "unsupported", false},
	} {
		if ok := matches(test.answer, test.want); ok != test.ok {
			t.Errorf("%q, %q: %v, want %v", test.answer, test.want, ok, test.ok)
		}
	}
}

func TestReadRules(t *testing.T) {
	rules, err := readRules("# a comment\n\n[one]\nhello | ok\n | err Usage\nhello  | err Usage\n\n[two]\n# another\nkey | ok * or unsupported\n")
	if err != nil || len(rules) != 2 || rules[0].title != "one" || rules[1].title != "two" {
		t.Errorf("%v, %v", rules, err)
	}
	for text, want := range map[string]string{
		"hello | ok\n":               `"hello | ok"`,
		"[one]\nhello\n":             `"hello"`,
		"[one]\nhello| ok\n":         `"hello| ok"`,
		"[one]\nhello | ok\n\nexit ": `"exit "`,
	} {
		if _, err := readRules(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %s", text, err, want)
		}
	}
}

// TestRulesHaveTitlesOfTheirOwn, by which -rule and a reader can name them.
func TestRulesHaveTitlesOfTheirOwn(t *testing.T) {
	rules, err := choose("")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rules {
		if seen[r.title] || r.title == "" {
			t.Errorf("two rules are called %q", r.title)
		}
		seen[r.title] = true
	}
}

// notTried are what no single process can be brought to answer.
var notTried = []string{"PermissionDenied", "UnknownError", "LockLost"}

// TestRulesCoverTheProtocol: every verb, FORMAT and CODE that has a row in a table of PROTOCOL.md is in a rule.
func TestRulesCoverTheProtocol(t *testing.T) {
	document, err := os.ReadFile("../PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := rulesText()
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for _, section := range []string{"Answers", "Commands", "Formats"} {
		_, text, _ := strings.Cut(string(document), "\n## "+section+"\n")
		text, _, _ = strings.Cut(text, "\n## ")
		sections = append(sections, text)
	}
	rows, found := regexp.MustCompile("(?m)^\\| `([A-Za-z][A-Za-z0-9]*)"), 0
	for i, pattern := range []string{`\| .*err %s\b`, `(?m)^%s `, `(?m)^[a-z]+code %s[ -]`} {
		for _, row := range rows.FindAllStringSubmatch(sections[i], -1) {
			found++
			inRule := regexp.MustCompile(strings.ReplaceAll(pattern, "%s", row[1])).MatchString(rules)
			if known := slices.Contains([]string{"exit", "legacy", "safe", "systemv", "posix", "windows"}, row[1]); !known && inRule == slices.Contains(notTried, row[1]) {
				t.Errorf("%s is in a rule: %v", row[1], inRule)
			}
		}
	}
	if found < 16+30+7 {
		t.Errorf("only %d rows found", found)
	}
}

func TestShow(t *testing.T) {
	for line, want := range map[string]string{
		"":                        `""`,
		"key é\r":                 `"key é\r"`,
		"\xff":                    `"\xff"`,
		strings.Repeat("x", 200):  `"` + strings.Repeat("x", 200) + `"`,
		strings.Repeat("xy", 101): `"` + strings.Repeat("xy", 100) + `"... (202 bytes)`,
	} {
		if got := show(line); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}
