package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shmbridge/shmbridge/tests/interop"
)

//go:embed rules/*.txt
var ruleFiles embed.FS

// rulesText returns the text of all files.
func rulesText() (text string, err error) {
	err = fs.WalkDir(ruleFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := ruleFiles.ReadFile(path)
		text += string(file)
		return err
	})
	return text, err
}

// rule is something that PROTOCOL.md demands of a peer.
type rule struct {
	title string
	play  func(p *peer) (verdict, error) // lets the process end
}

type verdict int

const (
	fulfilled verdict = iota
	lacking           // the peer does without, as it may
)

// play plays a rule with a process and a directory of its own. The error tells how the rule was broken.
func (y yard) play(ctx context.Context, r rule) (v verdict, err error) {
	dir, err := os.MkdirTemp("", "shmbridge-conformance-") // of mode 0700, as Qt wants a runtime directory
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	p, err := y.start(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer p.kill()
	if v, err = r.play(p); err != nil {
		return 0, err
	}
	left, err := os.ReadDir(dir)
	if len(left) > 0 {
		err = broken("the end", fmt.Sprintf("files in TMPDIR: %v", left), "none")
	}
	return v, err
}

// broken is the error of a rule: what was sent, and what came of it.
func broken(sent, got, want string) error {
	return fmt.Errorf("sent %s, got %s, want %s", sent, got, want)
}

// talk is a rule made of rows: a command and the answer that is wanted, in the notation of rules/1-grammar.txt.
type talk [][2]string

func (rows talk) play(p *peer) (v verdict, err error) {
	expand := macros(p)
	for _, row := range rows {
		answer, err := p.ask(expand.Replace(row[0]), expand.Replace(row[1]))
		if err != nil {
			return 0, err
		}
		if answer == "unsupported" && row[1] != answer {
			v = lacking
			break
		}
	}
	if _, err := p.ask("exit", "ok"); err != nil {
		return 0, err
	}
	return v, p.ends(show("exit"))
}

// ask sends a command and returns the answer, if it is of the grammar and what is wanted.
func (p *peer) ask(command, want string) (answer string, err error) {
	p.send(command + "\n")
	return p.answers(command, want)
}

// answers is the second half of ask.
func (p *peer) answers(command, want string) (answer string, err error) {
	if answer, err = p.receive(); err != nil {
		return "", broken(show(command), err.Error(), show(want))
	}
	a, err := interop.ParseAnswer(answer)
	if err == nil && (!utf8.ValidString(a.Text) || strings.Contains(a.Text, "\r")) {
		err = errors.New("a MESSAGE that is not UTF-8, or has a line break")
	}
	if err != nil {
		return "", broken(show(command), show(answer), show(want)+", by the grammar")
	}
	if !matches(answer, want) {
		return "", broken(show(command), show(answer), show(want))
	}
	return answer, nil
}

// ends fails unless the peer says no more and ends well.
func (p *peer) ends(sent string) error {
	rest, err := p.rest()
	switch {
	case rest != "":
		return broken(sent, show(rest), "no more answers")
	case err != nil:
		return broken(sent, fmt.Sprintf("no end within %v", p.patience), endingWell)
	}
	if how := p.wait(); !p.cmd.ProcessState.Success() {
		return broken(sent, how, endingWell)
	}
	return nil
}

const endingWell = "the end of the process with status 0"

// matches reports whether an answer is one of the alternatives. Of an error the code is compared.
func matches(answer, alternatives string) bool {
	words := strings.Split(answer, " ")
	if words[0] == "err" {
		words = words[:2]
	}
	for want := range strings.SplitSeq(alternatives, " or ") {
		if slices.EqualFunc(words, strings.Split(want, " "), func(word, want string) bool { return word == want || want == "*" }) {
			return true
		}
	}
	return false
}

// readRules reads that notation.
func readRules(text string) (rules []rule, err error) {
	var title string
	var rows talk
	end := func() {
		if rows != nil {
			rules = append(rules, rule{title, rows.play})
		}
		rows = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		command, want, isRow := strings.Cut(line, " | ")
		switch {
		case strings.HasPrefix(line, "["):
			end()
			title = strings.Trim(line, "[]")
		case isRow && title != "":
			rows = append(rows, [2]string{command, want})
		case line != "" && line[0] != '#':
			return nil, fmt.Errorf("rules: %q is neither a [title] nor, under one, a command and an answer", line)
		}
	}
	end()
	return rules, nil
}
