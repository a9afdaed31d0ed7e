package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"maps"
	"slices"
)

const (
	fileAlignment = 0x200  // where sections begin in the file, the headers being shorter
	rdata         = 0x1000 // address of the only section, relative to that of the library
)

// exportDirectory is IMAGE_EXPORT_DIRECTORY of "PE Format" in Microsoft's documentation, as are the other structures. Its
// addresses are relative to that of the library.
type exportDirectory struct {
	Characteristics, TimeDateStamp      uint32
	MajorVersion, MinorVersion          uint16
	Name, Base                          uint32
	Functions, Names                    uint32 // how many
	FunctionTable, NameTable, OrdinalOf uint32
}

// library returns the file of a library without code. Its exports, names of functions, lead to functions of other libraries,
// each written as LIBRARY.FUNCTION.
func library(name string, exports map[string]string) []byte {
	section := exportSection(name, exports)
	var file bytes.Buffer
	file.WriteString("MZ")
	file.Write(make([]byte, 0x3c-file.Len()))
	put(&file, uint32(0x40)) // where the next header is
	file.WriteString("PE\x00\x00")
	put(&file, pe.FileHeader{
		Machine:              pe.IMAGE_FILE_MACHINE_AMD64,
		NumberOfSections:     1,
		SizeOfOptionalHeader: uint16(binary.Size(pe.OptionalHeader64{})),
		Characteristics:      pe.IMAGE_FILE_DLL | pe.IMAGE_FILE_EXECUTABLE_IMAGE | pe.IMAGE_FILE_LARGE_ADDRESS_AWARE,
	})
	put(&file, optionalHeader(len(section)))
	put(&file, pe.SectionHeader32{
		Name:             [8]uint8{'.', 'r', 'd', 'a', 't', 'a'},
		VirtualSize:      uint32(len(section)),
		VirtualAddress:   rdata,
		SizeOfRawData:    aligned(len(section), fileAlignment),
		PointerToRawData: fileAlignment,
		Characteristics:  pe.IMAGE_SCN_CNT_INITIALIZED_DATA | pe.IMAGE_SCN_MEM_READ,
	})
	file.Write(make([]byte, fileAlignment-file.Len()))
	file.Write(section)
	file.Write(make([]byte, int(aligned(file.Len(), fileAlignment))-file.Len()))
	return file.Bytes()
}

// optionalHeader returns the header of a library with one section of that size, all of it exports.
func optionalHeader(size int) pe.OptionalHeader64 {
	header := pe.OptionalHeader64{
		Magic:                       0x20b, // PE32+
		ImageBase:                   0x180000000,
		SectionAlignment:            rdata,
		FileAlignment:               fileAlignment,
		MajorOperatingSystemVersion: 6,
		MajorSubsystemVersion:       6,
		SizeOfImage:                 rdata + aligned(size, rdata),
		SizeOfHeaders:               fileAlignment,
		Subsystem:                   pe.IMAGE_SUBSYSTEM_WINDOWS_GUI,
		DllCharacteristics:          pe.IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE | pe.IMAGE_DLLCHARACTERISTICS_NX_COMPAT,
		NumberOfRvaAndSizes:         16,
	}
	header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT] = pe.DataDirectory{VirtualAddress: rdata, Size: uint32(size)}
	return header
}

// exportSection returns the section with the exports: the directory, its tables, and the texts they lead to. An address of a
// function that lies in this section is that of the name of another function, to which the first one is forwarded.
func exportSection(name string, exports map[string]string) []byte {
	names := slices.Sorted(maps.Keys(exports)) // the loader does a binary search
	count := uint32(len(names))
	directory := exportDirectory{Base: 1, Functions: count, Names: count}
	directory.FunctionTable = rdata + uint32(binary.Size(directory))
	directory.NameTable = directory.FunctionTable + 4*count
	directory.OrdinalOf = directory.NameTable + 4*count

	var texts bytes.Buffer
	text := func(s string) uint32 {
		address := directory.OrdinalOf + 2*count + uint32(texts.Len())
		texts.WriteString(s + "\x00")
		return address
	}
	directory.Name = text(name)
	functionTable, nameTable, ordinals := make([]uint32, count), make([]uint32, count), make([]uint16, count)
	for i, export := range names {
		functionTable[i], nameTable[i], ordinals[i] = text(exports[export]), text(export), uint16(i)
	}
	var section bytes.Buffer
	for _, part := range []any{directory, functionTable, nameTable, ordinals, texts.Bytes()} {
		put(&section, part)
	}
	return section.Bytes()
}

// put appends data of a fixed size.
func put(to *bytes.Buffer, data any) {
	if err := binary.Write(to, binary.LittleEndian, data); err != nil {
		panic(err) // not of a fixed size
	}
}

// aligned returns the least multiple of alignment that n fits in.
func aligned(n, alignment int) uint32 { return uint32((n + alignment - 1) / alignment * alignment) }
