//go:build linux

package interop

import (
	"math/rand/v2"
	"testing"
	"unicode"
)

// random returns a source of random choices. A failing test tells its seed.
func random(t *testing.T) *rand.Rand {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// pick returns one of the choices.
func pick[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }

// randomName makes a name of 1 to 300 characters.
func randomName(r *rand.Rand) string {
	name := make([]rune, 1+r.IntN(300))
	kind := r.IntN(len(alphabets) + 1)
	for i := range name {
		name[i] = alphabets[(kind+r.IntN(2)*r.IntN(len(alphabets)))%len(alphabets)](r)
	}
	return string(name)
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

// anyRune returns a character of the range that is neither a surrogate nor a noncharacter, of which Qt 4 makes a
// question mark.
func anyRune(r *rand.Rand, from, to rune) rune {
	for {
		if c := from + rune(r.IntN(int(to-from)+1)); !unicode.In(c, unicode.Cs, unicode.Noncharacter_Code_Point) {
			return c
		}
	}
}
