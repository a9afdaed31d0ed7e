package datastream

import (
	"fmt"
	"strings"
)

// Variant is a QVariant: a value and its Qt type. The zero value is the invalid QVariant.
//
//	switch v := r.QVariant(); value := v.Value.(type) {
//	case string: // QString, or what else v.Type says: QUrl, QLocale
//	case int32:
//	case datastream.QPoint:
//	case []datastream.Variant: // QVariantList
//	case datastream.VariantMap: // QVariantMap or QVariantHash
//	}
type Variant struct {
	// Type is the name that Qt 6 gives to the type, such as "int", "QString" or "QVariantMap", or that a program gives
	// to its own; "" is invalid. The types and the Go types of their values are in the table of the package.
	Type string

	// Value is nil if the variant is invalid, a null QString or a std::nullptr_t.
	Value any

	// Null is what the stream has for QVariant::isNull, from version 8 on: a variant that has a type and no value, made as
	// QVariant(QMetaType(QMetaType::Int)), is null. Value is the default of the type then. A std::nullptr_t is null in
	// Qt 6. QVariant(QString()) is not.
	Null bool

	as *codec // of a user type, from Types or Type.Variant
}

// VariantMap is a QVariantMap or QVariantHash: entries in the order of the stream. See [ReadPairs] for the order.
type VariantMap []QPair[string, Variant]

// Get returns the value of a key, the last one if there are several, as Qt 6 does.
func (m VariantMap) Get(key string) (v Variant, ok bool) {
	for i := len(m) - 1; i >= 0; i-- {
		if m[i].First == key {
			return m[i].Second, true
		}
	}
	return v, false
}

// IsValid reports whether v has a type.
func (v Variant) IsValid() bool { return v.Type != "" }

// AppendQVariant appends a QVariant. A type that had no number of its own at the stream version is written by its name,
// as user types are; before version 7 there is no such form, and what Qt 3 did not know is written as an invalid variant,
// as in Qt 5.
//
// On error it returns b as it was: for a Value of another Go type than Type has, for a Type that neither Qt nor the
// variant itself knows, and for a value that cannot be written at this version.
func (f Format) AppendQVariant(b []byte, v Variant) ([]byte, error) { return f.appendVariant(b, &v) }

func (f Format) appendVariant(b []byte, v *Variant) ([]byte, error) {
	c, err := v.codec()
	if err != nil {
		return b, err
	}
	start := len(b)
	id, byName := f.userID(), true
	if v.as == nil {
		id, byName = f.variantID(c)
	}
	if id == 0 {
		return f.appendInvalid(b), nil
	}
	b = f.AppendUint32(b, id)
	if f.version() >= V4_2 {
		b = f.AppendBool(b, v.Null)
	}
	if byName {
		b = append(append(f.AppendUint32(b, uint32(len(v.Type)+1)), v.Type...), 0)
	}
	if b, err = c.append(f, b, v.Value); err != nil {
		return b[:start], err
	}
	return b, nil
}

// appendInvalid appends the invalid variant. Before version 13 a null QString follows.
func (f Format) appendInvalid(b []byte) []byte {
	b = f.AppendUint32(b, 0)
	if f.version() >= V4_2 {
		b = f.AppendBool(b, true)
	}
	if f.version() < V5_0 {
		b = f.AppendNullQString(b)
	}
	return b
}

// codec returns what writes the value of v, nil for the invalid variant.
func (v *Variant) codec() (*codec, error) {
	switch {
	case v.as == nil && v.Type == "":
		return nil, nil
	case v.as != nil && (v.Type == "" || strings.Contains(v.Type, "\x00")):
		return nil, fmt.Errorf("datastream: cannot write QVariant: %q is no name of a user type", v.Type)
	case v.as != nil:
		return v.as, nil
	}
	if c := commonCodec(v.Value); c != nil && c.name == v.Type {
		return c, nil
	}
	c, err := parseType(v.Type, nil)
	if err != nil {
		return nil, fmt.Errorf("datastream: cannot write QVariant: %w: make it with Type.Variant", err)
	}
	return c, nil
}

// QVariant reads a QVariant. A type of Qt that is not known here, or one that has no form in a stream, is an error that
// wraps [ErrUnknownType]: nobody can tell where its value ends. So is a user type that is neither in [Reader.Define] nor
// a container of known types, such as QList<int>.
func (r *Reader) QVariant() (v Variant) {
	r.variant(&v)
	return v
}

// variant reads a QVariant into v, which is zero and stays so after an error.
func (r *Reader) variant(v *Variant) {
	start := r.off
	if !r.begin("QVariant") {
		return
	}
	id := r.Uint32()
	null := r.format.version() >= V4_2 && r.Bool()
	if r.err == nil {
		r.variantOf(v, id, null)
	}
	if !r.end("QVariant", start) {
		*v = Variant{}
	}
}

// variantOf reads what follows the head of a QVariant.
func (r *Reader) variantOf(v *Variant, id uint32, null bool) {
	if id == 0 {
		if r.format.version() < V5_0 {
			r.QString()
		}
		return
	}
	c := r.format.codecOf(id)
	switch {
	case id == r.format.userID():
		v.Type, c, v.as = r.userType()
	case c == nil:
		r.fail("QVariant", fmt.Errorf("%w: number %d in stream version %d", ErrUnknownType, id, r.format.version()))
	default:
		v.Type = c.name
	}
	if r.err == nil {
		v.Null, v.Value = null, c.read(r)
	}
}

// userType reads the name of a user type. as is set if the type comes from Reader.Define.
func (r *Reader) userType() (name string, c, as *codec) {
	name = r.typeName()
	if r.err != nil {
		return "", nil, nil
	}
	if c, err := parseType(name, nil); err == nil && r.types[name].codec == nil {
		if c.kind == leafKind {
			name = c.name
		}
		return name, c, nil
	}
	c, err := parseType(name, r.types)
	if err != nil {
		r.fail("QVariant", fmt.Errorf("%w (see Reader.Define)", err))
	}
	return name, c, c
}

// typeName reads the name of a user type, which ends with a NUL.
func (r *Reader) typeName() string {
	name, nul := strings.CutSuffix(string(r.QByteArray()), "\x00")
	if r.err == nil && (!nul || name == "" || strings.Contains(name, "\x00")) {
		r.fail("QVariant", fmt.Errorf("%w: name of a user type %q", ErrCorrupt, name))
	}
	return name
}

// Define adds user types that QVariants of the stream may have, by the names that the program gave them:
//
//	r.Define(datastream.Types{"Pt": datastream.TypeFor[Pt]()})
func (r *Reader) Define(types Types) { r.types = types }
