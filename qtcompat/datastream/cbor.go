package datastream

import "fmt"

// AppendQCborValue appends a QCborValue: a QByteArray with one item of CBOR (RFC 8949). On error it returns b as it was;
// the error wraps [ErrCorrupt] if item is not well-formed, or [ErrTooLarge] if more than 1024 items lie within one
// another, which Qt does not read.
func (f Format) AppendQCborValue(b, item []byte) ([]byte, error) {
	return f.appendCBOR(b, "QCborValue", item, cborAny)
}

// AppendQCborArray appends a QCborArray, given by its CBOR. For errors see [Format.AppendQCborValue].
func (f Format) AppendQCborArray(b, item []byte) ([]byte, error) {
	return f.appendCBOR(b, "QCborArray", item, cborArray)
}

// AppendQCborMap appends a QCborMap, given by its CBOR. For errors see [Format.AppendQCborValue].
func (f Format) AppendQCborMap(b, item []byte) ([]byte, error) {
	return f.appendCBOR(b, "QCborMap", item, cborMap)
}

// AppendQCborSimpleType appends a QCborSimpleType: 20 false, 21 true, 22 null, 23 undefined.
func (f Format) AppendQCborSimpleType(b []byte, v uint8) []byte { return append(b, v) }

// QCborValue reads a QCborValue as CBOR. Here and in the others that is exactly one item, checked to be well-formed, its
// depth against Limits.MaxDepth. It is a part of the bytes given to [NewReader], not a copy.
func (r *Reader) QCborValue() []byte { return r.cbor("QCborValue", cborAny) }

// QCborArray reads a QCborArray as CBOR.
func (r *Reader) QCborArray() []byte { return r.cbor("QCborArray", cborArray) }

// QCborMap reads a QCborMap as CBOR.
func (r *Reader) QCborMap() []byte { return r.cbor("QCborMap", cborMap) }

// QCborSimpleType reads a QCborSimpleType.
func (r *Reader) QCborSimpleType() uint8 { return r.uint8("QCborSimpleType") }

func (f Format) appendCBOR(b []byte, typ string, item []byte, major int) ([]byte, error) {
	if err := checkCBOR(item, major, defaultDepth); err != nil {
		return b, fmt.Errorf("datastream: cannot write %s: %w", typ, err)
	}
	return f.AppendQByteArray(b, item), nil
}

func (r *Reader) cbor(typ string, major int) []byte {
	return composite(r, typ, func() []byte {
		item := r.QByteArray()
		if err := checkCBOR(item, major, r.maxDepth); r.err == nil && err != nil {
			r.fail(typ, err)
		}
		return item
	})
}
