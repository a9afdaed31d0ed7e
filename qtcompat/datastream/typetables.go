package datastream

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// What is looked up in the table of types. It is filled by init, as reading a QVariant needs it and it needs the reading
// of a QVariant.
var (
	byName   = map[string]*codec{}
	byGoType = map[reflect.Type]*codec{} // the first type in the table that has values of this Go type
	byNumber [numberings][idSlots]*codec
)

// aliases are other spellings of types: those of C++ and of Qt's typedefs.
var aliases = map[string]string{
	"qint8": "signed char", "qint16": "short", "qint32": "int", "qint64": "qlonglong",
	"quint8": "uchar", "quint16": "ushort", "quint32": "uint", "quint64": "qulonglong",
	"unsigned char": "uchar", "unsigned short": "ushort", "unsigned int": "uint", "unsigned long": "ulong",
	"long long": "qlonglong", "unsigned long long": "qulonglong", "qreal": "double", "char const*": "const char*", "cstring": "const char*",
	"QList<QVariant>": "QVariantList", "QMap<QString,QVariant>": "QVariantMap", "QHash<QString,QVariant>": "QVariantHash",
	"QPair<QVariant,QVariant>": "QVariantPair", "std::pair<QVariant,QVariant>": "QVariantPair",
}

func init() {
	for _, t := range builtins() {
		byName[t.name] = t.codec
		if _, taken := byGoType[t.goType]; !taken && t.goType != nil {
			byGoType[t.goType] = t.codec
		}
		for n := range byNumber {
			if id := numbering(n).of(t); id != 0 {
				byNumber[n][idSlot(id)], t.number[n] = t.codec, id
			}
		}
	}
	for alias, name := range aliases {
		byName[alias] = byName[name]
	}
	common.bool, common.int, common.double = byName["bool"], byName["int"], byName["double"]
	common.text, common.bytes = byName["QString"], byName["QByteArray"]
	common.list, common.dictionary = byName["QVariantList"], byName["QVariantMap"]
	byNumber[qt4Numbers][idSlot(qt5ColorSpaceID)] = byName["QColorSpace"]
	byNumber[qt60Numbers][idSlot(qFloat16ID)] = byName["qfloat16"]
	delete(byGoType, reflect.TypeFor[json.RawMessage]()) // three types, none of which any text of JSON could be
}

// common are the codecs that most values of a Go type need: comparing a name is faster than looking it up.
var common struct{ bool, int, double, text, bytes, list, dictionary *codec }

func commonCodec(v any) *codec {
	switch v.(type) {
	case bool:
		return common.bool
	case int32:
		return common.int
	case float64:
		return common.double
	case string:
		return common.text
	case []byte:
		return common.bytes
	case []Variant:
		return common.list
	case VariantMap:
		return common.dictionary
	}
	return nil
}

// TypeNames returns the names of all types, in alphabetical order, without those of containers.
func TypeNames() []string { return slices.Sorted(maps.Keys(byName)) }
