package interop

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// sample is a QVariant as a QDataStream has it.
type sample struct {
	group, typeName string // the case, and the type inside the QVariant
	oldest, newest  int    // versions of the stream in which it is so
	bytes           string // hexadecimal
}

//go:embed testdata/streams.txt
var streamsText string

var samples = func() (all []sample) {
	for line := range strings.Lines(streamsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSpace(line), "\t")
		s := sample{group: columns[0], typeName: columns[1], bytes: columns[3]}
		if _, err := fmt.Sscanf(columns[2], "%d-%d", &s.oldest, &s.newest); err != nil {
			panic(line)
		}
		all = append(all, s)
	}
	return all
}()

// streamVersions are those that are tried: of Qt 4.3, 4.8, 5.0, 5.6, 5.15, 6.0, 6.6 and the newest.
var streamVersions = []int{7, 12, 13, 17, 19, 20, 22, 24}

// firstRelease has the release of Qt, as release makes it, that brought a type which not every Qt has.
var firstRelease = map[string]int{"QUuid": 500, "QRegularExpression": 500}

// knows reports whether the peer's Qt has the type.
func (p *Peer) knows(typeName string) bool {
	return p.isOurs() || release(p.Version) >= firstRelease[typeName]
}

// streams makes the case of a group of types: what one streams into a segment, in any version that both know, the other reads.
func streams(group string) func(c *Cell, writer, reader *Peer) {
	return func(c *Cell, writer, reader *Peer) {
		name := c.newName("stream")
		writer.creates(name, 4096)
		reader.attaches(name, 4096)
		if group == "D-paints" { // a peer without Qt Gui has neither QImage nor these
			for _, p := range []*Peer{writer, reader} {
				p.does("encode", "qimage", "")
			}
		}
		both := c.commonVersions(writer, reader)
		for _, s := range samples {
			if s.group != group || !writer.knows(s.typeName) || !reader.knows(s.typeName) {
				continue
			}
			for _, v := range both {
				if s.oldest <= v && v <= s.newest {
					format := "qvariant-" + strconv.Itoa(v)
					writer.gets(strconv.Itoa(len(s.bytes)/2), "put", "s", format, s.bytes)
					read := reader.does("get", "s", format)[0]
					c.trip(writer, reader, s.typeName+" "+s.bytes, s.typeName+" "+read)
				}
			}
		}
	}
}

// commonVersions are the versions of streams that both peers know.
func (c *Cell) commonVersions(a, b *Peer) (both []int) {
	const truth = "000000010001" // QVariant(true), since version 8
	for _, v := range streamVersions {
		format, value := "qvariant-"+strconv.Itoa(v), truth
		if v < 8 {
			value = "0000000101"
		}
		if !a.Ask("encode", format, value).Unsupported && !b.Ask("encode", format, value).Unsupported {
			both = append(both, v)
		}
	}
	if both == nil {
		a.does("encode", "qvariant-12", truth)
		b.does("encode", "qvariant-12", truth)
		c.failf("%s and %s have no version of QDataStream in common", a, b)
	}
	return both
}
