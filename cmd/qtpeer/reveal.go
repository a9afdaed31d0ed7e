package main

import (
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What Qt derives from a name begins with one of these and ends in the name's ASCII letters and its SHA-1.
const (
	legacySegment   = "qipc_sharedmemory_"
	legacySemaphore = "qipc_systemsem_"
	shaDigits       = 40
)

// revealer finds the names from which Qt has derived keys: it derives keys from names that they may be. It does so once for
// each key, and only from names with the letters of one.
type revealer struct {
	names func(users []string) []string
	found map[string]string // by the end of the native key; "" if none of the names was it
}

// newRevealer returns one that also takes the names in tried.
func newRevealer(tried []string) *revealer {
	return &revealer{func(users []string) []string { return likelyNames(tried, users) }, map[string]string{}}
}

// reveal puts the names it finds into the keys of listed.
func (r *revealer) reveal(listed []bridge.Info, c *census) {
	letters, users := map[string]bool{}, map[string]bool{}
	for _, i := range listed {
		end := legacyEnd(i.Key)
		if _, known := r.found[end]; known || end == "" || i.Key.Legacy != "" {
			continue
		}
		r.found[end] = ""
		letters[end[:len(end)-shaDigits]] = true
		users[shownOwner(c, i)] = true
	}
	if len(letters) > 0 {
		r.search(letters, slices.Collect(maps.Keys(users)))
	}
	for k := range listed {
		if key := &listed[k].Key; key.Legacy == "" {
			key.Legacy = r.found[legacyEnd(*key)]
		}
	}
}

// search looks for names that have these letters.
func (r *revealer) search(letters map[string]bool, users []string) {
	for _, name := range r.names(users) {
		if letters[asciiLetters(name)] {
			r.try(name)
		}
	}
	for l := range letters {
		for name := range spellings(l, maxSpellings/len(letters)) {
			r.try(name)
		}
	}
}

func (r *revealer) try(name string) {
	key, err := ipckey.Legacy(ipckey.Env{}, ipckey.Segment, name, ipckey.Windows) // the shortest form
	end := strings.TrimPrefix(key.Native, legacySegment)
	if _, wanted := r.found[end]; err == nil && wanted {
		r.found[end] = name
	}
}

// maxSpellings bounds how many names are made up in all: it takes a few hundredths of a second.
const maxSpellings = 50_000

// spellings are up to n names with these letters: those alone, with a number behind them, and with one separator, or two of
// the same kind, between them.
func spellings(letters string, n int) iter.Seq[string] {
	return func(yield func(string) bool) {
		give := func(name string) bool {
			n--
			return n >= 0 && yield(name)
		}
		if !give(letters) {
			return
		}
		for number := range 100 {
			if !give(fmt.Sprint(letters, number)) {
				return
			}
		}
		for _, separator := range []string{"_", "-", " ", ".", "/", ":"} {
			for k := 1; k <= len(letters); k++ {
				if !give(letters[:k] + separator + letters[k:]) {
					return
				}
			}
		}
		for _, separator := range []string{"_", "-", " ", "."} {
			for k := 1; k < len(letters); k++ {
				for l := k + 1; l < len(letters); l++ {
					if !give(letters[:k] + separator + letters[k:l] + separator + letters[l:]) {
						return
					}
				}
			}
		}
	}
}

// legacyEnd returns the letters and the SHA-1 in a native key that Qt derived from a name, and "" for others.
func legacyEnd(key ipckey.Key) string {
	name := path.Base(key.Native)
	end, ok := strings.CutPrefix(name, legacySegment)
	if !ok {
		end, ok = strings.CutPrefix(name, legacySemaphore)
	}
	letters := len(end) - shaDigits
	if !ok || letters < 0 || asciiLetters(end[:letters]) != end[:letters] || strings.Trim(end[letters:], "0123456789abcdef") != "" {
		return ""
	}
	return end
}

// asciiLetters is what Qt leaves of a name.
func asciiLetters(name string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, name)
}
