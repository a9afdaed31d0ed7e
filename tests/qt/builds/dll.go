//go:build linux

package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
)

// checkDLL fails, with what to do, if a Qt core library for Windows cannot be read or is not of the version.
func checkDLL(library, version string) error {
	found, err := dllVersion(library)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w; if the file is damaged, remove %s and run this again",
			library, err, filepath.Dir(filepath.Dir(library)))
	}
	if found != version {
		return fmt.Errorf("%s has version %s; correct %s and remove %s", library, found, manifestFile, filepath.Dir(library))
	}
	return nil
}

// dllVersion returns the file version, without its fourth number, of a library for Windows. It is in the structure
// VS_FIXEDFILEINFO of the resources, which begins with a signature, the version of the structure, and this version, a
// 16-bit number a part with the less significant one of each two first.
func dllVersion(library string) (string, error) {
	file, err := pe.Open(library)
	if err != nil {
		return "", err
	}
	defer file.Close()
	section := file.Section(".rsrc")
	if section == nil {
		return "", errors.New("no resources")
	}
	resources, err := section.Data()
	if err != nil {
		return "", err
	}
	_, info, found := bytes.Cut(resources, []byte{0xbd, 0x04, 0xef, 0xfe})
	if !found || len(info) < 12 {
		return "", errors.New("no version among its resources")
	}
	part := func(at int) uint16 { return binary.LittleEndian.Uint16(info[at:]) }
	return fmt.Sprintf("%d.%d.%d", part(6), part(4), part(10)), nil
}
