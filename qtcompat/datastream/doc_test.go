package datastream

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// tableRow is a row of the table in doc.go.
type tableRow struct {
	types               []string
	goType, first, last string
}

func documentedRows(t *testing.T) (rows []tableRow) {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`^//\t(.+?) {2,}(.+?) {2,}.*? (\d+)-(\d+) +[56]`)
	for line := range strings.Lines(string(text)) {
		if m := row.FindStringSubmatch(line); m != nil {
			rows = append(rows, tableRow{strings.Split(m[1], ", "), m[2], m[3], m[4]})
		}
	}
	return rows
}

// TestTypeTable compares the table in doc.go with the types that there are and with the versions that are recorded of them.
func TestTypeTable(t *testing.T) {
	first, last := map[string]Version{}, map[string]Version{}
	note := func(name string, v Version) {
		if first[name] == 0 || v < first[name] {
			first[name] = v
		}
		last[name] = max(last[name], v)
	}
	for _, l := range vectors(t) {
		if l.readable() {
			note(l.t.name, l.f.Version)
			if name, _, ok := strings.Cut(strings.TrimPrefix(l.value, `{"type":"`), `"`); ok && l.typ == "QVariant" {
				note(name, l.f.Version)
			}
		}
	}
	documented := map[string]bool{}
	for _, row := range documentedRows(t) {
		for _, name := range row.types {
			typ, err := ParseType(name, nil)
			if err != nil {
				continue // QList and the other containers
			}
			documented[typ.name] = true
			if want := strings.TrimPrefix(fmt.Sprint(typ.goType), "datastream."); typ.goType != nil && !sameTypeName(row.goType, want) {
				t.Errorf("%s has the Go type %s, which is %s", name, row.goType, want)
			}
			if row.first != fmt.Sprint(first[typ.name]) || row.last != fmt.Sprint(last[typ.name]) {
				t.Errorf("%s has versions %s-%s, recorded are %d-%d", name, row.first, row.last, first[typ.name], last[typ.name])
			}
		}
	}
	for _, b := range builtins() {
		if !documented[b.name] {
			t.Errorf("%s is not in the table", b.name)
		}
	}
}

func sameTypeName(documented, is string) bool {
	is = strings.NewReplacer("datastream.", "", "[]uint8", "[]byte", "uint8]", "byte]", "[16]uint8", "[16]byte").Replace(is)
	is = regexp.MustCompile(`[a-z/.]+/qtcompat/`).ReplaceAllString(is, "")
	is = strings.ReplaceAll(is, ",", ", ")
	return documented == is || is == reflect.TypeFor[any]().String() && documented == "any"
}
