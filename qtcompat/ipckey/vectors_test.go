package ipckey

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// vectors returns the columns of every line of a file of testdata, JSON strings decoded.
func vectors(t *testing.T, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		for i, column := range columns {
			if !strings.HasPrefix(column, `"`) {
				continue
			}
			if err := json.Unmarshal([]byte(column), &columns[i]); err != nil {
				t.Fatalf("%s: %s: %v", file, column, err)
			}
		}
		rows = append(rows, columns)
	}
	if len(rows) < 30 {
		t.Fatalf("%s has %d lines only", file, len(rows))
	}
	return rows
}

func numberColumn(t *testing.T, column string) uint16 {
	t.Helper()
	n, err := strconv.ParseUint(column, 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	return uint16(n)
}

func TestLegacyVectors(t *testing.T) {
	for _, row := range vectors(t, "legacy.txt") {
		name, base := row[0], row[1]+row[2]
		segment, semaphore := "qipc_sharedmemory_"+base, "qipc_systemsem_"+base
		for _, tt := range []struct {
			env    Env
			kind   Kind
			of     Type
			native string
			lock   string
		}{
			{linux, Segment, SystemV, "/tmp/" + segment, "/tmp/" + semaphore},
			{linux, Semaphore, SystemV, "/tmp/" + semaphore, "/tmp/" + semaphore},
			{linux, Segment, 82, "/tmp/" + segment, "/tmp/" + semaphore},
			{linux, Segment, PosixRealtime, "/" + segment, "/" + semaphore},
			{linux, Semaphore, PosixRealtime, "/" + semaphore, "/" + semaphore},
			{linux, Segment, Windows, segment, semaphore},
			{linux, Semaphore, Windows, semaphore, semaphore},
			{mac, Segment, SystemV, mac.TempDir + "/" + segment, mac.TempDir + "/" + semaphore},
			{mac, Segment, PosixRealtime, "/" + row[2][:29], "/" + row[2][:29]},
			{mac, Semaphore, PosixRealtime, "/" + row[2][:29], "/" + row[2][:29]},
		} {
			got, err := Legacy(tt.env, tt.kind, name, tt.of)
			want := Key{Type: tt.of, Native: tt.native, Legacy: name}
			if err != nil || got != want {
				t.Errorf("Legacy(%s, %v, %.40q, %v) = %+q, %v; want %+q", tt.env.GOOS, tt.kind, name, tt.of, got, err, want)
			}
			want.Native = tt.lock
			if lock, err := got.Semaphore(tt.env); err != nil || lock != want {
				t.Errorf("%+q.Semaphore(%s) = %+q, %v; want %+q", got, tt.env.GOOS, lock, err, want)
			}
		}
	}
}

func TestParseVectors(t *testing.T) {
	for _, row := range vectors(t, "parse.txt") {
		want := Key{Type: Type(numberColumn(t, row[1])), Native: row[2], Legacy: row[3]}
		got, err := Parse(row[0])
		if got != want || (err != nil) != (want.Type == 0) {
			t.Errorf("Parse(%+q) = %+q, %v; want %+q", row[0], got, err, want)
		}
	}
}

func TestStringVectors(t *testing.T) {
	for _, row := range vectors(t, "format.txt") {
		k := Key{Type: Type(numberColumn(t, row[0])), Native: row[1], Legacy: row[2]}
		if got := k.String(); got != row[3] {
			t.Errorf("%+q.String() = %+q, want %+q", k, got, row[3])
		}
	}
}
