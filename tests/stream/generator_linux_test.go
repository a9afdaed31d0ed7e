package stream

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// userTypes are those that tests/qt/variants defines.
var userTypes = datastream.Types{"Pt": mustParse("int,int"), "geo::Kind": mustParse("quint8")}

func mustParse(spelling string) datastream.Type {
	t, err := datastream.ParseType(spelling, nil)
	if err != nil {
		panic(err)
	}
	return t
}

// generator makes random QVariants that a Qt can read.
type generator struct {
	*rand.Rand
	format datastream.Format // in which they will be written
	qt     *qt
}

// variant returns a QVariant with at most depth containers of QVariants within one another.
func (g *generator) variant(depth int) datastream.Variant {
	if depth > 0 && g.IntN(3) == 0 {
		return g.container(depth - 1)
	}
	if g.IntN(60) == 0 {
		return datastream.Variant{}
	}
	name := g.qt.types[g.IntN(len(g.qt.types))]
	switch t, err := datastream.ParseType(name, userTypes); {
	case err != nil || fromQtOnly[name]:
		return datastream.Variant{}
	case strings.HasPrefix(name, "QVariant"):
		return g.container(0)
	case userTypes[name] != datastream.Type{} || name == "QList<Pt>":
		return t.Variant(name, g.value(name))
	}
	return datastream.Variant{Type: name, Value: g.value(name), Null: (name == "int" || name == "QPoint") && g.IntN(8) == 0}
}

// container returns a container of QVariants.
func (g *generator) container(depth int) datastream.Variant {
	kinds := []string{"QVariantList", "QVariantMap", "QVariantHash", "QVariantPair"}
	if g.qt.major < 6 {
		kinds = kinds[:3]
	}
	name := kinds[g.IntN(len(kinds))]
	switch name {
	case "QVariantList":
		return datastream.Variant{Type: name, Value: g.variants(depth)}
	case "QVariantPair":
		return datastream.Variant{Type: name, Value: datastream.QPair[datastream.Variant, datastream.Variant]{First: g.variant(depth), Second: g.variant(depth)}}
	}
	entries := datastream.VariantMap{}
	keys := map[string]bool{}
	for _, v := range g.variants(depth) {
		if key := g.string(); !keys[key] {
			keys[key] = true
			entries = append(entries, datastream.QPair[string, datastream.Variant]{First: key, Second: v})
		}
	}
	return datastream.Variant{Type: name, Value: entries}
}

func (g *generator) variants(depth int) []datastream.Variant {
	list := make([]datastream.Variant, g.IntN(6))
	for i := range list {
		list[i] = g.variant(depth)
	}
	return list
}

// value returns a value of a type that is no container of QVariants.
func (g *generator) value(name string) any {
	if make, ok := makers[name]; ok {
		return make(g)
	}
	if name == "geo::Kind" {
		name = "quint8"
	}
	if name == "Pt" {
		return []any{g.value("int"), g.value("int")}
	}
	outer, parts := template(name)
	switch {
	case outer == "QPair" || outer == "std::pair":
		return datastream.QPair[any, any]{First: g.value(parts[0]), Second: g.value(parts[1])}
	case len(parts) == 2:
		return g.entries(parts[0], parts[1])
	case outer == "QSet":
		return []any{g.value(parts[0])}
	case outer != "":
		return g.list(parts[0])
	}
	v := reflect.New(goType(name)).Elem()
	g.fill(v)
	return v.Interface()
}

func (g *generator) list(element string) []any {
	list := make([]any, g.IntN(4))
	for i := range list {
		list[i] = g.value(element)
	}
	return list
}

// entries returns those of a map whose keys differ.
func (g *generator) entries(key, value string) []datastream.QPair[any, any] {
	known := map[any]any{}
	for range g.IntN(4) {
		known[g.value(key)] = g.value(value)
	}
	delete(known, nil) // equal to an empty key
	entries := []datastream.QPair[any, any]{}
	for k, v := range known {
		entries = append(entries, datastream.QPair[any, any]{First: k, Second: v})
	}
	slices.SortFunc(entries, func(a, b datastream.QPair[any, any]) int { return strings.Compare(printed(a), printed(b)) })
	return entries
}

// fill sets v to a random value of its Go type.
func (g *generator) fill(v reflect.Value) {
	if make, ok := goMakers[v.Type()]; ok {
		v.Set(reflect.ValueOf(make(g)))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(g.IntN(2) == 0)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(g.bits(v.Type().Bits()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(g.bits(64)) >> (64 - v.Type().Bits()))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(g.float())
	case reflect.String:
		v.SetString(g.string())
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i))
		}
	case reflect.Pointer:
		if g.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			g.fill(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 || g.IntN(8) > 0 {
			n := g.IntN(5)
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			g.fill(v.Index(i))
		}
	default:
		panic("no random value of Go type " + v.Type().String())
	}
}

// bits returns a number of that many bits, often a small one or one at the end of the range.
func (g *generator) bits(width int) int64 {
	switch g.IntN(6) {
	case 0:
		return math.MaxInt64 >> (64 - width)
	case 1:
		return math.MinInt64 >> (64 - width)
	case 2, 3:
		return int64(g.IntN(100)) - 10
	}
	return int64(g.Uint64()) >> (64 - width)
}

// quietNaN is the one of Qt: some comparisons there are of bits.
var quietNaN = math.Float64frombits(0x7ff8000000000000)

func (g *generator) float() float64 {
	special := []float64{quietNaN, math.Inf(1), math.Inf(-1), math.Copysign(0, -1), math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32}
	switch n := g.IntN(20); {
	case n < len(special):
		return special[n]
	case n < 12:
		return g.NormFloat64() * 1e6
	}
	return float64(g.IntN(2000)-1000) / 8
}

func (g *generator) string() string {
	if g.IntN(8) == 0 {
		return ""
	}
	characters := []rune{0, 'A', '"', 'é', '€', 0xfeff, 0xffff, 0x1f600, 0x10ffff}
	s := []rune(g.word())
	if g.format.Version == datastream.V1_0 { // of which Qt 5 reads what is before a NUL
		characters = characters[1:]
	}
	for range g.IntN(4) {
		s = append(s, characters[g.IntN(len(characters))])
	}
	return string(s)
}

func (g *generator) word() string {
	word := make([]byte, 1+g.IntN(8))
	for i := range word {
		word[i] = 'a' + byte(g.IntN(26))
	}
	return string(word)
}

// template takes a spelling such as QMap<K,V> apart. outer is empty for others.
func template(name string) (outer string, parts []string) {
	outer, rest, found := strings.Cut(name, "<")
	if !found {
		return "", nil
	}
	depth, start := 0, 0
	rest = strings.TrimSpace(strings.TrimSuffix(rest, ">"))
	for i, c := range rest {
		switch {
		case c == '<':
			depth++
		case c == '>':
			depth--
		case c == ',' && depth == 0:
			parts, start = append(parts, rest[start:i]), i+1
		}
	}
	return outer, append(parts, rest[start:])
}

// goType returns the Go type of a type's values: that of the one that zeros are read as.
func goType(name string) reflect.Type {
	t, err := datastream.ParseType(name, nil)
	if err != nil {
		panic(err)
	}
	v := t.Read(datastream.NewReader(datastream.Format{}, make([]byte, 1024), datastream.Limits{}))
	if v == nil {
		panic("no random value of " + name)
	}
	return reflect.TypeOf(v)
}
