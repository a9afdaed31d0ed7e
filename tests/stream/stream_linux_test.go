// Package stream compares qtcompat/datastream with QDataStream of real Qt on random QVariants, both ways:
//
//	cmake --build build --target qtvariants
//	go test ./tests/stream [-args -seed N -trees N]
//
// It does so with the system's Qt 5 and Qt 6 and with the builds in .cache/qt that have Qt Gui.
package stream

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

var (
	bin   = flag.String("bin", top+"/build/bin", "`directory` of the programs")
	seed  = flag.Uint("seed", 1, "the seed of the first trees, from 1 up; the next ones have the next seeds")
	trees = flag.Uint("trees", 10000, "how many `QVariants` to stream, each way, for each Qt")
)

const maxFailures = 10

func TestSameAsQt(t *testing.T) {
	for name, directory := range directories(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := start(t, name, directory)
			failures := 0
			for n := uint32(*seed); n < uint32(*seed+*trees) && failures < maxFailures; n++ {
				if err := errors.Join(qtReadsOurs(q, n), weReadQts(q, n)); err != nil {
					t.Errorf("Qt %s, -run %s -args -seed %d -trees 1:\n%v", q.version, t.Name(), n, err)
					failures++
				}
			}
			q.checkCompared(t)
		})
	}
}

// checkCompared fails the test if there is a type of which no value of Qt's and ours was compared by Qt.
func (q *qt) checkCompared(t *testing.T) {
	const enough = 5000 // trees to have each type in
	for _, name := range q.types {
		switch _, err := datastream.ParseType(name, userTypes); {
		case err != nil:
			t.Errorf("Qt %s streams %s: %v", q.version, name, err)
		case *trees >= enough && !q.compared[spelling(name)] && !identities[name]:
			t.Errorf("Qt %s has found no two values of %s equal", q.version, name)
		}
	}
}

// identities are types of which Qt compares where they are and not what they are.
var identities = map[string]bool{"QPixmap": true, "QBitmap": true, "QIcon": true}

// qtReadsOurs has Qt read a random QVariant that is written here.
func qtReadsOurs(q *qt, seed uint32) error {
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	for {
		f := randomFormat(random, q.newest)
		g := &generator{random, f, q}
		v := g.variant(g.IntN(4))
		err := sent(q, f, v)
		if !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
}

// weReadQts reads a random QVariant that Qt writes, writes it again, and has Qt read it in another format.
func weReadQts(q *qt, seed uint32) error {
	random := rand.New(rand.NewPCG(uint64(seed), 1))
	f, newest := randomFormat(random, q.newest), datastream.Format{Version: q.newest}
	a, err := q.ask(f, seed, nil, nil)
	if err != nil {
		return fmt.Errorf("%+v: %w", f, err)
	}
	if err := errors.Join(unchanged(f, a.given), unchanged(newest, a.newest), check(q, f, a)); err != nil {
		return err
	}
	v, err := read(newest, a.newest)
	if err != nil {
		return err
	}
	f = randomFormat(random, q.newest)
	f.Version = max(f.Version, datastream.V2_0) // what Qt does not read again in version 1 it makes for that version only
	if err := sent(q, f, v); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// randomFormat returns a format that a Qt knows.
func randomFormat(r *rand.Rand, newest datastream.Version) datastream.Format {
	version := newest
	if r.IntN(3) > 0 {
		version = 1 + datastream.Version(r.IntN(int(newest)))
	}
	return datastream.Format{Version: version, ByteOrder: datastream.ByteOrder(r.IntN(2)), Precision: datastream.Precision(r.IntN(2))}
}

// unchanged returns an error unless what is read from b is written as b.
func unchanged(f datastream.Format, b []byte) error {
	v, err := read(f, b)
	if err != nil || hasTwoForms(f, v) {
		return err
	}
	again, err := f.AppendQVariant(nil, v)
	if err != nil || !bytes.Equal(again, b) {
		return fmt.Errorf("%+v: %x\n is written again, error %v, %s", f, b, err, difference(b, again))
	}
	return nil
}

// difference says where two byte slices begin to differ.
func difference(a, b []byte) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	const around = 40
	from := max(n-around, 0)
	return fmt.Sprintf("at byte %d otherwise:\n %x\n %x", n, a[from:min(n+around, len(a))], b[from:min(n+around, len(b))])
}
