package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// candidate is a type that a block may be of.
type candidate struct {
	datastream.Type
	spelling string
	rarity   float64 // binary digits that tell it from others
	sequence bool
}

// commonBits are those of the types that programs write most.
var commonBits = map[string]float64{
	"QString": 2, "int": 3, "QByteArray": 4, "QVariantMap": 4, "QStringList": 4, "double": 4, "QVariant": 4, "bool": 5, "QImage": 5,
	"qlonglong": 5, "uint": 5, "QVariantList": 5, "QDateTime": 5, "QPoint": 6, "QSize": 6, "QRect": 6, "QPointF": 7, "QRectF": 7,
	"const char*": 6, "uchar": 6, "float": 6, "QDate": 7, "QTime": 7, "QUuid": 7, "QColor": 7, "ushort": 7, "qulonglong": 6,
	"QList<int>": 6, "QList<double>": 6, "QJsonObject": 6, "QUrl": 6, "QSizeF": 7, "QLine": 8, "QLineF": 8, "QPolygonF": 7, "QVariantHash": 8,
}

const rareBits = 10

func typeBits(name string) float64 {
	if n, common := commonBits[name]; common {
		return n
	}
	return rareBits
}

// containers are those that are tried, besides QStringList and the other lists that have names.
var containers = []string{
	"QList<int>", "QList<uint>", "QList<qlonglong>", "QList<double>", "QList<float>", "QList<bool>", "QList<QVariantMap>", "QList<QStringList>",
	"QList<QList<int>>", "QList<QRect>", "QList<QDateTime>", "QList<QUuid>", "QList<QPair<QString,QString>>", "QList<QPair<double,double>>",
	"QMap<QString,QString>", "QMap<QString,int>", "QMap<QString,double>", "QMap<QString,QStringList>", "QMap<QString,QByteArray>",
	"QMap<int,QString>", "QMap<int,int>", "QMap<int,QByteArray>", "QMap<int,QVariant>",
}

// steps are the types that a sequence is tried of.
var steps = []string{
	"QString", "int", "QByteArray", "QVariantMap", "QStringList", "double", "QVariant", "bool", "qlonglong", "uchar", "const char*",
	"QDateTime", "QVariantList", "QList<int>", "QList<double>", "float", "ushort", "QUuid", "QImage",
}

// candidates returns all types of the table and the containers.
func candidates() (all []candidate) {
	for _, name := range slices.Concat(datastream.TypeNames(), containers) {
		if c := candidateOf(name); c.String() == name && name != "std::nullptr_t" { // no alias, and it takes bytes
			all = append(all, c)
		}
	}
	return all
}

// candidateOf returns the candidate with a spelling, which is correct.
func candidateOf(spelling string) candidate {
	t, _ := datastream.ParseType(spelling, nil)
	return candidate{Type: t, spelling: spelling, rarity: typeBits(spelling)}
}

// sequenceCandidate returns a struct with fields of the types.
func sequenceCandidate(types []string) candidate {
	c := candidateOf(strings.Join(types, ","))
	c.rarity, c.sequence = 1, true
	for _, name := range types {
		c.rarity += 1 + typeBits(name)
	}
	return c
}

// shapes are what text of some types looks like.
var shapes = map[string]*regexp.Regexp{
	"QUrl":    regexp.MustCompile(`^[a-z][a-z0-9+.-]*:.`),
	"QLocale": regexp.MustCompile(`^(C|[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_[0-9]{3})?)$`),
}

// checked are the types whose values follow rules that bytes seldom follow by chance, and the share of the usual bits that
// is left.
var checked = map[string]float64{
	"QJsonObject": 0.7, "QJsonArray": 0.7, "QJsonDocument": 0.7, "QColorSpace": 0.7, "QCborMap": 0.8, "QCborArray": 0.8, "QCborValue": 0.8,
}

// measure measures a value of the type.
func (c candidate) measure(value any) *measure {
	if c.sequence {
		return measureOf(value.([]any)...)
	}
	return measureOf(value)
}

// valueBits returns the bits of a value of the type.
func (c candidate) valueBits(value any, m *measure) float64 {
	text, _ := value.(string)
	if share, ok := checked[c.spelling]; ok {
		return m.bits * share
	}
	switch shape, known := shapes[c.spelling]; {
	case !known:
		return m.bits
	case shape.MatchString(text):
		return m.bits * 0.8
	}
	return m.bits + 12
}
