package datastream

// Type is a type of Qt, for code that learns only when it runs what is in a stream. The zero Type is no type: do not use
// it. A Type does not change and may be used by several goroutines at once.
//
// The Go type of its values is that of the table of the package. In addition,
//
//   - QList, QVector, QSet, QLinkedList, QStack and QQueue have []any,
//   - QMap, QMultiMap, QHash and QMultiHash have []QPair[any, any],
//   - QPair and std::pair have QPair[any, any],
//   - a list of types, the fields of a struct, has []any,
//   - a null QString or const char* is nil.
type Type struct{ *codec }

// Types is a registry of user types: those that a program defined, by the names that it gave them.
type Types map[string]Type

// String returns the spelling of the type, which [ParseType] understands.
func (t Type) String() string { return t.name }

// Read reads a value of the type. The result is nil after an error.
func (t Type) Read(r *Reader) any {
	v := t.read(r)
	if r.err != nil {
		return nil
	}
	return v
}

// Append appends a value of the type. On error it returns b as it was: for a value of another Go type, and for what the
// Append method of the type refuses.
func (t Type) Append(f Format, b []byte, v any) ([]byte, error) { return t.append(f, b, v) }

// Variant returns a QVariant of a user type, which the program that reads it knows as name.
func (t Type) Variant(name string, v any) Variant { return Variant{Type: name, Value: v, as: t.codec} }
