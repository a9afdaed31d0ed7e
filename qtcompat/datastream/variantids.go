package datastream

// numbering says which numbers the types have in a QVariant.
type numbering uint8

const (
	qt3Numbers  numbering = iota // versions 1 to 6
	qt4Numbers                   // 7 to 12
	qt5Numbers                   // 13 to 19
	qt60Numbers                  // 20, of Qt 6.0 to 6.5
	qt66Numbers                  // 21 and later
	numberings
)

// Numbers in a QVariant (src/corelib/kernel/qvariant.cpp, QVariant::save and load).
const (
	firstGuiID  = 0x1000
	sizePolicy  = 0x2000
	uuidID      = 30
	lastQt5Core = 55 // QCborMap
	qFloat16ID  = 63

	// QMatrix has no number in Qt 6; this one is between those of QTextFormat and QTransform, as in Qt 5.
	qMatrixID = 0x100f

	keySequenceID = 0x100b
	quaternionID  = 0x1015

	qt4UserID = 127
	qt5UserID = 1024
	qt6UserID = 65536

	qt4FirstGuiID  = 64
	qt4SizePolicy  = 75
	qt5SizePolicy  = 121
	qt4CoreDelta   = 97 // what Qt 5 subtracted from numbers from 128 on
	lastQt4BasicID = 29

	qt5ColorSpaceID = 87 // Qt 5 gives it this number in versions 7 to 12 as well, Qt 6 its name
)

func (f Format) numbering() numbering {
	switch v := f.version(); {
	case v < V4_0:
		return qt3Numbers
	case v < V5_0:
		return qt4Numbers
	case v < V6_0:
		return qt5Numbers
	case v < V6_6:
		return qt60Numbers
	default:
		return qt66Numbers
	}
}

// of returns the number of a type, 0 if it has none.
func (n numbering) of(t builtin) uint32 {
	switch {
	case n == qt3Numbers:
		return t.id3
	case n == qt4Numbers:
		return qt4Number(t.id)
	case n == qt5Numbers:
		return qt5Number(t.id)
	case t.id == qMatrixID, t.name == "QRegExp":
		return 0
	case n == qt60Numbers && t.id == qFloat16ID: // Qt up to 6.4 knows its name only, Qt 6.5 and later read both and write the number
		return 0
	}
	return t.id
}

func qt4Number(id uint32) uint32 {
	switch {
	case id <= lastQt4BasicID:
		return id
	case id == uuidID:
		return 0
	case id <= lastQt5Core:
		return id + qt4CoreDelta
	case id == sizePolicy:
		return qt4SizePolicy
	case id >= firstGuiID && id < keySequenceID:
		return id - firstGuiID + qt4FirstGuiID
	case id >= keySequenceID && id <= quaternionID:
		return id - firstGuiID + qt4FirstGuiID + 1
	}
	return 0
}

func qt5Number(id uint32) uint32 {
	switch {
	case id <= lastQt5Core:
		return id
	case id == sizePolicy:
		return qt5SizePolicy
	case id >= firstGuiID:
		return id - firstGuiID + qt4FirstGuiID
	}
	return 0
}

// userID returns the number of all types that go by their names. Before version 7 there is none.
func (f Format) userID() uint32 {
	switch f.numbering() {
	case qt3Numbers:
		return 0
	case qt4Numbers:
		return qt4UserID
	case qt5Numbers:
		return qt5UserID
	default:
		return qt6UserID
	}
}

// variantID returns the number of a type, and whether its name follows. A number of 0 stands for an invalid variant.
func (f Format) variantID(c *codec) (id uint32, byName bool) {
	if c == nil {
		return 0, false
	}
	if id = c.number[f.numbering()]; id != 0 {
		return id, false
	}
	return f.userID(), true
}

// Numbers below lowIDs and those of Qt Gui have places of their own in a table, all others share the last.
const (
	lowIDs   = 160
	guiIDs   = 24
	idSlots  = lowIDs + guiIDs + 2
	lastSlot = idSlots - 1
)

func idSlot(id uint32) uint32 {
	switch {
	case id < lowIDs:
		return id
	case id-firstGuiID < guiIDs:
		return lowIDs + id - firstGuiID
	case id == sizePolicy:
		return lastSlot - 1
	}
	return lastSlot
}

// codecOf returns the type with a number, or nil.
func (f Format) codecOf(id uint32) *codec { return byNumber[f.numbering()][idSlot(id)] }
