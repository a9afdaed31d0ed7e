//go:build linux && amd64

package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dll returns a library for Windows with a section of that name and content.
func dll(t *testing.T, section string, content []byte) []byte {
	t.Helper()
	const headers = 0x200
	file := bytes.NewBuffer(append([]byte("MZ"), make([]byte, 0x3a)...))
	header := pe.SectionHeader32{VirtualSize: uint32(len(content)), SizeOfRawData: uint32(len(content)), PointerToRawData: headers}
	copy(header.Name[:], section)
	for _, part := range []any{
		uint32(0x40), []byte("PE\x00\x00"),
		pe.FileHeader{Machine: pe.IMAGE_FILE_MACHINE_AMD64, NumberOfSections: 1, SizeOfOptionalHeader: uint16(binary.Size(pe.OptionalHeader64{}))},
		pe.OptionalHeader64{Magic: 0x20b, NumberOfRvaAndSizes: 16},
		header,
	} {
		if err := binary.Write(file, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	file.Write(make([]byte, headers-file.Len()))
	file.Write(content)
	return file.Bytes()
}

// What Qt6Core.dll 6.8.3 of a wheel has in its resources, from the name of the structure on.
var version683 = []byte("V\x00S\x00_\x00V\x00E\x00R\x00S\x00I\x00O\x00N\x00_\x00I\x00N\x00F\x00O\x00\x00\x00\x00\x00" +
	"\xbd\x04\xef\xfe\x00\x00\x01\x00\x08\x00\x06\x00\x00\x00\x03\x00\x08\x00\x06\x00\x00\x00\x03\x00")

func TestCheckDLL(t *testing.T) {
	good := dll(t, ".rsrc", version683)
	for _, test := range []struct {
		name, version string
		library       []byte
		wants         []string
	}{
		{"good", "6.8.3", good, nil},
		{"another version", "6.8.30", good, []string{"has version 6.8.3; correct tests/qt/builds.txt and remove "}},
		{"no resources", "6.8.3", dll(t, ".text", version683), []string{"cannot read ", ": no resources; if the file is damaged, remove /"}},
		{"no version", "6.8.3", dll(t, ".rsrc", version683[:30]), []string{"cannot read ", ": no version among its resources; "}},
		{"half a version", "6.8.3", dll(t, ".rsrc", version683[:len(version683)-12]), []string{": no version among its resources; "}},
		{"cut off", "6.8.3", good[:len(good)-1], []string{"cannot read "}},
		{"text", "6.8.3", []byte("text\n"), []string{"cannot read "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			library := filepath.Join(t.TempDir(), "Qt6Core.dll")
			if err := os.WriteFile(library, test.library, 0o644); err != nil {
				t.Fatal(err)
			}
			err := checkDLL(library, test.version)
			if test.wants != nil {
				wantError(t, err, append(test.wants, library)...)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// A version may be there for both systems; each has a wheel, a directory and files of its own.
func TestBringsWindows(t *testing.T) {
	tr := newTree(t)
	members := map[string][]byte{"PySide6/Qt6Core.dll": dll(t, ".rsrc", version683)}
	for _, name := range []string{
		"msvcp140.dll", "msvcp140_1.dll", "msvcp140_codecvt_ids.dll", "vcruntime140.dll", "vcruntime140_1.dll",
		"concrt140.dll", "Qt6Gui.dll", "Qt6WebEngineCore.dll", "Qt6Core.lib", "opengl32sw.dll", "libQt6Core.so.6",
	} {
		members["PySide6/"+name] = []byte(name)
	}
	tr.addWheel("6.8.3-windows", tr.wheel("6.8.3", members))
	tr.add("9.99.1", "icu")

	want := filepath.Join(tr.top, cacheDir, "6.8.3-windows", "Qt6Core.dll") + "\n"
	for _, when := range []string{"first", "second"} {
		if stdout, _, err := runHere(1, "6.8.3-windows"); err != nil || stdout != want {
			t.Errorf("the %s run printed %q, error %v, want %q", when, stdout, err, want)
		}
	}
	entries, err := os.ReadDir(filepath.Join(cacheDir, "6.8.3-windows"))
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	kept := strings.Fields("Qt6Core.dll msvcp140.dll msvcp140_1.dll msvcp140_codecvt_ids.dll vcruntime140.dll vcruntime140_1.dll")
	if err != nil || !slices.Equal(names, kept) {
		t.Errorf("unpacked %q, error %v, want %q", names, err, kept)
	}
	if calls := tr.calls(); len(calls) != 2 || !strings.Contains(calls[1], " --platform=win_amd64 ") {
		t.Errorf("pip was called as %q", calls)
	}
	if stdout, _, err := runHere(1); err != nil || stdout != tr.paths("9.99.1") {
		t.Errorf("all for Linux: printed %q, error %v", stdout, err)
	}
}

func TestWindowsOfAnotherVersion(t *testing.T) {
	tr := newTree(t)
	tr.addWheel("6.8.4-windows", tr.wheel("6.8.4", map[string][]byte{"PySide6/Qt6Core.dll": dll(t, ".rsrc", version683)}))
	stdout, _, err := runHere(1, "6.8.4-windows")
	wantError(t, err, "get Qt 6.8.4-windows: ", "has version 6.8.3; correct tests/qt/builds.txt")
	if stdout != "" {
		t.Errorf("printed %q", stdout)
	}
}
