package realqt

import (
	"fmt"
	"unsafe"
)

// A QVariant has its content as a Go value: nil is the invalid QVariant, bool is bool, int32 is int, int64 is qlonglong,
// float64 is double, string is QString and []byte is QByteArray.

// EncodeQVariant returns what a QDataStream writes for the QVariant with that content, and an error if its Go type is none of
// those above. A nil []byte is a null QByteArray; "" is an empty QString, not null. Bytes of a string that are not UTF-8 become
// U+FFFD.
func (q *Qt) EncodeQVariant(content any) ([]byte, error) {
	variant := q.newVariant()
	defer variant.destroy(q.fn.VariantDelete)
	if err := q.setVariant(variant.this(), content); err != nil {
		return nil, err
	}
	return q.encode(func(stream unsafe.Pointer) { q.fn.StreamWriteVariant(stream, variant.this()) }), nil
}

// DecodeQVariant reads a QVariant and returns its content; a null one of a type gives that type's zero or empty value. It is an
// error if the QVariant is of another type than those above. For the number of a type that
// Qt lacks it gives the invalid QVariant, which is no error, or ReadCorruptData, and may print a line to the standard error.
func (q *Qt) DecodeQVariant(data []byte) (any, error) {
	variant := q.newVariant()
	defer variant.destroy(q.fn.VariantDelete)
	err := q.decode("QVariant", data, func(stream unsafe.Pointer) { q.fn.StreamReadVariant(stream, variant.this()) })
	if err != nil {
		return nil, err
	}
	return q.variantContent(variant.this())
}

// newVariant makes the invalid QVariant. The constructor is an inline function; zeroed memory is a valid object that clear
// marks as null.
func (q *Qt) newVariant() object {
	variant := q.newObject()
	q.fn.VariantClear(variant.this())
	return variant
}

// setVariant constructs a QVariant in the place of an invalid one, which owns nothing.
func (q *Qt) setVariant(variant unsafe.Pointer, content any) error {
	switch content := content.(type) {
	case nil:
	case bool:
		q.fn.VariantNewBool(variant, content)
	case int32:
		q.fn.VariantNewInt(variant, content)
	case int64:
		q.fn.VariantNewLongLong(variant, content)
	case float64:
		q.fn.VariantNewDouble(variant, content)
	case string:
		str := q.newString(content)
		defer q.releaseString(str)
		q.fn.VariantNewString(variant, str)
	case []byte:
		array := q.newByteArray(content)
		defer q.releaseByteArray(array)
		q.fn.VariantNewByteArray(variant, array)
	default:
		return fmt.Errorf("realqt: encode QVariant: no QVariant is made of a Go %T; "+
			"give nil, bool, int32, int64, float64, string or []byte", content)
	}
	return nil
}

// variantContent copies the content of a QVariant.
func (q *Qt) variantContent(variant unsafe.Pointer) (any, error) {
	switch name := q.fn.VariantTypeName(variant); name {
	case "":
		return nil, nil
	case "bool":
		return q.fn.VariantToBool(variant), nil
	case "int":
		return q.fn.VariantToInt(variant, nil), nil
	case "qlonglong":
		return q.fn.VariantToLongLong(variant, nil), nil
	case "double":
		return q.fn.VariantToDouble(variant, nil), nil
	case "QString":
		return q.takeString(q.fn.VariantToString(variant)), nil
	case "QByteArray":
		array := q.fn.VariantToByteArray(variant)
		defer q.releaseByteArray(&array)
		return q.bytes(&array), nil
	default:
		return nil, fmt.Errorf("realqt: decode QVariant: it is a %s; only bool, int, qlonglong, double, QString and QByteArray "+
			"can be returned", name)
	}
}
