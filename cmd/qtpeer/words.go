package main

import (
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The words of the line protocol: each kind from and to what it means.

const emptyWord = "%"

func textWord(text []byte) string {
	if len(text) == 0 {
		return emptyWord
	}
	var b strings.Builder
	for _, c := range text {
		if c < utf8.RuneSelf && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func textOf(word string) ([]byte, error) {
	if word == emptyWord {
		return []byte{}, nil
	}
	text, err := url.PathUnescape(word)
	if err != nil || textWord([]byte(text)) != word {
		return nil, misused("not percent-encoded: %s", word)
	}
	return []byte(text), nil
}

// nameOf is textOf for text that has to be Unicode.
func nameOf(word string) (string, error) {
	text, err := textOf(word)
	if err == nil && !utf8.Valid(text) {
		err = misused("not UTF-8: %s", word)
	}
	return string(text), err
}

func bytesWord(b []byte) string {
	if len(b) == 0 {
		return emptyWord
	}
	return hex.EncodeToString(b)
}

func bytesOf(word string) ([]byte, error) {
	if word == emptyWord {
		return []byte{}, nil
	}
	b, err := hex.DecodeString(word)
	if err != nil || bytesWord(b) != word {
		return nil, misused("not lower-case hexadecimal digits: %s", word)
	}
	return b, nil
}

func numberOf(word string, bits int) (int64, error) {
	n, err := strconv.ParseInt(word, 10, bits)
	if err != nil || word[0] == '+' {
		return 0, misused("not a decimal number of %d bits: %s", bits, word)
	}
	return n, nil
}
