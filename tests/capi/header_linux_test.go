package capi

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// header is shmbridge.h without comments.
func header(t *testing.T) string {
	t.Helper()
	return regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(read(t, "../../include/shmbridge.h"), "")
}

// prototypes are the functions of the header by name, each on one line, without the names of parameters.
func prototypes(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, match := range regexp.MustCompile(`(?m)^[a-z][^;{}#]*?(shmbridge_\w+)\([^;{}]*\);`).FindAllStringSubmatch(header(t), -1) {
		line := strings.Join(strings.Fields(strings.TrimSuffix(match[0], ";")), " ")
		found[match[1]] = regexp.MustCompile(` (\**)\w+([,)])`).ReplaceAllString(line, "$1$2")
	}
	return found
}

// constants are the names of the enumerators.
func constants(t *testing.T) (names []string) {
	t.Helper()
	text := header(t)
	for _, match := range regexp.MustCompile(`X\((SHMBRIDGE_\w+),`).FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	for _, enum := range regexp.MustCompile(`(?s)enum \{([^}(]*)\}`).FindAllStringSubmatch(text, -1) {
		for _, match := range regexp.MustCompile(`(SHMBRIDGE_\w+) =`).FindAllStringSubmatch(enum[1], -1) {
			names = append(names, match[1])
		}
	}
	return names
}

// member is one of a struct; kind is its type, or that of an array's elements.
type member struct{ kind, name string }

// members are those of the header's structs, by the struct's name.
func members(t *testing.T) map[string][]member {
	t.Helper()
	found := map[string][]member{}
	for _, match := range regexp.MustCompile(`(?s)typedef struct (\w+) \{(.*?)\}`).FindAllStringSubmatch(header(t), -1) {
		for _, m := range regexp.MustCompile(`([a-z_0-9 *]+?) (\w+)(?:\[\w+\])?;`).FindAllStringSubmatch(match[2], -1) {
			found[match[1]] = append(found[match[1]], member{strings.TrimSpace(m[1]), m[2]})
		}
	}
	return found
}

// headerABIWith lets a C program say what a compiler makes of the header; runner is the command that runs the program, if there is one.
func headerABIWith(t *testing.T, compiler string, runner ...string) abi {
	t.Helper()
	program := "#include <stdio.h>\n#include <shmbridge.h>\n" +
		"#define MEMBER(s, m, kind) printf(#s \".\" #m \" = at %zu, %zu bytes: \" #kind \"\\n\", offsetof(s, m), sizeof(((s *)0)->m))\n" +
		"int main(void)\n{\n    printf(\"abi %d\\n\", SHMBRIDGE_ABI_VERSION);\n"
	for _, name := range constants(t) {
		program += fmt.Sprintf("    printf(\"%s = %%d\\n\", %[1]s);\n", name)
	}
	for structure, all := range members(t) {
		program += fmt.Sprintf("    printf(\"sizeof %s = %%zu\\n\", sizeof(%[1]s));\n", structure)
		for _, m := range all {
			program += fmt.Sprintf("    MEMBER(%s, %s, %s);\n", structure, m.name, m.kind)
		}
	}
	dir := t.TempDir()
	source, binary := filepath.Join(dir, "abi.c"), filepath.Join(dir, "abi.exe")
	if err := os.WriteFile(source, []byte(program+"    return 0;\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	does(t, nil, compiler, "-std=c11", "-Wall", "-Werror", "-I"+absolute(t, "include"), "-o", binary, source)
	a := parseABI(strings.ReplaceAll(does(t, nil, append(runner, binary)...), "\r\n", "\n"))
	for name, prototype := range prototypes(t) {
		a.facts[name] = prototype
	}
	return a
}

// What is not found in the header would not be compared.
func TestHeaderIsRead(t *testing.T) {
	text := header(t)
	if got, want := len(prototypes(t)), strings.Count(text, ");")-strings.Count(text, "struct_size);"); got != want || got < 30 {
		t.Errorf("%d functions, want %d", got, want)
	}
	if got, want := constants(t), strings.Count(text, "    X(")+strings.Count(text, " = "); len(got) < want-2 || len(got) < 40 {
		t.Errorf("%d constants of about %d: %q", len(got), want, got)
	}
	all := members(t)
	if got := len(all); got != strings.Count(text, "_info;")+1 || !slices.Contains(all["shmbridge_error"], member{"char", "message"}) || !slices.Contains(all["shmbridge_segment_info"], member{"uint8_t", "lock_exists"}) {
		t.Errorf("structs: %v", all)
	}
	for structure, found := range all {
		if found[0] != (member{"size_t", "struct_size"}) {
			t.Errorf("%s does not begin with struct_size, but %v", structure, found[0])
		}
	}
}
