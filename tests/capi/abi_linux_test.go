package capi

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateABI = flag.Bool("update", false, "write abi.txt")

// abi is what programs are built upon: a value for each constant, struct, member and function, and the ABI number.
type abi struct {
	number string
	facts  map[string]string
}

func (a abi) String() string {
	lines := []string{"abi " + a.number}
	for _, name := range slices.Sorted(maps.Keys(a.facts)) {
		lines = append(lines, name+" = "+a.facts[name])
	}
	return strings.Join(lines, "\n") + "\n"
}

func parseABI(text string) abi {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	a := abi{strings.TrimPrefix(lines[0], "abi "), map[string]string{}}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, " = ")
		a.facts[name] = value
	}
	return a
}

// compareABI returns what is new, and what programs built with the old one would stumble over.
func compareABI(was, is abi) (added, broken []string) {
	for name, value := range is.facts {
		if _, known := was.facts[name]; known {
			continue
		}
		if structure, ok := within(name, value, was); ok {
			broken = append(broken, name+" is new within what was "+structure)
		} else {
			added = append(added, name+" = "+value)
		}
	}
	for name, value := range was.facts {
		now, there := is.facts[name]
		switch {
		case !there:
			broken = append(broken, name+" is gone")
		case now == value:
		case grown(name, value, now, is):
			added = append(added, fmt.Sprintf("%s grows from %s to %s", name, value, now))
		default:
			broken = append(broken, fmt.Sprintf("%s changes from %s to %s", name, value, now))
		}
	}
	slices.Sort(added)
	slices.Sort(broken)
	return added, broken
}

// within reports whether it is a member in the room that its struct had before, where struct_size cannot tell old from new.
func within(name, value string, was abi) (structure string, ok bool) {
	structure, _, _ = strings.Cut(name, ".")
	var at, size int
	if _, err := fmt.Sscanf(value, "at %d", &at); err != nil {
		return "", false
	}
	_, err := fmt.Sscan(was.facts["sizeof "+structure], &size)
	return structure, err == nil && at < size
}

// grown reports whether it is the size of a struct that may grow: one that begins with its size.
func grown(name, was, is string, now abi) bool {
	structure, ok := strings.CutPrefix(name, "sizeof ")
	var before, after int
	_, err := fmt.Sscan(was+" "+is, &before, &after)
	return ok && err == nil && after > before && strings.HasPrefix(now.facts[structure+".struct_size"], "at 0,")
}

func TestCompareABI(t *testing.T) {
	const was = "abi 3\nA = 1\nB = 2\nsizeof s = 16\ns.struct_size = at 0, 8 bytes: size_t\ns.a = at 8, 4 bytes: int32_t\nsizeof p = 4\np.x = at 0, 4 bytes: int32_t\nf = int f(void)\n"
	for name, test := range map[string]struct {
		old, new      string
		added, broken string
	}{
		"nothing":                 {"", "", "", ""},
		"a new constant":          {"B = 2\n", "B = 2\nC = 3\n", "C = 3", ""},
		"a new function":          {"f = int f(void)\n", "f = int f(void)\ng = int g(void)\n", "g = int g(void)", ""},
		"a struct grows":          {"sizeof s = 16\n", "sizeof s = 24\ns.b = at 16, 8 bytes: int64_t\n", "s.b = at 16, 8 bytes: int64_t\nsizeof s grows from 16 to 24", ""},
		"a struct shrinks":        {"sizeof s = 16\n", "sizeof s = 12\n", "", "sizeof s changes from 16 to 12"},
		"one without size grows":  {"sizeof p = 4\n", "sizeof p = 8\n", "", "sizeof p changes from 4 to 8"},
		"a member fills a gap":    {"sizeof s = 16\n", "sizeof s = 16\ns.b = at 12, 4 bytes: int32_t\n", "", "s.b is new within what was s"},
		"a member moves":          {"s.a = at 8,", "s.a = at 12,", "", "s.a changes from at 8, 4 bytes: int32_t to at 12, 4 bytes: int32_t"},
		"a member loses its sign": {"int32_t\nsizeof p", "uint32_t\nsizeof p", "", "s.a changes from at 8, 4 bytes: int32_t to at 8, 4 bytes: uint32_t"},
		"a member goes":           {"s.a = at 8, 4 bytes: int32_t\n", "", "", "s.a is gone"},
		"a constant changes":      {"B = 2", "B = 3", "", "B changes from 2 to 3"},
		"a constant goes":         {"A = 1\n", "", "", "A is gone"},
		"a prototype changes":     {"int f(void)", "int f(int)", "", "f changes from int f(void) to int f(int)"},
		"a function goes":         {"f = int f(void)\n", "", "", "f is gone"},
		"one of several is wrong": {"A = 1\nB = 2\n", "A = 9\nB = 2\nC = 3\n", "C = 3", "A changes from 1 to 9"},
	} {
		added, broken := compareABI(parseABI(was), parseABI(strings.Replace(was, test.old, test.new, 1)))
		if a, b := strings.Join(added, "\n"), strings.Join(broken, "\n"); a != test.added || b != test.broken {
			t.Errorf("%s: added %q, broken %q; want %q, %q", name, a, b, test.added, test.broken)
		}
	}
	if got := parseABI(was); got.number != "3" || got.String() == "" || parseABI(got.String()).facts["f"] != "int f(void)" {
		t.Errorf("%+v", got)
	}
}

// TestABI compares the header with what abi.txt has recorded of it. ABI.md says what may change.
func TestABI(t *testing.T) {
	is := headerABIWith(t, "gcc")
	was := parseABI(read(t, "abi.txt"))
	added, broken := compareABI(was, is)
	switch {
	case was.number == is.number && len(broken) > 0:
		t.Errorf("programs that were built before would break: take it back, or change SHMBRIDGE_ABI_VERSION, and the node in libshmbridge.map:\n%s", strings.Join(broken, "\n"))
	case *updateABI:
		if err := os.WriteFile("abi.txt", []byte(is.String()), 0o644); err != nil {
			t.Error(err)
		}
	case was.number != is.number || len(added) > 0:
		t.Errorf("new, to be recorded with go test ./tests/capi -run TestABI -update:\nabi %s\n%s", is.number, strings.Join(added, "\n"))
	}
}

// TestExports compares what the library exports, shared and static, with what the header declares and what the version script says.
func TestExports(t *testing.T) {
	number := headerNumber(t, "ABI_VERSION")
	var declared []string
	for name := range prototypes(t) {
		declared = append(declared, name)
	}
	script := read(t, "../../capi/libshmbridge.map")
	if node := "SHMBRIDGE_" + number + " {"; !strings.Contains(script, node) {
		t.Errorf("libshmbridge.map has no node %s", node)
	}
	var listed []string
	for _, match := range regexp.MustCompile(`(?m)^ +(shmbridge_\w+);`).FindAllStringSubmatch(script, -1) {
		listed = append(listed, match[1])
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) {
		t.Errorf("the header declares\n%q, libshmbridge.map lists\n%q", declared, listed)
	}
	for library, option := range map[string]string{"libshmbridge.so": "--dynamic", "libshmbridge.a": "--extern-only"} {
		if names := exported(t, filepath.Join(built(t, "stage/lib"), library), option); !slices.Equal(declared, names) {
			t.Errorf("the header declares\n%q, %s exports\n%q", declared, library, names)
		}
	}
}

// exported are the names that others can link to, but for those of symbol versions.
func exported(t *testing.T, library, option string) (names []string) {
	t.Helper()
	for line := range strings.Lines(does(t, nil, "nm", "--defined-only", "--format=posix", option, library)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[1] != "A" {
			name, _, _ := strings.Cut(fields[0], "@")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
