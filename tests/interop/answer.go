package interop

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Answer is one answer of a peer, as PROTOCOL.md has it.
type Answer struct {
	Words       []string // after ok, with the percent-encoding undone
	Code, Text  string   // after err; Code is empty for other answers
	Unsupported bool
}

// codes are the error codes that a peer may use.
var codes = strings.Fields(`PermissionDenied InvalidSize KeyError AlreadyExists NotFound LockError OutOfResources UnknownError
	Timeout NotLocked ReadOnly Range BadData Busy LockLost Usage`)

// Quote makes a word of any text. Numbers, IDs and hexadecimal digits stay what they are.
func Quote(text string) string {
	if text == "" {
		return "%"
	}
	const literal, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", "0123456789ABCDEF"
	var word strings.Builder
	for _, b := range []byte(text) {
		if strings.IndexByte(literal, b) >= 0 {
			word.WriteByte(b)
		} else {
			word.Write([]byte{'%', digits[b>>4], digits[b&15]})
		}
	}
	return word.String()
}

// unquote undoes Quote and accepts nothing that Quote does not make.
func unquote(word string) (string, error) {
	if word == "%" {
		return "", nil
	}
	text, err := url.PathUnescape(word)
	if err != nil || Quote(text) != word {
		return "", fmt.Errorf("%q is not percent-encoded as PROTOCOL.md wants it", word)
	}
	return text, nil
}

// ParseAnswer reads the line of an answer, without its line break. Its error tells what is not of PROTOCOL.md's grammar.
func ParseAnswer(line string) (Answer, error) {
	kind, rest, more := strings.Cut(line, " ")
	switch {
	case line == "unsupported":
		return Answer{Unsupported: true}, nil
	case line == "ok":
		return Answer{}, nil
	case kind == "ok" && more:
		return parseWords(rest)
	case kind == "err" && more:
		code, text, _ := strings.Cut(rest, " ")
		if slices.Contains(codes, code) && text != "" {
			return Answer{Code: code, Text: text}, nil
		}
	}
	return Answer{}, fmt.Errorf("%q is no answer that PROTOCOL.md knows", line)
}

func parseWords(rest string) (answer Answer, err error) {
	for word := range strings.SplitSeq(rest, " ") {
		text, err := unquote(word)
		if err != nil {
			return Answer{}, err
		}
		answer.Words = append(answer.Words, text)
	}
	return answer, nil
}
