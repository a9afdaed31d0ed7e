package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

const (
	mostGuesses  = 5
	longestValue = 100 // bytes of the JSON that are shown
)

// best returns the guesses that are worth showing: the first, and those that are not much longer to say than it, shorter
// than the bytes themselves, and about as many of them.
func (b block) best() (shown []guess, err error) {
	if len(b.bytes) == 0 {
		return nil, badData("the input is empty")
	}
	all := b.guesses()
	if len(all) == 0 {
		return nil, badData("no type of Qt makes sense of these %d bytes: does the stream begin with them?", len(b.bytes))
	}
	first := all[0]
	longest := min(1.5*first.total()+16, b.rawBits())
	for i, g := range all {
		whole := g.length >= min(first.length, b.length)
		if i == 0 || len(shown) < mostGuesses && g.total() < longest && whole {
			shown = append(shown, g)
		}
	}
	return shown, nil
}

// guessJSON is a guess as it is printed for programs.
type guessJSON struct {
	Type      string          `json:"type"`
	Also      []string        `json:"also"`
	Value     json.RawMessage `json:"value"`
	Versions  string          `json:"versions"`
	Order     string          `json:"order"`
	Precision string          `json:"precision"`
	Bytes     int             `json:"bytes"`
	Reason    string          `json:"reason"`
}

func printGuesses(w io.Writer, guesses []guess, asJSON bool) error {
	all := []guessJSON{}
	for _, g := range guesses {
		j, err := g.asJSON()
		if err != nil {
			return err
		}
		all = append(all, j)
	}
	if asJSON {
		return printJSON(w, all)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, g := range all {
		g.print(table)
	}
	return table.Flush()
}

func (g *guess) asJSON() (guessJSON, error) {
	value, err := g.AppendJSON(nil, g.value)
	return guessJSON{
		Type: g.spelling, Also: append([]string{}, g.also...), Value: value,
		Versions: g.formats.versions(g.format), Order: g.formats.order(g.format), Precision: g.formats.precision(g.format),
		Bytes: g.length, Reason: g.extent + ": " + g.told.String(),
	}, err
}

func (g *guessJSON) print(w io.Writer) {
	fmt.Fprintln(w, g.Type)
	fmt.Fprintf(w, "  value\t%s\n", shortened(string(g.Value)))
	fmt.Fprintf(w, "  stream\tversion %s%s%s\n", g.Versions, inWords[g.Order], inWords[g.Precision])
	fmt.Fprintf(w, "  bytes\t%s\n", g.Reason)
	if len(g.Also) > 0 {
		fmt.Fprintf(w, "  or\t%s\n", strings.Join(g.Also, " "))
	}
}

// inWords are byte orders and precisions; double precision is not worth a word, and neither is what does not matter.
var inWords = map[string]string{"big": ", big-endian", "little": ", little-endian", "single": ", single precision"}

func shortened(text string) string {
	if len(text) <= longestValue {
		return text
	}
	return strings.ToValidUTF8(text[:longestValue], "") + "..."
}

// extent says how much of a block a value of n bytes is.
func (b block) extent(n int) string {
	text := fmt.Sprintf("all %d", n)
	if n < len(b.bytes) {
		text = fmt.Sprintf("%d of %d", n, len(b.bytes))
	}
	if n < b.length {
		text += fmt.Sprintf(", then %d unknown", b.length-n)
	}
	if zeros := len(b.bytes) - max(n, b.length); zeros > 0 {
		text += fmt.Sprintf(", then %d zeros", zeros)
	}
	return text
}

// String says of what the value consists.
func (m *measure) String() string {
	var parts []string
	for _, part := range []struct {
		n         int
		one, more string
	}{
		{m.characters, "character", "characters"}, {m.numbers, "number", "numbers"}, {m.binary, "byte of data", "bytes of data"},
		{m.odd, "odd one", "odd ones"},
	} {
		switch part.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+part.one)
		default:
			parts = append(parts, fmt.Sprint(part.n, " ", part.more))
		}
	}
	if len(parts) == 0 {
		return "nothing in it"
	}
	return strings.Join(parts, ", ")
}
