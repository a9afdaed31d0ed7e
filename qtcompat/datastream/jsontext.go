package datastream

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text appends a Go string: as {"base64": "..."} if it is not UTF-8.
func (w *jsonWriter) text(s string) {
	if !utf8.ValidString(s) {
		w.base64([]byte(s))
		return
	}
	w.raw(`"`)
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.b = append(w.b, '\\', byte(r))
		case r == '\n':
			w.raw(`\n`)
		case r < ' ':
			w.b = fmt.Appendf(w.b, `\u%04x`, r)
		default:
			w.b = utf8.AppendRune(w.b, r)
		}
	}
	w.raw(`"`)
}

// byteArray appends a QByteArray or other bytes: as a string if they are printable.
func (w *jsonWriter) byteArray(p []byte) {
	odd := func(r rune) bool { return !unicode.IsPrint(r) && r != '\n' && r != '\r' && r != '\t' }
	switch s := string(p); {
	case p == nil:
		w.raw("null")
	case strings.ContainsFunc(s, odd):
		w.base64(p)
	default:
		w.text(s)
	}
}

func (w *jsonWriter) base64(p []byte) {
	w.raw(`{"base64":"`)
	w.b = base64.StdEncoding.AppendEncode(w.b, p)
	w.raw(`"}`)
}

// bytes returns the bytes that a string or {"base64": "..."} stands for.
func (n jsonNode) bytes() ([]byte, error) {
	if n.kind() == '"' {
		return []byte(n.string()), nil
	}
	if coded, ok := n.member("base64"); ok && len(n.items) == 2 && coded.kind() == '"' {
		p, err := base64.StdEncoding.DecodeString(coded.string())
		if err == nil {
			return p, nil
		}
	}
	return nil, n.isNot(`a string or {"base64": "..."}`)
}

// jsonError is an error at a place in JSON text.
type jsonError struct {
	path string
	err  error
}

func (e *jsonError) Error() string { return e.path + ": " + e.err.Error() }

func (e *jsonError) Unwrap() error { return e.err }

// inPath returns an error in a part of a value, of which step is the last step on the way there.
func inPath(step string, err error) error {
	var e *jsonError
	if errors.As(err, &e) {
		return &jsonError{step + e.path, e.err}
	}
	return &jsonError{step, err}
}
