package stream

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// makers make random values of the types for which not any value of their Go type will do, as Qt writes another one or none.
var makers = map[string]func(*generator) any{
	"std::nullptr_t": func(*generator) any { return nil },
	"QString":        nullString,
	"qfloat16":       func(g *generator) any { return float32(g.IntN(2000)-1000) / 8 },
	"QUrl":           func(g *generator) any { return g.url() },
	"QLocale":        func(g *generator) any { return g.of("C", "en_US", "de_DE", "ja_JP") },
	"QTimeZone":      func(g *generator) any { return g.zone() },
	"QJsonValue":     func(g *generator) any { return g.jsonValue() },
	"QJsonObject":    func(g *generator) any { return g.json("{", 3) },
	"QJsonArray":     func(g *generator) any { return g.json("[", 3) },
	"QJsonDocument":  func(g *generator) any { return g.json(g.of("{", "[", ""), 3) },
	"QCborValue":     func(g *generator) any { return g.cbor(nil, g.IntN(7), 3) },
	"QCborArray":     func(g *generator) any { return g.cbor(nil, cborArray, 3) },
	"QCborMap":       func(g *generator) any { return g.cbor(nil, cborMap, 3) },
	"QRegularExpression": func(g *generator) any {
		return datastream.QRegularExpression{Pattern: g.word(), Options: uint32(g.IntN(8))}
	},
	"QRegExp": func(g *generator) any {
		return datastream.QRegExp{Pattern: g.word(), CaseInsensitive: g.IntN(2) == 0, Syntax: uint8(g.IntN(6)), Minimal: g.IntN(2) == 0}
	},
	"QKeySequence": func(g *generator) any { return datastream.QKeySequence{0x41 + g.Uint32N(26), 0x4000041} },
	"QSizePolicy": func(g *generator) any {
		return datastream.QSizePolicy{Horizontal: uint8(g.IntN(16)), Vertical: uint8(g.IntN(16)), HorizontalStretch: uint8(g.IntN(256)),
			VerticalStretch: uint8(g.IntN(256)), Control: 1 << g.IntN(16), HeightForWidth: g.IntN(2) == 0, WidthForHeight: g.IntN(2) == 0,
			RetainWhenHidden: g.IntN(2) == 0}
	},
}

// goMakers do the same for Go types, wherever they are.
var goMakers = map[reflect.Type]func(*generator) any{
	reflect.TypeFor[datastream.QDate]():        func(g *generator) any { return g.date() },
	reflect.TypeFor[datastream.QTime]():        func(g *generator) any { return g.time() },
	reflect.TypeFor[datastream.QDateTime]():    func(g *generator) any { return g.dateTime() },
	reflect.TypeFor[datastream.QEasingCurve](): func(g *generator) any { return g.easing() },
}

// fromQtOnly are types of which few values of their Go type are one of Qt's: weReadQts has Qt's.
var fromQtOnly = map[string]bool{
	"QColor": true, "QImage": true, "QPixmap": true, "QBitmap": true, "QIcon": true, "QCursor": true, "QBrush": true, "QPen": true,
	"QFont": true, "QPalette": true, "QRegion": true, "QTextLength": true, "QTextFormat": true, "QColorSpace": true,
}

func nullString(g *generator) any {
	if g.IntN(16) == 0 {
		return nil
	}
	return g.string()
}

func (g *generator) of(choices ...string) string { return choices[g.IntN(len(choices))] }

// url returns one that Qt writes as it reads it.
func (g *generator) url() string {
	return g.of("", "http://"+g.word()+".example/"+g.word()+"%20?"+g.word()+"#"+g.word(), "file:///"+g.word()+"/%E2%82%AC", "mailto:"+g.word()+"@a")
}

func (g *generator) date() datastream.QDate {
	switch g.IntN(8) {
	case 0:
		return datastream.QDate{}
	case 1:
		return datastream.QDate{JulianDay: g.Int64N(1 << 39), Valid: true}
	}
	return datastream.QDate{JulianDay: 2440588 + g.Int64N(20000), Valid: true}
}

// time returns no time at which clocks are put forward.
func (g *generator) time() datastream.QTime {
	if g.IntN(8) == 0 {
		return datastream.QTime{}
	}
	return datastream.QTime{Milliseconds: 4*3600_000 + g.Int32N(20*3600_000), Valid: true}
}

func (g *generator) dateTime() datastream.QDateTime {
	if g.IntN(8) == 0 {
		return datastream.QDateTime{}
	}
	v := datastream.QDateTime{Date: g.date(), Time: g.time(), Spec: datastream.TimeSpec(g.IntN(4))}
	if g.format.Version == datastream.V5_0 { // which loses the zone: each Qt takes another one
		v.Spec %= datastream.TimeZone
	}
	if v.Date.JulianDay > 1<<24 || !v.Date.Valid {
		v.Date = datastream.QDate{JulianDay: 1 << 21, Valid: true}
	}
	if !v.Time.Valid {
		v.Time = datastream.QTime{Milliseconds: 12 * 3600_000, Valid: true}
	}
	v.InUTC = g.format.Version == datastream.V5_0 && v.Spec != datastream.UTC && v.IsValid()
	switch v.Spec {
	case datastream.OffsetFromUTC:
		v.Offset = 900 * (g.Int32N(100) - 50)
	case datastream.TimeZone:
		v.Zone = datastream.QTimeZone{Kind: datastream.NamedZone, ID: g.of("Asia/Tokyo", "America/New_York")}
	}
	return v
}

func (g *generator) zone() datastream.QTimeZone {
	return datastream.QTimeZone{Kind: datastream.NamedZone, ID: g.of("Europe/Paris", "Asia/Tokyo")}
}

func (g *generator) easing() datastream.QEasingCurve {
	if g.IntN(2) == 0 {
		return datastream.QEasingCurve{}
	}
	config := &datastream.EasingConfig{Period: 0.3, Amplitude: 1, Overshoot: 1.70158}
	typ := 29 + g.IntN(12) // Elastic, Back, Bounce: of another's parameters a copy in Qt has the default
	switch {
	case typ <= 32:
		config.Period, config.Amplitude = g.float(), g.float()
	case typ <= 36:
		config.Overshoot = g.float()
	default:
		config.Amplitude = g.float()
	}
	config.Bezier, config.TCB = []datastream.QPointF{}, []datastream.TCBPoint{}
	return datastream.QEasingCurve{Type: uint8(typ), Config: config}
}

func (g *generator) jsonValue() any {
	text := g.json(g.of("{", "["), 3)
	return []any{nil, true, float64(g.IntN(1000)) / 8, g.string(), text, datastream.QJsonUndefined{}}[g.IntN(6)]
}

// json returns JSON as Qt writes it: an object for "{", an array for "[", a scalar for ".", and nothing for "".
func (g *generator) json(kind string, depth int) json.RawMessage {
	var v any
	switch kind {
	case "":
		return nil
	case ".":
		v = []any{nil, g.IntN(2) == 0, float64(g.IntN(1000)) / 8, g.word()}[g.IntN(4)]
	case "{":
		v = map[string]any{g.word(): g.json(g.jsonKind(depth), depth-1), g.word(): g.json(g.jsonKind(depth), depth-1)}
	default:
		v = []any{g.json(g.jsonKind(depth), depth-1), g.json(g.jsonKind(depth), depth-1)}
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func (g *generator) jsonKind(depth int) string {
	if depth == 0 {
		return "."
	}
	return g.of("{", "[", ".")
}

const (
	cborArray = 4
	cborMap   = 5
)

// cbor appends an item of CBOR, of this major type below 6 or a double. At depth 0 it is a simple one instead of an array or a map.
func (g *generator) cbor(b []byte, kind, depth int) []byte {
	switch {
	case kind == cborArray && depth > 0:
		b = append(b, 0x82)
		return g.cbor(g.cbor(b, g.IntN(6), depth-1), g.IntN(6), depth-1)
	case kind == cborMap && depth > 0:
		b = append(b, 0xa1)
		return g.cbor(g.cbor(b, 3, depth-1), g.IntN(6), depth-1)
	case kind == 0:
		return append(b, byte(g.IntN(24)))
	case kind == 1:
		return append(b, 0x39, 1, byte(g.IntN(256)))
	case kind == 2:
		return append(b, 0x43, 1, byte(g.IntN(256)), 0)
	case kind == 3:
		word := g.word()
		return append(append(b, 0x60|byte(len(word))), word...)
	case kind == 6:
		return binary.BigEndian.AppendUint64(append(b, 0xfb), math.Float64bits(float64(g.IntN(100))+0.1))
	}
	return append(b, 0xf4+byte(g.IntN(4)))
}
