package capi

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// mingw are the compilers for Windows.
const mingwC, mingwCpp = "x86_64-w64-mingw32-gcc-posix", "x86_64-w64-mingw32-g++-posix"

// dll is a file in the format of Windows: a program or a library.
type dll struct {
	*pe.File
	path string
}

func openDLL(t *testing.T, path string) dll {
	t.Helper()
	file, err := pe.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return dll{file, path}
}

// at is what the file has at an address relative to where it is loaded, to the end of the section.
func (d dll) at(t *testing.T, address uint32) []byte {
	t.Helper()
	for _, section := range d.Sections {
		if address >= section.VirtualAddress && address-section.VirtualAddress < section.Size {
			data, err := section.Data()
			if err != nil {
				t.Fatal(err)
			}
			return data[address-section.VirtualAddress:]
		}
	}
	t.Fatalf("%s has nothing at %#x", d.path, address)
	return nil
}

// exports are the names in its export table, IMAGE_EXPORT_DIRECTORY of winnt.h.
func (d dll) exports(t *testing.T) (names []string) {
	t.Helper()
	directory := d.OptionalHeader.(*pe.OptionalHeader64).DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT]
	table := d.at(t, directory.VirtualAddress)
	functions, count := binary.LittleEndian.Uint32(table[20:]), binary.LittleEndian.Uint32(table[24:])
	if functions != count {
		t.Errorf("%s exports %d functions, %d of them by name", d.path, functions, count)
	}
	pointers := d.at(t, binary.LittleEndian.Uint32(table[32:]))
	for i := range count {
		name, _, _ := bytes.Cut(d.at(t, binary.LittleEndian.Uint32(pointers[4*i:])), []byte{0})
		names = append(names, string(name))
	}
	return names
}

// needs are the names of the libraries that it is linked to.
func (d dll) needs(t *testing.T) (names []string) {
	t.Helper()
	symbols, err := d.ImportedSymbols()
	if err != nil {
		t.Fatal(err)
	}
	libraries := map[string]bool{}
	for _, symbol := range symbols {
		_, library, _ := strings.Cut(symbol, ":")
		libraries[strings.ToLower(library)] = true
	}
	return slices.Sorted(maps.Keys(libraries))
}

// has reports whether its resources have a text, in UTF-16.
func (d dll) has(t *testing.T, text string) bool {
	t.Helper()
	data, err := d.Section(".rsrc").Data()
	if err != nil {
		t.Fatal(err)
	}
	var units []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		units = binary.LittleEndian.AppendUint16(units, unit)
	}
	return bytes.Contains(data, units)
}

func headerVersion(t *testing.T) string {
	t.Helper()
	return headerNumber(t, "VERSION_MAJOR") + "." + headerNumber(t, "VERSION_MINOR") + "." + headerNumber(t, "VERSION_PATCH")
}

// TestDLL compares what shmbridge.dll exports, and what shmbridge.def and libshmbridge.a say, with what the header declares. The
// DLL needs nothing but Windows, and says its version.
func TestDLL(t *testing.T) {
	declared := slices.Sorted(maps.Keys(prototypes(t)))
	stage := needed(t, "build/windows/stage", "make windows")
	library := openDLL(t, filepath.Join(stage, "bin/shmbridge.dll"))
	if names := library.exports(t); !slices.Equal(names, declared) {
		t.Errorf("the header declares\n%q, shmbridge.dll exports\n%q", declared, names)
	}
	if names := exported(t, filepath.Join(stage, "lib/libshmbridge.a"), "--extern-only"); !slices.Equal(names, declared) {
		t.Errorf("the header declares\n%q, libshmbridge.a exports\n%q", declared, names)
	}
	want := "LIBRARY shmbridge.dll\nEXPORTS\n    " + strings.Join(declared, "\n    ") + "\n"
	if got := read(t, filepath.Join(stage, "lib/shmbridge.def")); got != want {
		t.Errorf("shmbridge.def is\n%s, want\n%s", got, want)
	}
	if libraries := library.needs(t); !slices.Equal(libraries, []string{"kernel32.dll", "msvcrt.dll"}) {
		t.Errorf("shmbridge.dll needs %q", libraries)
	}
	for _, text := range []string{"FileVersion\x00" + "\x00" + headerVersion(t), "shmbridge.dll"} {
		if !library.has(t, text) {
			t.Errorf("the resources of shmbridge.dll do not have %q", text)
		}
	}
}

// TestABIOnWindows lets the compiler for Windows say what it makes of the header: the same as that for Linux.
func TestABIOnWindows(t *testing.T) {
	is, recorded := headerABIWith(t, mingwC, wine(t)), parseABI(read(t, "abi.txt"))
	if is.String() != recorded.String() {
		added, broken := compareABI(recorded, is)
		t.Errorf("on Windows the header is another than abi.txt: %q, %q", added, broken)
	}
}

// TestHeaderForMicrosoft compiles the header as for Microsoft's compiler, with the few headers of C that need none of Microsoft's.
func TestHeaderForMicrosoft(t *testing.T) {
	resources := strings.TrimSpace(does(t, nil, "clang", "-print-resource-dir"))
	flags := []string{"--target=x86_64-pc-windows-msvc", "-nostdinc", "-isystem", resources + "/include", "-ffreestanding", "-fsyntax-only",
		"-Wall", "-Wextra", "-Wpedantic", "-Wmicrosoft", "-Werror", "-I" + absolute(t, "include")}
	program := "#include <shmbridge.h>\nshmbridge_error err = SHMBRIDGE_ERROR_INIT;\nshmbridge_segment_info info = SHMBRIDGE_SEGMENT_INFO_INIT;\n"
	for _, language := range []string{"c11", "c17", "c++17", "c++20"} {
		unit := filepath.Join(t.TempDir(), "unit."+map[bool]string{true: "cpp", false: "c"}[strings.Contains(language, "++")])
		if err := os.WriteFile(unit, []byte(program), 0o600); err != nil {
			t.Fatal(err)
		}
		does(t, nil, append([]string{"clang", "-std=" + language, unit}, flags...)...)
	}
}
