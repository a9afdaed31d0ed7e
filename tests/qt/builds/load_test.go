//go:build linux && amd64

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The system's library answers for what all Qt core libraries do; a change of a byte makes it one that cannot be loaded.
func TestTryLoad(t *testing.T) {
	core := coreOf(t, "9.99.1")
	replaced := func(old, new string) []byte {
		if len(old) != len(new) || !bytes.Contains(core, []byte(old)) {
			t.Fatalf("cannot replace %q by %q", old, new)
		}
		return bytes.ReplaceAll(core, []byte(old), []byte(new))
	}
	for _, test := range []struct {
		name    string
		library []byte
		wants   []string
	}{
		{"good", core, nil},
		{"another version", coreOf(t, "9.99.2"), []string{`says "This is the QtCore library version Qt 9.99.2 `, "correct tests/qt/builds.txt and remove "}},
		{"no Qt", replaced("This is the QtCore", "This is no Qt Core"), []string{`says "This is no Qt Core library`}},
		{"lacks libraries", replaced("libz.so.1", "libz.so.0"), []string{"cannot load ", ": the system lacks libz.so.0"}},
		{"lacks a function", replaced("g_main_context_wakeup", "g_main_context_wokeup"), []string{"cannot load ", "undefined symbol: g_main_context_wokeup"}},
		{"half", core[:len(core)/2], []string{"cannot load ", "; if the file is damaged, remove /"}},
		{"text", []byte("text\n"), []string{"cannot load ", "file too short"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			library := filepath.Join(t.TempDir(), "libQt5Core.so.5")
			if err := os.WriteFile(library, test.library, 0o644); err != nil {
				t.Fatal(err)
			}
			err := tryLoad(library, "9.99.1")
			if test.wants != nil {
				wantError(t, err, append(test.wants, library)...)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// The text is what the dynamic linker of Debian 12 printed for Qt 6.12.0 without some libraries.
func TestDescribeMissing(t *testing.T) {
	const some = `	libicudata.so.73 => /cache/libicudata.so.73 (0x00007f1e63e00000)
	libzstd.so.1 => not found
	libglib-2.0.so.0 => not found
	libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f1e66fe3000)
	libgthread-2.0.so.0 => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f1e67004000)
`
	for listed, want := range map[string]string{
		"":                               "",
		some:                             "libzstd.so.1, libglib-2.0.so.0, libgthread-2.0.so.0; install the Debian packages libzstd1 libglib2.0-0",
		"\tlibother.so.3 => not found\n": "libother.so.3",
		"\tlibz.so.1 => /lib/libz.so.1 (0x00007f1e66fe3000)\n":        "",
		"\tlibstdc++.so.6 => not found\n\tlibz.so.1 => not found\n\n": "libstdc++.so.6, libz.so.1; install the Debian packages libstdc++6 zlib1g",
	} {
		if got := describeMissing(listed); got != want {
			t.Errorf("%q: %q, want %q", listed, got, want)
		}
	}
}
