package main

import (
	"bytes"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// blockOf is the block with these hexadecimal digits.
func blockOf(t *testing.T, digits string) block {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return newBlock(b)
}

// printed is what the command prints of the first guess, in one line.
func printed(t *testing.T, b block) string {
	t.Helper()
	guesses, err := b.best()
	if err != nil {
		t.Fatalf("%x: %v", b.bytes, err)
	}
	var out strings.Builder
	if err := printGuesses(&out, guesses[:1], false); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func TestFirstGuess(t *testing.T) {
	for _, c := range []struct{ digits, want string }{
		{"00000004 00680069", `QString value "hi" stream version 2-24, big-endian bytes all 8: 2 characters`},
		{"04000000 68006900", `QString value "hi" stream version 2-24, little-endian bytes all 8: 2 characters`},
		{"00000004 00680069 0000000000", `QString value "hi" stream version 2-24, big-endian bytes 8 of 13, then 5 zeros: 2 characters`},
		{"00000007 68656c6c6f210a", `QByteArray value "hello!\n" stream version 1-24, big-endian bytes all 11: 7 characters`},
		{"00000006 68656c6c6f00", `const char* value "hello" stream version 1-24, big-endian bytes all 10: 5 characters`},
		{"00000013 687474703a2f2f612f623f633d2532306423 65", `QUrl value "http://a/b?c=%20d#e" stream version 1-24, big-endian bytes all 23: 19 characters`},
		{"00000002 00000002 0061 00000002 0062", `QStringList value ["a","b"] stream version 2-24, big-endian bytes all 16: 2 characters`},
		{"00000007 0000000a 0073006500760065006e", `int,QString value [7,"seven"] stream version 2-24, big-endian bytes all 18: 5 characters, 1 number`},
		{"3ff8000000000000", `double value 1.5 stream version 1-24, big-endian bytes all 8: 1 number or float`},
		{"00000007 7b2261223a317d", `QJsonObject value {"a":1} stream version 1-24, big-endian bytes all 11: 7 characters`},
		{"0000000000258ad2 0038cefc 01", `QDateTime`},
		{"00000001 00000002 006b 00000002 00 00000001", `QVariantMap value {"k":1} stream version 8-24, big-endian bytes all 19: 1 character, 1 number or QVariantHash`},
		{"00000001 00000002 006b 00000002 00000001", `QVariantMap value {"k":1} stream version 7, big-endian`},
		{"ffffffff", `QString value null stream version 3-24`},
		{"00000000", `QString value "" stream version 1-24 bytes all 4: nothing in it or QByteArray`},
	} {
		if got := printed(t, blockOf(t, c.digits)); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s\nwant %s", c.digits, got, c.want)
		}
	}
}

// Other types are named if the bytes may be of them, in the same settings of the stream, and if they are not too rare.
func TestOtherTypes(t *testing.T) {
	for digits, want := range map[string]string{
		"0000012c 000000c8": "QSize int,int",
		"0000000168":        "", // a QString of version 1 is a guess of its own, and a URL is no word
		"00000004 00640065": "QLocale",
		"3fc00000":          "float",

		"00000001 00000002 0061": "int,QString",
	} {
		guesses, err := blockOf(t, digits).best()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(guesses[0].also, " "); got != want {
			t.Errorf("%s: %s, or %q; want %q", digits, guesses[0].spelling, got, want)
		}
	}
}

// What reads to the end leaves no room for what does not.
func TestGuessesAreWhole(t *testing.T) {
	guesses, err := blockOf(t, "00000002 0068 00000007").best()
	if err != nil || len(guesses) < 2 {
		t.Fatal(guesses, err)
	}
	for _, g := range guesses {
		if g.length != 10 {
			t.Errorf("%s takes %d of 10 bytes", g.spelling, g.length)
		}
	}
}

// The command in README.md prints what it says there.
func TestReadmeGuesses(t *testing.T) {
	_, example, ok := strings.Cut(readString(t, "../../README.md"), "\n$ echo ")
	digits, want, isGuess := strings.Cut(example, " | qtpeer stream guess --hex\n")
	want, _, _ = strings.Cut(want, "```")
	if !ok || !isGuess {
		t.Fatal("README.md has no example of qtpeer stream guess")
	}
	cmd := qtpeer(t, "stream", "guess", "--hex")
	cmd.Stdin = strings.NewReader(digits)
	if got, err := cmd.Output(); err != nil || string(got) != want {
		t.Errorf("%s%v; README.md says\n%s", got, err, want)
	}
}

// A short value over a longer one that was there before leaves the end of that.
func TestGuessWithRemains(t *testing.T) {
	long, short := datastream.Format{}.AppendQString(nil, "a longer text"), datastream.Format{}.AppendQString(nil, "shorter")
	want := `QString value "shorter" stream version 2-24, big-endian bytes 18 of 30, then 12 unknown: 7 characters`
	if got := printed(t, newBlock(append(short, long[len(short):]...))); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// randomBytes are the same in every run.
func randomBytes(t *testing.T, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(rand.NewChaCha8([32]byte{1}), b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNoGuess(t *testing.T) {
	for want, b := range map[string][]byte{"the input is empty": nil, "no type of Qt makes sense of these 100000 bytes": randomBytes(t, 100_000)} {
		if guesses, err := newBlock(b).best(); statusOf(err) != statusBadData || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes: %d guesses, %v; want %q", len(b), len(guesses), err, want)
		}
	}
}

// Sequences do not take more work the more bytes there are.
func TestSequenceSearchIsBounded(t *testing.T) {
	b := newBlock(bytes.Repeat([]byte{0, 0, 0, 1}, 100_000))
	s := newSequenceSearch(b, datastream.Format{})
	s.best()
	if most := workPerFormat + len(b.bytes)/bytesOfReading + len(s.steps)*(1+len(b.bytes)/bytesOfReading); s.work > most {
		t.Errorf("the work is %d, want at most %d", s.work, most)
	}
	texts := bytes.Repeat(datastream.Format{}.AppendQString(nil, "a"), 2*longestSequence)
	s = newSequenceSearch(newBlock(append(texts, make([]byte, 1000)...)), datastream.Format{})
	s.best()
	for at, p := range s.places {
		if at > s.length+zerosRead || p.steps > longestSequence {
			t.Errorf("the search got to byte %d of %d and %d in %d steps", at, s.length, len(s.bytes), p.steps)
		}
	}
	s = newSequenceSearch(newBlock(randomBytes(t, 10_000)), datastream.Format{})
	if s.best(); len(s.places) > 100 {
		t.Errorf("the search of random bytes got to %d places, want few", len(s.places))
	}
}

func TestGuessAsJSON(t *testing.T) {
	guesses, err := blockOf(t, "0000012c 000000c8 000000").best()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := printGuesses(&out, guesses[:1], true); err != nil {
		t.Fatal(err)
	}
	want := `[{"type":"QPoint","also":["QSize","int,int"],"value":{"x":300,"y":200},"versions":"2-24","order":"big","precision":"any",` +
		`"bytes":8,"reason":"8 of 11, then 3 zeros: 2 numbers"}]` + "\n"
	if out.String() != want {
		t.Errorf("%s, want %s", out.String(), want)
	}
}

func TestFormatSet(t *testing.T) {
	var s formatSet
	for _, v := range []datastream.Version{1, 2, 3, 7, 12, 13, 24} {
		s.add(datastream.Format{Version: v, ByteOrder: datastream.LittleEndian})
	}
	s.add(datastream.Format{Version: 13, Precision: datastream.Single})
	little := datastream.Format{Version: 24, ByteOrder: datastream.LittleEndian}
	single := datastream.Format{Version: 13, Precision: datastream.Single}
	for got, want := range map[string]string{
		s.versions(little): "1-3,7,12-13,24", s.order(little): "little", s.precision(little): "double",
		s.versions(single): "13", s.order(single): "big", s.precision(single): "single",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if !s.has(little) || s.has(datastream.Format{Version: 24}) {
		t.Errorf("%b has %v: %v", s, little, s.has(little))
	}
	var all formatSet
	for _, f := range allFormats() {
		all.add(f)
	}
	if f := (datastream.Format{Version: 1}); all.versions(f) != "1-24" || all.order(f) != "any" || all.precision(f) != "any" {
		t.Errorf("%s, %s, %s", all.versions(f), all.order(f), all.precision(f))
	}
}

// What is likelier is shorter to say.
func TestMeasure(t *testing.T) {
	for _, c := range []struct{ likely, unlikely any }{
		{int32(5), int32(1_000_000)},
		{int32(-1), uint32(0xffffffff)},
		{1.5, 1.2345678},
		{0.25, 5e-324},
		{"hello", "\u6865\u6c6c\u6f00"},
		{"hello", "h\x00llo"},
		{"привет", "п€€в\ue000т"},
		{[]byte("hello"), []byte("\xff\xfe\x80\x90\xa0")},
		{datastream.QDate{JulianDay: 2460370, Valid: true}, datastream.QDate{JulianDay: 7012360, Valid: true}},
		{datastream.QTime{Valid: true}, datastream.QTime{Milliseconds: 3723004, Valid: true}},
		{datastream.QRect{Width: 3, Height: 3}, datastream.QRect{Width: -3, Height: 3}},
		{datastream.QKeySequence{0x04000041}, datastream.QKeySequence{0x00001234}},
		{datastream.QColor{Spec: 1, Alpha: 0xffff, Parts: [4]uint16{0x1212}}, datastream.QColor{Spec: 1, Alpha: 0xfffe, Parts: [4]uint16{0x1234}}},
		{datastream.Variant{Type: "int", Value: int32(1)}, datastream.Variant{Type: "int", Value: int32(1), Null: true}},
		{datastream.Variant{Type: "int", Value: int32(1)}, datastream.Variant{Type: "QRegion", Value: int32(1)}},
		{[16]byte{6: 0x40, 8: 0x80}, [16]byte{6: 0xf0, 8: 0x80}},
		{[]any{int32(1)}, []any{int32(1), int32(1)}},
		{[]bool{true}, make([]bool, 100)},
		{nil, "nil"},
	} {
		if likely, unlikely := measureOf(c.likely).bits, measureOf(c.unlikely).bits; likely >= unlikely || likely <= 0 {
			t.Errorf("%v takes %v bits, %v takes %v", c.likely, likely, c.unlikely, unlikely)
		}
	}
}

func TestMeasuresOfTheSameParts(t *testing.T) {
	point := measureOf(datastream.QPoint{X: 3, Y: 0})
	if measureOf(datastream.QSize{Width: 3, Height: 0}).sum() != point.sum() || measureOf(int32(3), int32(0)).sum() != point.sum() {
		t.Error("the parts of a QPoint are not those of a QSize or of two numbers")
	}
	if measureOf(datastream.QPoint{X: 0, Y: 3}).sum() == point.sum() {
		t.Error("the order of the parts does not matter")
	}
	long := strings.Repeat("hello ", 10_000)
	if got, want := measureOf(long).bits/measureOf(long[:4000]).bits, 15.0; got < want*0.9 || got > want*1.1 {
		t.Errorf("a text 15 times as long takes %v times as many bits", got)
	}
}
