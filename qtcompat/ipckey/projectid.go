package ipckey

import "hash/crc32"

// ProjectRule is a way in which Qt chooses the project id that it passes to ftok, with the path of a System V key's
// key file, to get the number by which the kernel knows a segment or a semaphore. A program meets only programs that
// choose the same id.
type ProjectRule uint8

// The rules.
const (
	// ProjectFixed is that of every Qt but 5.6 to 5.8: the key's Type, which is 'Q' unless a program sets another.
	ProjectFixed ProjectRule = iota
	// ProjectCRC32C is that of Qt 5.6 to 5.8 on an x86 processor with SSE4.2: a CRC-32C of the path, so that every
	// key file has an id of its own.
	ProjectCRC32C
	// ProjectHash31 is that of Qt 5.6 to 5.8 on any other processor: a sum of the path's bytes, each multiplied by a
	// power of 31.
	ProjectHash31
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// ProjectID returns ftok's project id for the key file k.Native, 0 for a key that is not System V. By ProjectCRC32C and
// ProjectHash31 it can be any number, and depends on how the path is spelled: TempLexical must have made it. Their Qt
// works with 0 and with ids of 0x80 and more as well.
//
// They are qHash(QFile::encodeName(native), 'Q') of Qt 5.6 to 5.8 (src/corelib/kernel/qcore_unix_p.h and
// src/corelib/tools/qhash.cpp), in a UTF-8 locale.
func (k Key) ProjectID(rules Rules) uint8 {
	switch {
	case k.Type.Family() != FamilySystemV:
		return 0
	case rules.Project == ProjectCRC32C:
		return uint8(^crc32.Update(^uint32(SystemV), castagnoli, []byte(k.Native))) // SSE4.2's instruction inverts nothing
	case rules.Project == ProjectHash31:
		id := uint8(SystemV)
		for _, c := range []byte(k.Native) {
			id = 31*id + c
		}
		return id
	}
	return uint8(k.Type)
}
