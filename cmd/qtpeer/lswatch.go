package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"
)

// watch lists again each second until a signal comes: on a terminal in the same place, elsewhere when something has changed.
func (l *lister) watch(out screen, notes io.Writer, asJSON bool) error {
	ctx, stop := interruptible()
	defer stop()
	each := time.NewTicker(time.Second)
	defer each.Stop()
	var last []byte
	for {
		var err error
		if last, err = l.show(screenOf(out.Writer), notes, asJSON, last); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-each.C:
		}
	}
}

// show prints what there is if it is not the last that was printed, and returns what is the last now. A terminal gets it
// in any case: its size and the ages change, too.
func (l *lister) show(out screen, notes io.Writer, asJSON bool, last []byte) ([]byte, error) {
	found, err := l.look()
	if err != nil {
		return nil, err
	}
	now, err := json.Marshal(found.asJSON())
	switch {
	case err != nil:
	case out.width > 0 && !asJSON:
		err = found.redraw(out)
	case !bytes.Equal(now, last):
		err = found.print(out, notes, asJSON)
	}
	return now, err
}

// What a terminal understands (ECMA-48): the cursor home, and what is to be cleared.
const (
	home       = "\x1b[H"
	clearLine  = "\x1b[K"
	clearBelow = "\x1b[J"
)

// redraw replaces what is on the terminal, as much as fits there.
func (l listing) redraw(out screen) error {
	var page, words bytes.Buffer
	if err := printTable(screen{&page, out.width, out.height, out.colours}, l); err != nil {
		return err
	}
	printNotes(&words, l.infos)
	for note := range strings.Lines(words.String()) {
		page.WriteString(cut(strings.TrimSuffix(note, "\n"), out.width) + "\n")
	}
	lines := strings.SplitAfterN(page.String(), "\n", out.height) // the last one, with all that does not fit, stays away
	frame := strings.Join(lines[:len(lines)-1], "")
	_, err := io.WriteString(out, home+strings.ReplaceAll(frame, "\n", clearLine+"\n")+clearBelow)
	return err
}
