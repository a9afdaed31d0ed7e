//go:build linux

package interop

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestTexts lets Go, C, C++ and every Qt that has QNativeIpcKey read random texts: they must agree on what is a key, on its parts,
// and on how it is written. Only C and C++, which have no object without a name, take a key that is empty for none.
func TestTexts(t *testing.T) {
	r := random(t)
	questions, valid := [][]string{{"parse", ""}}, 0
	for range 2000 {
		questions = append(questions, []string{"parse", randomText(r)})
	}
	var readers []string
	if err := Play(programs(t), func(c *Cell) {
		ours := c.Start("go").burst(questions)
		for _, answer := range ours {
			if len(answer.Words) == 4 && answer.Words[0] != "0" {
				valid++
			}
		}
		for _, kind := range []string{"c", "c++"} {
			c.Start(kind).readsNoEmptyKey(questions, ours)
		}
		for _, kind := range qts {
			qt := c.Start(kind)
			if release(qt.Version) < 606 {
				continue
			}
			readers = append(readers, kind)
			for i, theirs := range qt.burst(questions) {
				if !slices.Equal(ours[i].Words, theirs.Words) || len(theirs.Words) != 4 {
					c.failf("%q\n  %s: %s %+q\n  Go: %s %+q", questions[i][1], qt, theirs.Code, theirs.Words, ours[i].Code, ours[i].Words)
				}
			}
		}
		if valid < len(questions)/5 || valid > len(questions)*4/5 {
			c.failf("%d of %d texts are keys, which is no mixture", valid, len(questions))
		}
	}); err != nil {
		t.Error(err)
	}
	if len(readers) == 0 {
		t.Error("INTEROP_QT names no Qt from 6.6 on: run make interop")
	}
	fmt.Printf("%d random texts, %d of them keys: Go, C, C++ and %s read the same\n", len(questions), valid, strings.Join(readers, ", "))
}

// readsNoEmptyKey fails unless the peer answers as Go does, but takes a key that is empty for none.
func (p *Peer) readsNoEmptyKey(questions [][]string, ours []Answer) {
	for i, answer := range p.burst(questions) {
		want := ours[i].Words
		if len(want) == 4 && want[1] == "" {
			want = []string{"0", "", "", ""}
		}
		if !slices.Equal(answer.Words, want) {
			p.cell.failf("%q\n  %s: %s %+q\n  Go: %+q", questions[i][1], p, answer.Code, answer.Words, ours[i].Words)
		}
	}
}

// randomText makes a text that is, or is nearly, a QNativeIpcKey's.
func randomText(r *rand.Rand) string {
	scheme := pick(r, "posix", "posix", "systemv", "systemv", "windows", fmt.Sprint("systemv-", r.IntN(300)), "systemv-081")
	if r.IntN(4) == 0 {
		scheme = pick(r, "systemv-0", "systemv-", "systemv--1", "systemv+81", "systemv1", "systemv-0x51", "http", "", " posix", "posix ")
	}
	if r.IntN(4) == 0 {
		scheme = strings.Map(func(c rune) rune { return pick(r, c, unicode.ToUpper(c)) }, scheme)
	}
	text := scheme + pick(r, ":", ":", ":", ":", ":", ":", ":", ":", ":", ":", "", "::", " :")
	text += pick(r, "", "/", "/", "/", "/", "/", "/", "//", "///", "////", "//host/", "//u@/", "//:80/") + pieces(r, 4)
	switch r.IntN(8) {
	case 0, 1, 2:
		text += pick(r, "?legacyKey=", "?legacyKey=", "?legacyKey=", "?legacyKey=", "?legacyKey", "?", "?&", "?legacykey=", "?key=", "?legacy%4Bey=") + pieces(r, 4)
		text += pick(r, "", "", "", "&legacyKey=", "&legacyKey=b", "&other=1", "&", "?") + pieces(r, 1)
	}
	return text + pick(r, "", "", "", "", "", "#", "#fragment", "#a?b#c", " ", "\n")
}

// pieces puts up to n odd pieces in a row.
func pieces(r *rand.Rand, n int) (text string) {
	for range r.IntN(n + 1) {
		text += pick(r, "a", "test", "B", "9", "/", "//", ".", "..", "/../", "%2F", "%2f", "%20", "%25", "%3F", "%23", "%00", "%7F", "%C3%A9",
			"%E9", "%FF", "%zz", "%", "%4", "%41", "%252F", "é", "日本", "😀", "e\u0301", " ", "+", ":", ";", "@", "[", "]", "\\", "^", "`", "{|}",
			"<>", "\"", "'", "!", "$", "*", "(", ")", ",", "=", "%3D", "&", "%26", "\t", "\n", "\x01", "\x7f", string(anyRune(r, 0xA0, 0xFFFD)))
	}
	return text
}
