package living

import (
	"crypto/sha1"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

const shmDir = "/dev/shm"

// machine is what there is in this IPC namespace, in /dev/shm and in other directories: names, and what must not change of
// what bears them.
type machine map[string]string

func look(t *testing.T, dirs ...string) machine {
	t.Helper()
	m := machine{}
	for kind, keep := range map[string][]int{
		"shm": {0, 2, 3, 4, 6, 7, 8, 9, 10, 13}, // proc_sysvipc(5): all but who attached last and when, and what is in memory
		"sem": {0, 2, 3, 4, 5, 6, 7, 9},         // and all but when it was operated on
	} {
		for _, row := range table(t, kind) {
			what := kind
			for _, column := range keep {
				what += " " + row[column]
			}
			if kind == "sem" {
				id, _ := strconv.Atoi(row[1])
				value, err := sysv.SemValue(id)
				what += fmt.Sprint(" = ", value, err)
			}
			m[kind+" "+row[1]] = what
		}
	}
	for _, dir := range append(dirs, shmDir) {
		m.lookInto(t, dir)
	}
	return m
}

// table returns the rows of /proc/sysvipc.
func table(t *testing.T, kind string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile("/proc/sysvipc/" + kind)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		rows = append(rows, strings.Fields(line))
	}
	return rows[1:]
}

func (m machine) lookInto(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		st := info.Sys().(*syscall.Stat_t)
		var content []byte
		if info.Mode().IsRegular() {
			if content, err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
		m[path] = fmt.Sprint(info.Mode(), st.Uid, st.Gid, st.Ino, st.Nlink, info.Size(), info.ModTime(), sha1.Sum(content))
	}
}

// since tells how the machine differs from what it was.
func (m machine) since(before machine) (differences []string) {
	for name, was := range before {
		if is, exists := m[name]; !exists {
			differences = append(differences, "gone: "+name+": "+was)
		} else if is != was {
			differences = append(differences, "changed: "+name+": "+was+" -> "+is)
		}
	}
	for name, is := range m {
		if _, existed := before[name]; !existed {
			differences = append(differences, "new: "+name+": "+is)
		}
	}
	slices.Sort(differences)
	return differences
}

// missing lists what has gone.
func (m machine) missing(now machine) (names []string) {
	for name := range m {
		if _, exists := now[name]; !exists {
			names = append(names, name)
		}
	}
	return names
}

// wantAsBefore fails the test if the machine is not what it was.
func wantAsBefore(t *testing.T, before machine, dirs ...string) {
	t.Helper()
	if differences := look(t, dirs...).since(before); differences != nil {
		t.Fatalf("the machine is not what it was:\n%s", strings.Join(differences, "\n"))
	}
}
