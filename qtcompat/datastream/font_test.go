package datastream

import (
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// recordedFont is a QFont as testdata/vectors has it: without what QFont() has, too.
type recordedFont struct {
	Family            string             `json:"family"`
	Families          []string           `json:"families"` // all of them; none if there is one
	StyleName         string             `json:"styleName"`
	PointSize         float64            `json:"pointSize"`
	PixelSize         int32              `json:"pixelSize"`
	StyleHint         uint8              `json:"styleHint"`
	StyleStrategy     uint16             `json:"styleStrategy"`
	Weight            uint16             `json:"weight"`
	Style             uint8              `json:"style"`
	Underline         bool               `json:"underline"`
	Overline          bool               `json:"overline"`
	StrikeOut         bool               `json:"strikeOut"`
	FixedPitch        bool               `json:"fixedPitch"`
	Kerning           bool               `json:"kerning"`
	Stretch           uint16             `json:"stretch"`
	LetterSpacingType uint8              `json:"letterSpacingType"`
	LetterSpacing     float64            `json:"letterSpacing"`
	WordSpacing       float64            `json:"wordSpacing"`
	HintingPreference uint8              `json:"hintingPreference"`
	Capitalization    uint8              `json:"capitalization"`
	Features          map[string]uint32  `json:"features"`
	VariableAxes      map[string]float32 `json:"variableAxes"`
}

// fontOf returns a recorded QFont, with features and axes in the order of their tags.
func fontOf(t *testing.T, text string) QFont {
	t.Helper()
	from := recordedFont{PointSize: -1, PixelSize: -1, StyleHint: 5, StyleStrategy: 1, Weight: 400, Kerning: true}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&from); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	v := QFont{
		Family: from.Family, StyleName: from.StyleName, PointSize: from.PointSize, PixelSize: from.PixelSize,
		StyleHint: from.StyleHint, StyleStrategy: from.StyleStrategy, Weight: from.Weight, Style: from.Style,
		Underline: from.Underline, Overline: from.Overline, StrikeOut: from.StrikeOut, Kerning: from.Kerning,
		FixedPitch: from.FixedPitch, PitchSet: from.FixedPitch, Stretch: from.Stretch,
		LetterSpacing: from.LetterSpacing, AbsoluteSpacing: from.LetterSpacingType == 1, WordSpacing: from.WordSpacing,
		HintingPreference: from.HintingPreference, Capitalization: from.Capitalization,
	}
	if len(from.Families) > 0 {
		v.Families = from.Families[1:]
	}
	for tag, value := range from.Features {
		v.Features = append(v.Features, FontFeature{tag, value})
	}
	for tag, value := range from.VariableAxes {
		v.VariableAxes = append(v.VariableAxes, FontAxis{tag, value})
	}
	sortTags(v)
	return v
}

func sortTags(v QFont) {
	slices.SortFunc(v.Features, func(a, b FontFeature) int { return strings.Compare(a.Tag, b.Tag) })
	slices.SortFunc(v.VariableAxes, func(a, b FontAxis) int { return strings.Compare(a.Tag, b.Tag) })
}

func TestFontLikeQt(t *testing.T) {
	lines := eachRecorded(t, "QFont", func(f Format, line recorded) {
		r := NewReader(f, append(line.bytes, 0xee), Limits{})
		got := r.QFont()
		want := fontOf(t, line.read)
		want.PitchSet = want.PitchSet && f.Version >= V4_4
		if qt5 := append([]string{want.Family}, want.Families...); f.Version == V5_13 && slices.Equal(got.Families, qt5) {
			want.Families = qt5
		}
		features := slices.Clone(got.Features)
		sortTags(got)
		if r.Err() != nil || r.Remaining() != 1 || !reflect.DeepEqual(withLists(got), withLists(want)) {
			t.Errorf("%+v: %x reads as %+v, %d bytes left, %v; want %+v", f, line.bytes, got, r.Remaining()-1, r.Err(), want)
		}
		v := fontOf(t, line.value)
		if v.PixelSize > 0 && f.Version < V3_0 && want.PointSize != 15 {
			return // the screen had other dots
		}
		if f.Version >= V5_13 {
			v.Families, v.Features = want.Families, features
		}
		checkFontBytes(t, f, v, line.bytes)
	})
	if lines < 1700 {
		t.Errorf("%d lines", lines)
	}
}

// withLists makes empty lists of those that are nil.
func withLists(v QFont) QFont {
	v.Families = append([]string{}, v.Families...)
	v.Features = append([]FontFeature{}, v.Features...)
	v.VariableAxes = append([]FontAxis{}, v.VariableAxes...)
	return v
}

// checkFontBytes checks that v is written as these bytes, with no allocation, and that each beginning of them is too short.
func checkFontBytes(t *testing.T, f Format, v QFont, want []byte) {
	t.Helper()
	if got := f.AppendQFont(nil, v); string(got) != string(want) {
		t.Errorf("%+v: %+v is written as %x, by Qt as %x", f, v, got, want)
	}
	buf := make([]byte, 0, len(want))
	if n := testing.AllocsPerRun(1, func() { f.AppendQFont(buf, v) }); n != 0 {
		t.Errorf("%+v: %+v: %v allocations", f, v, n)
	}
	for n := range want {
		r := NewReader(f, want[:n:n], Limits{})
		if got := r.QFont(); r.Err() == nil || !reflect.DeepEqual(got, QFont{}) || r.Offset() != 0 {
			t.Errorf("%+v: %x reads as %+v, %v", f, want[:n], got, r.Err())
		}
	}
}

// TestFontFamilies has what Qt 6.12.0 writes of lists of families, and Qt 5.15.8 in version 19.
func TestFontFamilies(t *testing.T) {
	const rest = "ffffffff4024000000000000ffffffff050001"
	const legacy, modern = rest + "003210000001000000000000000000" + "00", rest + "019010000001000000000000000000" + "00"
	for _, test := range []struct {
		version  Version
		family   string
		families []string
		bytes    string
	}{
		{V5_13, "A", []string{}, "000000020041" + legacy + "00000000"},
		{V5_13, "A", []string{"B"}, "000000020041" + legacy + "00000001000000020042"},
		{V5_13, "A", []string{"A", "B"}, "000000020041" + legacy + "00000002000000020041000000020042"},
		{V5_13, "", []string{}, "ffffffff" + legacy + "00000000"},
		{V5_13, "", []string{"B"}, "ffffffff" + legacy + "00000001000000020042"},
		{V6_0, "", []string{}, "ffffffff" + modern + "00000000"},
		{V6_0, "A", []string{}, "000000020041" + modern + "00000001000000020041"},
		{V6_0, "A", []string{"B"}, "000000020041" + modern + "00000002000000020041000000020042"},
		{V6_0, "A", []string{"A", "A", "B"}, "000000020041" + modern + "00000003000000020041000000020041000000020042"},
	} {
		v := NewQFont(test.family, 10)
		v.Families = test.families
		exact(t, "QFont", Format{Version: test.version}, v, Format.AppendQFont, (*Reader).QFont, test.bytes)
	}
	for _, all := range [][]string{{"A"}, {"A", "B"}} { // as Qt 5.15.8 has the families
		v := NewQFont("A", 10)
		v.Families = all
		r := NewReader(Format{}, Format{}.AppendQFont(nil, v), Limits{})
		if got := r.QFont(); got.Family != "A" || !slices.Equal(got.Families, all[1:]) {
			t.Errorf("%q is in Qt 6 %q and %q", all, got.Family, got.Families)
		}
	}
}

// TestFontFamilyIsTheFirst reads streams with another first of the families than the family itself.
func TestFontFamilyIsTheFirst(t *testing.T) {
	f := Format{Version: V6_0}
	head := unhex(t, "000000020041ffffffff4024000000000000ffffffff05000101901000000100000000000000000000")
	for _, test := range []struct {
		all      []string
		family   string
		families []string
	}{
		{[]string{}, "", []string{}},
		{[]string{""}, "", []string{""}},
		{[]string{"", "B"}, "", []string{"B"}},
		{[]string{"X", "B"}, "X", []string{"B"}},
	} {
		list := f.AppendQStringList(nil, test.all)
		r := NewReader(f, slices.Concat(head, list), Limits{})
		v := r.QFont()
		if r.Err() != nil || v.Family != test.family || !reflect.DeepEqual(v.Families, test.families) {
			t.Errorf("%q reads as %q and %q, %v", test.all, v.Family, v.Families, r.Err())
		}
		if b := f.AppendQFont(nil, v); !strings.HasSuffix(string(b), string(list)) {
			t.Errorf("%q is written as %x", test.all, b)
		}
	}
}

func TestFontErrors(t *testing.T) {
	f := Format{Version: V6_0}
	const head = "000000020041ffffffff4024000000000000ffffffff"
	good := []string{"05", "0001", "0190", "10", "0000", "01", "0000000000000000", "00", "00", "00000001000000020041"}
	for field, values := range map[int][]string{
		0: {"09", "ff"},
		2: {"0000", "03e9", "ffff"},
		3: {"80", "90"},
		5: {"04", "80"},
		7: {"04"},
		8: {"05"},
	} {
		for _, value := range values {
			bad := slices.Clone(good)
			bad[field] = value
			refused(t, "QFont", f, head+strings.Join(bad, ""), (*Reader).QFont, ErrCorrupt)
		}
	}
	for field, value := range map[int]string{0: "08", 2: "03e8", 3: "ff", 5: "03", 7: "03", 8: "04"} {
		limit := slices.Clone(good)
		limit[field] = value
		r := NewReader(f, unhex(t, head+strings.Join(limit, "")), Limits{})
		if v := r.QFont(); r.Err() != nil || r.Remaining() != 0 {
			t.Errorf("%s: %+v, %v", limit, v, r.Err())
		}
	}
	lists := Format{Version: V6_6}
	refused(t, "QFont", lists, head+strings.Join(good, "")+"00000002"+"6c69676100000001", (*Reader).QFont, io.ErrUnexpectedEOF)
}

// TestFontOldBits reads the bits that Qt 3 and Qt 4 have: 0x20 always, 0x10 before version 7.
func TestFontOldBits(t *testing.T) {
	r := NewReader(Format{Version: V3_3}, unhex(t, "00000002004100640014"+"05"+"01"+"01"+"32"+"30"), Limits{})
	want := NewQFont("A", 10)
	want.PixelSize = 20
	if v := r.QFont(); r.Err() != nil || !reflect.DeepEqual(v, want) {
		t.Errorf("%+v, %v", v, r.Err())
	}
}

// TestFontSmallSizes checks that each size of the versions with a qint16 is written as it was read.
func TestFontSmallSizes(t *testing.T) {
	for n := -1 << 15; n < 1<<15; n++ {
		for _, f := range []Format{{Version: V2_0}, {Version: V3_0}} {
			v := NewQFont("", float64(n)/10)
			b := f.AppendQFont(nil, v)
			if got := NewReader(f, b, Limits{}).QFont(); !reflect.DeepEqual(got, v) || f.AppendInt16(nil, int16(n))[1] != b[5] {
				t.Fatalf("%+v: %+v is written as %x and reads as %+v", f, v, b, got)
			}
		}
	}
	// Qt 6.12.0 on a screen with 96 dots per inch
	for pixels, points := range map[int32]float64{5: 4, 10: 8, 11: 8, 17: 13, 18: 14, 19: 14, 20: 15, 21: 16, 33: 25, 100: 75} {
		f := Format{Version: V1_0}
		v := NewQFont("A", -1)
		v.PixelSize = pixels
		if got := NewReader(f, f.AppendQFont(nil, v), Limits{}).QFont(); !reflect.DeepEqual(got, NewQFont("A", points)) {
			t.Errorf("%d pixels: %+v, want %v points", pixels, got, points)
		}
	}
}

func TestFontTags(t *testing.T) {
	v := NewQFont("A", 10)
	v.Families = []string{}
	v.Features = []FontFeature{{"zero", 1}, {"\u00ff\u0000 ~", 1<<32 - 1}}
	v.VariableAxes = []FontAxis{{"wght", -0.5}}
	const lists = "00000002" + "7a65726f00000001" + "ff00207effffffff" + "00000001" + "77676874bfe0000000000000"
	exact(t, "QFont", Format{}, v, Format.AppendQFont, (*Reader).QFont,
		"000000020041ffffffff4024000000000000ffffffff050001019010000001000000000000000000"+"00"+"00000001000000020041"+lists)
	if b := (Format{}).appendFontTag(nil, "ab"); string(b) != "\x00\x00ab" {
		t.Errorf("a short tag is %x", b)
	}
}
