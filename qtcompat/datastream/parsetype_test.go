package datastream

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParseType(t *testing.T) {
	for spelling, want := range map[string]string{
		"int":                              "int",
		" QString ":                        "QString",
		"qint32":                           "int",
		"unsigned  int":                    "uint",
		"unsigned long long":               "qulonglong",
		"const char *":                     "const char*",
		"QList<int>":                       "QList<int>",
		"QVector<QList<int> >":             "QVector<QList<int>>",
		"QMap<QString, QVariant>":          "QVariantMap",
		"QMap<QString,QList<QVariant>>":    "QMap<QString,QVariantList>",
		"QHash<quint8,QPair<int,QString>>": "QHash<uchar,QPair<int,QString>>",
		"std::pair<QVariant,QVariant>":     "QVariantPair",
		"qint32,QString , QPoint":          "struct<int,QString,QPoint>",
		"QList<struct<int,bool>>":          "QList<struct<int,bool>>",
		"struct<int>":                      "struct<int>",
		"raw<8>":                           "raw<8>",
		"QList<raw<3>>":                    "QList<raw<3>>",
		"QList<Pt>,Pt":                     "struct<QList<struct<int,int>>,struct<int,int>>",
	} {
		typ, err := ParseType(spelling, vectorUserTypes())
		if err != nil || typ.String() != want {
			t.Errorf("%q is %v, %v, want %s", spelling, typ, err, want)
		}
	}
}

func TestSpellingsThatAreNoTypes(t *testing.T) {
	for spelling, why := range map[string]string{
		"":                                "a name is missing",
		",":                               "a name is missing",
		"int,":                            "a name is missing",
		"QStrng":                          "QStrng",
		"qint32 QString":                  "qint32 QString",
		"QList":                           "QList",
		"QList<>":                         "a name is missing",
		"QList<int":                       "a > is missing",
		"QList<int>>":                     `">" after it`,
		"QList<int>x":                     `"x" after it`,
		"QList<int,int>":                  "QList of 2 types",
		"QMap<int>":                       "QMap of 1 type",
		"QPair<int,int,int>":              "QPair of 3 types",
		"std::map<int,int>":               "std::map is no container",
		"raw<0>":                          "raw<0",
		"raw<-1>":                         "raw<-1",
		"raw<int>":                        "raw<int",
		"raw<9999999999>":                 "raw<9999999999",
		"raw":                             "raw",
		strings.Repeat("QList<", 100_000): "more than 64",
	} {
		typ, err := ParseType(spelling, nil)
		if !errors.Is(err, ErrUnknownType) || typ.codec != nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.40q: %v, want %s", spelling, err, why)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%.40q: an error of %d characters", spelling, len(err.Error()))
		}
	}
}

func TestTypeNames(t *testing.T) {
	names := TypeNames()
	if !slices.IsSorted(names) || !slices.Contains(names, "QVariantMap") || !slices.Contains(names, "qint32") {
		t.Errorf("%q", names)
	}
	for _, name := range names {
		if _, err := ParseType(name, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestContainersOfAnyType(t *testing.T) {
	for spelling, test := range map[string]struct {
		bytes string
		value any
	}{
		"QList<qint32>":       {"00000002 00000001 00000002", []any{int32(1), int32(2)}},
		"QSet<QString>":       {"00000001 00000002 0061", []any{"a"}},
		"QMap<qint32,bool>":   {"00000001 00000001 01", []QPair[any, any]{{int32(1), true}}},
		"QPair<quint8,qint8>": {"01 ff", QPair[any, any]{uint8(1), int8(-1)}},
		"quint8,QString":      {"01 ffffffff", []any{uint8(1), nil}},
		"raw<2>":              {"0102", []byte{1, 2}},
		"QList<QList<bool>>":  {"00000002 00000000 00000001 01", []any{[]any{}, []any{true}}},
	} {
		typ, err := ParseType(spelling, nil)
		if err != nil {
			t.Fatal(err)
		}
		in := unhex(t, test.bytes)
		if got := typ.Read(NewReader(Format{}, in, Limits{})); !same(got, test.value) {
			t.Errorf("%s: %x reads as %#v", spelling, in, got)
		}
		if got, err := typ.Append(Format{}, nil, test.value); err != nil || string(got) != string(in) {
			t.Errorf("%s: %#v is written as %x, %v", spelling, test.value, got, err)
		}
		for n := range in {
			r := NewReader(Format{}, in[:n], Limits{})
			if got := typ.Read(r); got != nil || r.Err() == nil || r.Offset() != 0 {
				t.Errorf("%s: %x reads as %#v, %v", spelling, in[:n], got, r.Err())
			}
		}
	}
}
