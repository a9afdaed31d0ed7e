package main

import (
	"bytes"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// recorded is what a real Qt wrote of a value.
type recorded struct {
	typ    string
	stream []byte
}

// eachRecorded calls fn for the streams of types that are known here, of the versions of Qt with whose values package
// datastream is tested. Those that could be of any type are left out: a few bytes, or only bits that are all 0 or all 1.
func eachRecorded(t *testing.T, fn func(recorded)) {
	t.Helper()
	files, err := filepath.Glob("../../qtcompat/datastream/testdata/vectors/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		for line := range strings.Lines(readString(t, file)) {
			fields := strings.Split(line, "\t")
			if len(fields) != 7 {
				continue
			}
			typ, err := datastream.ParseType(fields[0], nil)
			stream, hexErr := hex.DecodeString(fields[4])
			if err == nil && hexErr == nil && len(stream) >= 4 && len(bytes.Trim(stream, "\x00\xff")) > 0 {
				fn(recorded{typ.String(), stream})
			}
		}
	}
}

// recordedStreams returns at most n streams of each type, evenly chosen, without those that package datastream does not
// read, as the BMP files of version 1.
func recordedStreams(t *testing.T, n int) (chosen []recorded) {
	t.Helper()
	var types []string
	byType := map[string][]recorded{}
	eachRecorded(t, func(r recorded) {
		if byType[r.typ] == nil {
			types = append(types, r.typ)
		}
		byType[r.typ] = append(byType[r.typ], r)
	})
	for _, typ := range types {
		all := byType[typ]
		for i := range min(n, len(all)) {
			r := all[i*len(all)/min(n, len(all))]
			if newBlock(r.stream).readings(candidateOf(typ)) != nil {
				chosen = append(chosen, r)
			}
		}
	}
	return chosen
}

// likewise are types that are not tried, as others have the same bytes.
var likewise = map[string]string{
	"QVector<int>": "QList<int>", "QList<uchar>": "QByteArray", "QList<QString>": "QStringList", "QSet<QString>": "QStringList",
	"QHash<int,QString>": "QMap<int,QString>", "QMultiMap<int,int>": "QMap<int,int>", "QMultiHash<int,int>": "QMap<int,int>",
	"QPair<int,QString>": "int,QString",
}

// rank returns where the type of a recorded stream is among the guesses, -1 if it is not.
func rank(r recorded) int {
	return slices.IndexFunc(newBlock(r.stream).guesses(), func(g guess) bool {
		names := append([]string{g.spelling}, g.also...)
		return g.length == len(r.stream) && (slices.Contains(names, r.typ) || slices.Contains(names, likewise[r.typ]))
	})
}

// Of what real Qt writes, with no hint at all, the first guess is mostly right, and the first three nearly always.
func TestGuessesOfWhatQtWrites(t *testing.T) {
	streams := recordedStreams(t, 2)
	var first, three int
	for _, r := range streams {
		n := rank(r)
		if n == 0 {
			first++
		}
		if n >= 0 && n < 3 {
			three++
		} else {
			t.Logf("%s is guess %d of %x", r.typ, n, r.stream[:min(64, len(r.stream))])
		}
	}
	percent := func(n int) int { return 100 * n / len(streams) }
	t.Logf("of %d streams the first guess is right in %d %%, one of the first three in %d %%", len(streams), percent(first), percent(three))
	if len(streams) < 150 || percent(first) < 78 || percent(three) < 90 {
		t.Errorf("that is less than it was")
	}
}
