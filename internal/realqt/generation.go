package realqt

import "maps"

// generation is what sets the libraries of one major version of Qt apart.
type generation struct {
	names names
	view  view
	// longSize says that QSharedMemory::size returns a qsizetype, not an int.
	longSize bool
	// streamVersion is the offset of an int in a QDataStream, the same by GCC and by MSVC. In Qt 4 a pointer to virtual functions comes before all members
	// (Qt 4.8 src/corelib/io/qdatastream.h, Qt 5 and 6 src/corelib/serialization/qdatastream.h).
	streamVersion uintptr
	gui           wanted // QtGui
}

// names maps each field of functions, keyFunctions or guiFunctions to its symbol.
type names map[string]string

// with returns base changed and completed by own.
func with(base, own names) names {
	all := maps.Clone(base)
	maps.Copy(all, own)
	return all
}
