package datastream

import (
	"slices"
	"testing"
)

func FuzzCoreTypes(f *testing.F)      { fuzzTypes(f, coreTypes()) }
func FuzzTextTypes(f *testing.F)      { fuzzTypes(f, textTypes()) }
func FuzzContainerTypes(f *testing.F) { fuzzTypes(f, containerTypes()) }
func FuzzGeometryTypes(f *testing.F)  { fuzzTypes(f, geometryTypes()) }
func FuzzGuiTypes(f *testing.F)       { fuzzTypes(f, guiTypes()) }

func FuzzQVariant(f *testing.F) {
	fuzzTypes(f, []builtin{{codec: byName["QVariant"]}})
}

// fuzzTypes reads arbitrary bytes as one of the types, from what real Qt wrote of them on.
func fuzzTypes(f *testing.F, types []builtin) {
	slices.SortFunc(types, func(a, b builtin) int { return int(a.id) - int(b.id) })
	index := map[string]int{}
	for i, t := range types {
		index[t.name] = i
	}
	for _, l := range vectors(f) {
		if i, ok := index[l.t.name]; ok && l.readable() && len(l.bytes) < 400 && (l.f.Version == Latest || l.f.Version%6 == 1) {
			f.Add(l.bytes, uint8(i), uint8(l.f.Version), uint8(l.f.ByteOrder), uint8(l.f.Precision))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, which, version, order, precision uint8) {
		c := types[int(which)%len(types)].codec
		l := vectorLine{
			recorded: recorded{typ: c.name, bytes: data},
			t:        Type{c},
			f:        Format{Version(version % uint8(Latest+1)), ByteOrder(order % 2), Precision(precision % 2)},
		}
		l.checkMutant(t, data)
	})
}

func FuzzParseType(f *testing.F) {
	for _, s := range []string{"qint32, QString", "QList<QPair<QString,unsigned int> >", "QMap<QString,QVariant>", "raw<8>", "Pt", "QList<QList<", "<,>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spelling string) {
		typ, err := ParseType(spelling, vectorUserTypes())
		if err != nil {
			return
		}
		if again, err := ParseType(typ.String(), nil); err != nil || again.String() != typ.String() {
			t.Errorf("%q is %s, and that is %s, %v", spelling, typ, again, err)
		}
	})
}
