package main

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func tinyPNG(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	picture := &image.Gray{Pix: []byte{0, 80, 160, 255}, Stride: 2, Rect: image.Rect(0, 0, 2, 2)}
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// conversionOf is what the flags of a verb stand for.
func conversionOf(args ...string) (conversion, error) {
	var f formatFlags
	cmd := new(cobra.Command)
	f.register(cmd)
	if err := cmd.ParseFlags(args); err != nil {
		return conversion{}, err
	}
	return f.conversion()
}

func TestFormats(t *testing.T) {
	picture := string(tinyPNG(t))
	minus2 := hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 0xfffffffe))
	for _, c := range []struct{ flags, value, mem string }{
		{"raw", "a\x00\n", "61000a"},
		{"raw", "", ""},
		{"text", "h\u00e9", "68c3a900"},
		{"text", "", "00"},
		{"hex", "00ff10", "00ff10"},
		{"hex", "", ""},
		{"int32", "-2", minus2},
		{"cstring", "hi", "00000003686900"},
		{"cstring", "", "0000000100"},
		{"cstring --order little", "hi", "03000000686900"},
		{"qstring", "h\u00e9", "00000004006800e9"},
		{"qstring", "", "00000000"},
		{"qstring --order little", "h", "020000006800"},
		{"qstring --stream-version 1", "h", "0000000168"},
		{"qbytearray", "a\x00\n", "0000000361000a"},
		{"qbytearray", "", "00000000"},
		{"qbytearray --stream-version 5.15 --precision single", "a", "0000000161"},
		{"qimage", picture, "00000001" + hex.EncodeToString([]byte(picture))},
		{"qimage --stream-version 4", picture, hex.EncodeToString([]byte(picture))},
		{"qimage", "", "00000000"},
		{"QString", `"hé"`, "00000004006800e9"},
		{"QString", "null", "ffffffff"},
		{"QString --stream-version 2", `""`, "00000000"},
		{"int", "-2", "fffffffe"},
		{"cstring", "hi", "00000003686900"}, // the format, not the type of that name
		{"QPoint --order little", `{"x":1,"y":-2}`, "01000000feffffff"},
		{"double --precision single", "1.5", "3fc00000"},
		{"QVariantMap --stream-version 5.15", `{"k":1}`, "0000000100000002006b000000020000000001"},
		{"int,QString", `[7,"s"]`, "00000007000000020073"},
		{"QList<Pt> --define Pt=int,int", "[[1,2]]", "000000010000000100000002"},
		{"B --define A=uchar,uchar --define B=A,A", "[[1,2],[3,4]]", "01020304"},
		{"raw<2>", `"ab"`, "6162"},
	} {
		conv, err := conversionOf(strings.Fields("--as " + c.flags)...)
		if err != nil {
			t.Errorf("%s: %v", c.flags, err)
			continue
		}
		mem, err := conv.encode(conv.settings, []byte(c.value))
		if got := hex.EncodeToString(mem); err != nil || got != c.mem {
			t.Errorf("%s: encode %q: %s, %v; want %s", c.flags, c.value, got, err, c.mem)
		}
		longer := append(mem, 0xee)
		if conv.name == "raw" || conv.name == "hex" { // which have no end
			longer = mem
		}
		value, err := conv.decode(conv.settings, longer)
		if err != nil || string(value) != c.value {
			t.Errorf("%s: decode %x: %q, %v; want %q", c.flags, longer, value, err, c.value)
		}
	}
}

func TestValuesThatAreNone(t *testing.T) {
	for _, c := range []struct{ format, value string }{
		{"text", "a\x00b"}, {"cstring", "a\x00b"}, {"qstring", "a\xff"}, {"hex", "0"}, {"hex", "zz"},
		{"int32", ""}, {"int32", "2147483648"}, {"int32", "0x1"}, {"int32", "1 2"}, {"qimage", "GIF89a"},
		{"qimage --stream-version 4", ""}, {"qimage --stream-version 1", "GIF89a"}, {"QString", "hi"}, {"QString", ""}, {"int", "2147483648"},
		{"QPoint", `{"x":1,"z":2}`}, {"int,int", "[1]"}, {"raw<2>", `"abc"`},
	} {
		conv, err := conversionOf(strings.Fields("--as " + c.format)...)
		if err != nil {
			t.Fatal(err)
		}
		if mem, err := conv.encode(conv.settings, []byte(c.value)); err == nil {
			t.Errorf("%s: encode %q: %x, want an error", c.format, c.value, mem)
		}
	}
}

func TestMemoryThatHoldsNoValue(t *testing.T) {
	for _, c := range []struct{ format, mem string }{
		{"int32", ""}, {"int32", "000000"}, {"cstring", "000000"}, {"cstring", "00000004616200"}, {"cstring", "ffffffff"},
		{"qstring", "0000000161"}, {"qstring", "0000000400"}, {"qbytearray", "7fffffff61"}, {"qimage", "0000000161"},
		{"QString", "0000000400"}, {"QPoint", "00000001"}, {"int,QString", "0000000100000001"}, {"QVariant", "00000fff00"},
	} {
		conv, err := conversionOf("--as", c.format)
		if err != nil {
			t.Fatal(err)
		}
		mem, err := hex.DecodeString(c.mem)
		if err != nil {
			t.Fatal(err)
		}
		value, err := conv.print(mem)
		if s := statusOf(err); err == nil || s != statusBadData || !strings.Contains(err.Error(), c.format) {
			t.Errorf("%s: decode %s: %q, %v (%v)", c.format, c.mem, value, err, s)
		}
	}
}

// Null values, which our side cannot tell from empty ones.
func TestNullReadsAsEmpty(t *testing.T) {
	for _, c := range []struct{ format, mem, value string }{
		{"qstring", "ffffffff", "\n"}, {"qbytearray", "ffffffff", ""}, {"cstring", "00000000", "\n"},
	} {
		conv, err := conversionOf("--as", c.format)
		if err != nil {
			t.Fatal(err)
		}
		mem, err := hex.DecodeString(c.mem)
		if err != nil {
			t.Fatal(err)
		}
		if value, err := conv.print(mem); err != nil || string(value) != c.value {
			t.Errorf("%s: %q, %v; want %q", c.format, value, err, c.value)
		}
	}
}

// Text is a line on our side, other data are exact.
func TestNewlines(t *testing.T) {
	file := filepath.Join(tempDir(t), "in")
	for _, c := range []struct{ format, file, mem, printed string }{
		{"text", "hi\n", "686900", "hi\n"},
		{"text", "hi", "686900", "hi\n"},
		{"text", "hi\n\n", "68690a00", "hi\n\n"},
		{"hex", "68 69\n0a\n", "68690a", "68690a\n"},
		{"qbytearray", "hi\n", "0000000368690a", "hi\n"},
		{"qbytearray", "hi", "000000026869", "hi"},
		{"raw", "hi\n", "68690a", "hi\n"},
	} {
		if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		conv, err := conversionOf("--as", c.format)
		if err != nil {
			t.Fatal(err)
		}
		mem, err := conv.load(file)
		if got := hex.EncodeToString(mem); err != nil || got != c.mem {
			t.Errorf("%s: load %q: %s, %v; want %s", c.format, c.file, got, err, c.mem)
		}
		printed, err := conv.print(mem)
		if err != nil || string(printed) != c.printed {
			t.Errorf("%s: print %x: %q, %v; want %q", c.format, mem, printed, err, c.printed)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Error(err)
	}
}

// What print adds must not overwrite memory behind the value.
func TestPrintLeavesMemoryAlone(t *testing.T) {
	mem := []byte("hi\x00rest")
	conv, err := conversionOf("--as", "text")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conv.print(mem); err != nil || string(mem) != "hi\x00rest" {
		t.Errorf("%q, %v", mem, err)
	}
}

func TestFormatFlagsThatSayNothing(t *testing.T) {
	for args, want := range map[string]string{
		"--as jpeg":                         `--as: datastream: type "jpeg": unknown type: jpeg: see the list in --help`,
		"--as QList<jpeg>":                  "unknown type: jpeg",
		"--as int32 --define A=int":         "no QDataStream",
		"--as A --define A":                 "--define A: want NAME=TYPE",
		"--as A --define A=jpeg":            `--define A: datastream: type "jpeg": unknown type`,
		"--as int32 --order big":            "no QDataStream",
		"--as raw --stream-version 5.15":    "no QDataStream",
		"--as hex --precision double":       "no QDataStream",
		"--as qstring --order up":           "want big or little",
		"--as qstring --precision half":     "want double or single",
		"--as qstring --stream-version 25":  "stream version 25",
		"--as qstring --stream-version 7.0": "Qt 7.0",
	} {
		if _, err := conversionOf(strings.Fields(args)...); statusOf(err) != statusUsage || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}

func TestWithoutNewline(t *testing.T) {
	windows := runtime.GOOS == "windows"
	for value, want := range map[string]string{
		"": "", "a": "a", "a\n": "a", "a\n\n": "a\n", "\n": "", "a\r": "a\r", "\ra\n": "\ra",
		"a\r\n": map[bool]string{false: "a\r", true: "a"}[windows], "a\n\r\n": map[bool]string{false: "a\n\r", true: "a\n"}[windows],
	} {
		if got := withoutNewline([]byte(value)); string(got) != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
