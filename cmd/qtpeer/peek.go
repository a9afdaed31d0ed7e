package main

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
)

// mostGuessed is how much of a segment is searched for what it may be.
const mostGuessed = 1 << 20

// peekJSON is the start of a segment, and what the whole may be.
type peekJSON struct {
	Hex   string     `json:"hex"`
	Guess *guessJSON `json:"guess"`
}

// infoWithPeek prints what info does, with the first n bytes; without them if they cannot be had.
func (o *options) infoWithPeek(cmd *cobra.Command, info bridge.Info, n int) error {
	data, err := o.copyOut(info.Key)
	if err != nil {
		return cmp.Or(printInfo(cmd.OutOrStdout(), info, o.json), err)
	}
	if !o.json { // its standard error is for one error in JSON
		cmd.PrintErrln("qtpeer: to peek, it attached for reading, and took the lock, for a moment")
	}
	return printPeek(cmd.OutOrStdout(), info, data, n, o.json)
}

func printPeek(w io.Writer, info bridge.Info, data []byte, n int, asJSON bool) error {
	head := data[:min(n, len(data))]
	best, err := guessOf(data)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(w, struct {
			infoJSON
			Peek peekJSON `json:"peek"`
		}{asInfoJSON(info), peekJSON{hex.EncodeToString(head), best}})
	}
	if err := printInfo(w, info, false); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n%s\n", hex.Dump(head), best.inShort(data))
	return nil
}

// guessOf returns the likeliest guess, nil if there is none.
func guessOf(data []byte) (*guessJSON, error) {
	all, err := newBlock(data[:min(mostGuessed, len(data))]).best()
	if err != nil {
		return nil, nil // no type of Qt makes sense of it
	}
	j, err := all[0].asJSON()
	return &j, err
}

func (g *guessJSON) inShort(data []byte) string {
	switch {
	case len(bytes.Trim(data, "\x00")) == 0:
		return "zeros, as a new segment has"
	case g == nil:
		return "no QDataStream of a type of Qt that is known here"
	}
	return fmt.Sprintf("perhaps %s: %s\nstream version %s%s%s, %s", g.Type, shortened(string(g.Value)),
		g.Versions, inWords[g.Order], inWords[g.Precision], g.Reason)
}
