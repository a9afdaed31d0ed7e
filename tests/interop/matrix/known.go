package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// known is a row of KNOWN.md: in these cells something fails, and how.
type known struct {
	id                                string
	cases, worlds, creators, partners []string // patterns as path.Match takes them
	reason                            *regexp.Regexp
	text                              string
}

// knownColumns are the heads of the columns of KNOWN.md.
const knownColumns = "| ID | cases | worlds | creator | partner | fails with | because |"

// readKnown reads the table of KNOWN.md.
func readKnown(path string) (rows []known, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	_, table, ok := strings.Cut(string(text), knownColumns+"\n")
	if !ok {
		return nil, fmt.Errorf("%s: there is no table with the columns %s", path, knownColumns)
	}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "|--") || strings.HasPrefix(line, "| --") {
			continue
		}
		if !strings.HasPrefix(line, "|") {
			break
		}
		row, err := parseKnown(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, line, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func parseKnown(line string) (k known, err error) {
	const bar = "\x00" // stands for \|, which does not end a column
	columns := strings.Split(strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(line, `\|`, bar), "|"), "|"), "|")
	if len(columns) != 7 {
		return k, fmt.Errorf("%d columns, want 7", len(columns))
	}
	for i, column := range columns {
		columns[i] = strings.Trim(strings.ReplaceAll(column, bar, "|"), " `")
	}
	patterns := func(i int) []string { return strings.Fields(columns[i]) }
	k = known{id: columns[0], cases: patterns(1), worlds: patterns(2), creators: patterns(3), partners: patterns(4), text: columns[6]}
	k.reason, err = regexp.Compile(columns[5])
	return k, err
}

// covers reports whether the row is about the cell.
func (k known) covers(c results.Cell) bool {
	return matches(k.cases, c.Case) && matches(k.worlds, c.World) && matches(k.creators, c.Creator) && matches(k.partners, c.Partner)
}

// judge changes the verdict of a cell that a row of KNOWN.md is about: one that fails as the row says is known, one that passes
// fails.
func judge(rows []known, c *results.Cell) {
	for _, k := range rows {
		if !k.covers(*c) {
			continue
		}
		switch {
		case c.Verdict == results.Fail && k.reason.MatchString(c.Reason):
			c.Verdict, c.Known = results.KnownFault, k.id
			return
		case c.Verdict == results.Pass:
			c.Verdict, c.Reason = results.Fail, fmt.Sprintf("passes, though %s of KNOWN.md says that it fails: %s", k.id, k.text)
			return
		}
	}
}

// met lists the rows that cells refer to.
func met(rows []known, cells []results.Cell) (list []results.Known) {
	found := map[string]bool{}
	for _, c := range cells {
		found[c.Known] = true
	}
	for _, k := range rows {
		if found[k.id] {
			list = append(list, results.Known{ID: k.id, Text: k.text})
			delete(found, k.id) // of two rows of one fault the first tells
		}
	}
	return list
}
