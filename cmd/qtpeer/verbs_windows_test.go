package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// run runs qtpeer with the rules of a version of Qt, and returns what it prints.
func run(t *testing.T, version, input string, exit int, args ...string) string {
	t.Helper()
	cmd := qtpeer(t, append([]string{"--qt-version", version}, args...)...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if exitStatus(err) != exit {
		t.Errorf("%q: %v, want exit status %d", args, err, exit)
	}
	return string(out)
}

// The verbs read, fill, lock and list what each real Qt has made, and Qt what they have.
func TestVerbsMeetQt(t *testing.T) {
	for name := range implementations {
		if !isBuild(name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			segment, version := letters(), buildVersion(name)
			qt := startPeer(t, name)
			native := strings.TrimPrefix(qt.ask("segment a "+segment), "ok ")
			qt.wantSize("create a 100", 100)
			qt.want("put a qstring %D0%BA%D0%BB%D1%8E%D1%87", "ok 12")
			if got := run(t, version, "", 0, "read", segment, "--as", "qstring"); got != "ключ\n" {
				t.Errorf("read: %q", got)
			}
			run(t, version, "a text\r\n", 0, "write", segment, "--as", "text")
			qt.want("get a text", "ok a%20text")
			qt.want("lock a", "ok")
			run(t, version, "", 4, "read", segment, "--timeout", "0")
			if got := run(t, version, "", 0, "info", segment, "--json"); !strings.Contains(got, `"size":4096,"attached":1,`) ||
				!strings.Contains(got, `"value":0,`) {
				t.Errorf("info: %s", got)
			}
			if got := run(t, version, "", 0, "ls", "--json"); !strings.Contains(got, `"key":"windows:`+native+"?legacyKey="+segment+`"`) {
				t.Errorf("ls: %s", got)
			}
			qt.want("unlock a", "ok")
			run(t, version, "", 3, "create", segment, "--size", "4")
			run(t, version, "", 1, "clean", segment, "--yes")
			observer := startPeer(t, "go")
			if names := observer.ask("names") + " "; !strings.Contains(names, " "+native+" ") {
				t.Errorf("names: %s", names)
			}
			qt.want("exit", "ok")
			qt.end()
			run(t, version, "", 2, "info", segment)
			if names := observer.ask("names"); strings.Contains(names, segment) {
				t.Errorf("names afterwards: %s", names)
			}
			observer.want("exit", "ok")
			observer.end()
		})
	}
}

// A name of half a character, as any program may pass it, is refused.
func TestArgumentsThatAreNotUnicode(t *testing.T) {
	const half = "a\xed\xa0\x80"
	for _, args := range [][]string{
		{"read", half}, {"create", half, "--size", "1"}, {"info", "--key", "windows:" + half}, {"sem", "value", half}, {"key", half},
		{"lock", half, "--", "qtpeer"}, {"read", "test", "--as", half}, {half},
	} {
		var failure struct{ Code string }
		cmd := qtpeer(t, append([]string{"--json"}, args...)...)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		if err := cmd.Run(); exitStatus(err) != 1 || json.Unmarshal([]byte(stderr.String()), &failure) != nil || failure.Code == "" {
			t.Errorf("%q: %v, %s", args, err, stderr.String())
		}
	}
}
