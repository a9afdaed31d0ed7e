package main

import (
	"fmt"
	"testing"
)

func TestWords(t *testing.T) {
	for text, word := range map[string]string{
		"": "%", "a": "a", "AZaz09-._~": "AZaz09-._~", "a b%": "a%20b%25", "h\u00e9": "h%C3%A9", "\x00\n": "%00%0A",
		"\xff": "%FF", "+/:@[`{\x7f": "%2B%2F%3A%40%5B%60%7B%7F",
	} {
		if got := textWord([]byte(text)); got != word {
			t.Errorf("textWord(%q) = %s, want %s", text, got, word)
		}
		if got, err := textOf(word); err != nil || string(got) != text {
			t.Errorf("textOf(%s) = %q, %v", word, got, err)
		}
	}
	for b, word := range map[string]string{"": "%", "\x00\xff": "00ff"} {
		if got := bytesWord([]byte(b)); got != word {
			t.Errorf("bytesWord(%q) = %s, want %s", b, got, word)
		}
		if got, err := bytesOf(word); err != nil || string(got) != b {
			t.Errorf("bytesOf(%s) = %q, %v", word, got, err)
		}
	}
}

func TestWordsThatAreNone(t *testing.T) {
	refused := func(word string, err error) {
		t.Helper()
		if codeName(err) != "Usage" {
			t.Errorf("%s: %v, want an error of usage", word, err)
		}
	}
	for _, word := range []string{"%2", "%zz", "%c3%a9", "%41", "a+b", "\u00e9", "%%"} {
		_, err := textOf(word)
		refused(word, err)
	}
	_, err := nameOf("%FF")
	refused("%FF", err)
	for _, word := range []string{"0", "0G", "FF", "00 "} {
		_, err := bytesOf(word)
		refused(word, err)
	}
	for _, word := range []string{"", "1.0", "0x1", "1_0", "+1", "2147483648", "-2147483649"} {
		_, err := numberOf(word, 32)
		refused(word, err)
	}
	for _, n := range []int64{0, -1, 1 << 40} {
		if got, err := numberOf(fmt.Sprint(n), 64); err != nil || got != n {
			t.Errorf("numberOf(%d) = %d, %v", n, got, err)
		}
	}
}
