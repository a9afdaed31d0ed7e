package datastream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// maxJSONDepth lets a QJsonDocument as deep as Qt reads it stand in a value as deep as a Reader reads it.
const maxJSONDepth = 2 * defaultDepth

// jsonNode is a value in JSON text.
type jsonNode struct {
	raw   []byte     // its text
	items []jsonNode // elements of an array; names and values of an object, in turn
}

// parseJSON returns the value that is all of the text.
func parseJSON(text []byte) (jsonNode, error) {
	var syntax *json.SyntaxError
	err := json.Unmarshal(text, new(json.RawMessage))
	switch {
	case jsonDepth(text) > maxJSONDepth:
		return jsonNode{}, fmt.Errorf("%w: more than %d arrays and objects within one another", ErrTooLarge, maxJSONDepth)
	case errors.As(err, &syntax):
		return jsonNode{}, fmt.Errorf("not JSON: %w, at byte %d", err, syntax.Offset)
	case !utf8.Valid(text):
		return jsonNode{}, errors.New("not JSON: not UTF-8")
	}
	s := jsonScanner{text}
	return s.node(), nil
}

// jsonScanner takes values from the start of rest, which is valid JSON.
type jsonScanner struct{ rest []byte }

func (s *jsonScanner) node() (n jsonNode) {
	s.skip()
	start := s.rest
	switch c := start[0]; c {
	case '{', '[':
		s.rest = start[1:]
		for s.skip(); s.rest[0] != c+2; s.skip() { // } and ] come two behind { and [
			n.items = append(n.items, s.node())
		}
		s.rest = s.rest[1:]
	case '"':
		end := 1
		for ; start[end] != '"'; end++ {
			if start[end] == '\\' {
				end++
			}
		}
		s.rest = start[end+1:]
	default:
		s.rest = bytes.TrimLeft(start, "+-.0123456789Eaeflnrstu") // numbers, true, false and null
	}
	n.raw = start[:len(start)-len(s.rest)]
	return n
}

// skip skips all that is between values.
func (s *jsonScanner) skip() { s.rest = bytes.TrimLeft(s.rest, " \t\r\n,:") }

// kind returns the first byte of n: { [ " n t f - or a digit.
func (n jsonNode) kind() byte { return n.raw[0] }

func (n jsonNode) isNull() bool { return n.kind() == 'n' }

// member returns the value with a name in an object.
func (n jsonNode) member(name string) (value jsonNode, ok bool) {
	for i := 0; n.kind() == '{' && i < len(n.items); i += 2 {
		if n.items[i].string() == name {
			return n.items[i+1], true
		}
	}
	return jsonNode{}, false
}

// string returns what a string says, "" if n is none.
func (n jsonNode) string() (s string) {
	if n.kind() == '"' {
		_ = json.Unmarshal(n.raw, &s) // parseJSON has checked it
	}
	return s
}

const anySize = -1

// each calls use for the elements of an array, which must have size of them.
func (n jsonNode) each(size int, use func(i int, item jsonNode) error) error {
	if n.kind() != '[' {
		return n.isNot("an array")
	}
	if size != anySize && len(n.items) != size {
		return n.isNot(fmt.Sprintf("an array of %d", size))
	}
	for i, item := range n.items {
		if err := use(i, item); err != nil {
			return inPath(fmt.Sprintf("[%d]", i), err)
		}
	}
	return nil
}

// eachEntry calls use for the entries of a map: the members of an object, or arrays of a key and a value in an array.
func (n jsonNode) eachEntry(use func(key, value jsonNode) error) error {
	if n.kind() != '{' {
		return n.each(anySize, func(_ int, pair jsonNode) error {
			if pair.kind() != '[' || len(pair.items) != 2 {
				return pair.isNot("an array of 2")
			}
			return use(pair.items[0], pair.items[1])
		})
	}
	for i := 0; i < len(n.items); i += 2 {
		if err := use(n.items[i], n.items[i+1]); err != nil {
			return inPath(fmt.Sprintf("[%s]", n.items[i].raw), err)
		}
	}
	return nil
}

// isNot returns the error that n is not what is wanted.
func (n jsonNode) isNot(want string) error {
	found := string(n.raw)
	switch {
	case n.kind() == '{':
		found = "an object"
	case n.kind() == '[':
		found = fmt.Sprintf("an array of %d", len(n.items))
	case len(found) > 40:
		found = string(bytes.ToValidUTF8(n.raw[:40], nil)) + "..."
	}
	return fmt.Errorf("found %s, want %s", found, want)
}
