package main

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
)

// parsed is what a loader sees of a library.
type parsed struct {
	file    *pe.File
	size    uint32 // in memory
	address uint32 // of the section, relative to the library
	section []byte
	exports pe.DataDirectory
}

func parse(t *testing.T, library []byte) parsed {
	t.Helper()
	file, err := pe.NewFile(bytes.NewReader(library))
	if err != nil {
		t.Fatal(err)
	}
	header, ok := file.OptionalHeader.(*pe.OptionalHeader64)
	if !ok || len(file.Sections) != 1 {
		t.Fatalf("header %T, %d sections, want one of a 64-bit library, and one", file.OptionalHeader, len(file.Sections))
	}
	data, err := file.Sections[0].Data()
	if err != nil {
		t.Fatal(err)
	}
	return parsed{file, header.SizeOfImage, file.Sections[0].VirtualAddress, data, header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT]}
}

func (p parsed) at(address uint32) []byte { return p.section[address-p.address:] }

func (p parsed) text(address uint32) string {
	text, _, _ := bytes.Cut(p.at(address), []byte{0})
	return string(text)
}

// forwards returns the name of the library and its exports, by their names in order, found as a loader finds them.
func (p parsed) forwards(t *testing.T) (library string, names []string, exports map[string]string) {
	t.Helper()
	var directory exportDirectory
	if _, err := binary.Decode(p.at(p.exports.VirtualAddress), binary.LittleEndian, &directory); err != nil {
		t.Fatal(err)
	}
	number := func(table uint32, index uint32) uint32 { return binary.LittleEndian.Uint32(p.at(table + 4*index)) }
	exports = map[string]string{}
	for i := range directory.Names {
		name := p.text(number(directory.NameTable, i))
		ordinal := uint32(binary.LittleEndian.Uint16(p.at(directory.OrdinalOf + 2*i)))
		to := number(directory.FunctionTable, ordinal)
		if ordinal >= directory.Functions || to < p.exports.VirtualAddress || to >= p.exports.VirtualAddress+p.exports.Size {
			t.Errorf("%s: ordinal %d of %d, address %#x outside the exports: no forwarder", name, ordinal, directory.Functions, to)
		}
		names = append(names, name)
		exports[name] = p.text(to)
	}
	return p.text(directory.Name), names, exports
}

func TestLibrary(t *testing.T) {
	many := map[string]string{}
	for _, letter := range strings.Split("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "") {
		many[strings.Repeat(letter, 100)] = "kernel32." + strings.Repeat(letter, 20)
	}
	for name, want := range map[string]map[string]string{
		"one.dll":  {"ProcessPrng": "advapi32.SystemFunction036"},
		"two.dll":  {"b": "kernel32.Sleep", "a": "kernel32.Beep"},
		"many.dll": many, // more than a page
	} {
		t.Run(name, func(t *testing.T) {
			p := parse(t, library(name, want))
			got, names, exports := p.forwards(t)
			if got != name || !maps.Equal(exports, want) {
				t.Errorf("%s with %v, want %s with %v", got, exports, name, want)
			}
			if !slices.IsSorted(names) {
				t.Errorf("the names %q are not in order, in which they are searched", names)
			}
		})
	}
}

// What Wine's loader, and Windows', want of a library before they map it.
func TestHeaders(t *testing.T) {
	for _, exports := range []map[string]string{{"a": "b.c"}, {"a": "b." + strings.Repeat("c", 5000)}} {
		file := library("x.dll", exports)
		p := parse(t, file)
		section := p.file.Sections[0]
		if p.file.Machine != pe.IMAGE_FILE_MACHINE_AMD64 || p.file.Characteristics&pe.IMAGE_FILE_DLL == 0 {
			t.Errorf("machine %#x, characteristics %#x: no library for x86-64", p.file.Machine, p.file.Characteristics)
		}
		if end := section.Offset + section.Size; int(end) != len(file) || section.Size%fileAlignment != 0 || section.Size < section.VirtualSize {
			t.Errorf("the section of %d bytes takes %d, to %d, of the file's %d", section.VirtualSize, section.Size, end, len(file))
		}
		if p.size%rdata != 0 || p.size < section.VirtualAddress+section.VirtualSize || p.size >= section.VirtualAddress+section.VirtualSize+rdata {
			t.Errorf("size in memory %#x for a section of %#x bytes at %#x", p.size, section.VirtualSize, section.VirtualAddress)
		}
		if p.exports.VirtualAddress != section.VirtualAddress || p.exports.Size != section.VirtualSize {
			t.Errorf("exports %+v in a section of %#x bytes at %#x", p.exports, section.VirtualSize, section.VirtualAddress)
		}
	}
}

func TestWriteLibraries(t *testing.T) {
	dir := t.TempDir()
	if err := writeLibraries(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		count        int
		function, to string
	}{
		"bcryptprimitives.dll": {1, "ProcessPrng", "advapi32.SystemFunction036"},
		"icuuc.dll":            {20, "ucnv_open", "kernel32.DebugBreak"},
	} {
		file, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, exports := parse(t, file).forwards(t); len(exports) != want.count || exports[want.function] != want.to {
			t.Errorf("%s has %d exports, %s leads to %q; want %+v", name, len(exports), want.function, exports[want.function], want)
		}
	}
	if err := writeLibraries(filepath.Join(dir, "none")); !os.IsNotExist(err) {
		t.Errorf("into a directory that is not there: error %v", err)
	}
}
