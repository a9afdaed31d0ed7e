//go:build linux

package interop

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestKeys asks Go and every Qt for the native keys of random names.
func TestKeys(t *testing.T) {
	names := randomNames(t, 1000)
	if err := Play(programs(t), func(c *Cell) {
		ours := c.Start("go")
		for _, kind := range qts {
			qt := c.Start(kind)
			for _, name := range names {
				qt.gets(ours.does("key", name)[0], "key", name)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%d random keys: Go and %s derive the same\n", len(names), strings.Join(qts, ", "))
}

// TestSemaphoreNames compares the key files that Go and every Qt make for semaphores of random names, or the errors when
// the name is too long for a file.
func TestSemaphoreNames(t *testing.T) {
	defer wantNothingLeft(t)()
	names := append(randomNames(t, 50), strings.Repeat("x", 200), strings.Repeat("x", 201))
	if err := Play(programs(t), func(c *Cell) {
		want := c.semaphoreFiles("go", names)
		if !slices.Contains(want, "KeyError") {
			c.failf("no name was too long")
		}
		for _, kind := range qts {
			for i, got := range c.semaphoreFiles(kind, names) {
				if got != want[i] {
					c.failf("semaphore %q: the key file of %s is %s, of go %s", names[i], kind, got, want[i])
				}
			}
		}
	}); err != nil {
		t.Error(err)
	}
}

// semaphoreFiles returns for each name the key file of its semaphore, or the code of the error.
func (c *Cell) semaphoreFiles(kind string, names []string) (files []string) {
	p := c.Start(kind)
	for i, name := range names {
		id := strconv.Itoa(i)
		answer := p.Ask("sem", id, name, "1", "create")
		if answer.Code != "" {
			files = append(files, answer.Code)
			continue
		}
		made := c.files()
		if len(made) != 1 {
			c.failf("%s makes the key files %q for one semaphore", p, made)
		}
		files = append(files, made[0])
		p.does("close", id)
		c.wantFiles()
	}
	return files
}

// randomNames makes n names of 1 to 300 characters. A failing test tells the seed.
func randomNames(t *testing.T, n int) (names []string) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range n {
		name := make([]rune, 1+r.IntN(300))
		kind := r.IntN(len(alphabets) + 1)
		for i := range name {
			name[i] = alphabets[(kind+r.IntN(2)*r.IntN(len(alphabets)))%len(alphabets)](r)
		}
		names = append(names, string(name))
	}
	return names
}

// alphabets are sources of characters.
var alphabets = []func(r *rand.Rand) rune{
	func(r *rand.Rand) rune { return 'a' + rune(r.IntN(26)) },
	func(r *rand.Rand) rune { return 'A' + rune(r.IntN(26)) },
	func(r *rand.Rand) rune { return '0' + rune(r.IntN(10)) },
	func(r *rand.Rand) rune { return '!' + rune(r.IntN('0'-'!')) }, // punctuation, / and % among it
	func(r *rand.Rand) rune { return rune(1 + r.IntN(' ')) },       // control characters and the space
	func(r *rand.Rand) rune { return anyRune(r, 0x80, 0x2FFF) },
	func(r *rand.Rand) rune { return anyRune(r, 0x3000, 0xFFFD) },
	func(r *rand.Rand) rune { return anyRune(r, 0x10000, unicode.MaxRune) },
}

// anyRune returns a character of the range that is no surrogate.
func anyRune(r *rand.Rand, from, to rune) rune {
	for {
		if c := from + rune(r.IntN(int(to-from)+1)); !unicode.Is(unicode.Cs, c) {
			return c
		}
	}
}
