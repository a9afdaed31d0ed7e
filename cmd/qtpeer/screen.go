package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// screen is standard output, and what there is to know about it if it is a terminal.
type screen struct {
	io.Writer
	width, height int // in characters; 0 if it is no terminal
	colours       bool
}

func screenOf(w io.Writer) screen {
	s := screen{Writer: w}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return s
	}
	s.width, s.height = 80, 24
	if width, height, err := term.GetSize(int(f.Fd())); err == nil && width > 0 && height > 0 {
		s.width, s.height = width, height
	}
	s.colours = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" // no-color.org
	return s
}

// quoted quotes text that a terminal would not show as it is.
func quoted(text string) string {
	if q := strconv.Quote(text); len(q) != len(text)+2 || strings.TrimSpace(text) != text {
		return q
	}
	return text
}

// cut shortens text to n characters, of which the last one is then "…".
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}
