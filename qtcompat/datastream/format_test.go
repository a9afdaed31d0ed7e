package datastream

import "testing"

func TestZeroFormatIsNewestDefault(t *testing.T) {
	write := func(f Format) string {
		b := f.AppendFloat32(f.AppendUint16(nil, 0x0102), 1.5)
		return string(f.AppendNullQString(b))
	}
	want := Format{Version: Latest, ByteOrder: BigEndian, Precision: Double}
	if got := write(Format{}); got != write(want) || got != string(unhex(t, "0102 3ff8000000000000 ffffffff")) {
		t.Errorf("the zero Format writes %x, %+v writes %x", got, want, write(want))
	}
}

func TestVersionBeyondLatestIsLatest(t *testing.T) {
	for v := int(Latest) + 1; v <= 255; v++ {
		f := Format{Version: Version(v)}
		bothWays(t, f, 1.5, Format.AppendFloat32, (*Reader).Float32, "3ff8000000000000")
		reads(t, f, "fffffffe 0000000000000001 61", (*Reader).QByteArray, []byte("a"))
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	array, image := []byte("bytes"), tinyPNG(t)
	buf := make([]byte, 0, 4096)
	for _, f := range []Format{{}, {Version: V1_0}, {Version: V4_5, ByteOrder: LittleEndian}, single} {
		for name, app := range map[string]func(b []byte) []byte{
			"uint8":      func(b []byte) []byte { return f.AppendUint8(b, 1) },
			"uint16":     func(b []byte) []byte { return f.AppendUint16(b, 1) },
			"uint32":     func(b []byte) []byte { return f.AppendUint32(b, 1) },
			"uint64":     func(b []byte) []byte { return f.AppendUint64(b, 1) },
			"int8":       func(b []byte) []byte { return f.AppendInt8(b, 1) },
			"int16":      func(b []byte) []byte { return f.AppendInt16(b, 1) },
			"int32":      func(b []byte) []byte { return f.AppendInt32(b, 1) },
			"int64":      func(b []byte) []byte { return f.AppendInt64(b, 1) },
			"bool":       func(b []byte) []byte { return f.AppendBool(b, true) },
			"float32":    func(b []byte) []byte { return f.AppendFloat32(b, 1) },
			"float64":    func(b []byte) []byte { return f.AppendFloat64(b, 1) },
			"QString":    func(b []byte) []byte { return f.AppendQString(b, "na\u00efve \U0001f600") },
			"null":       f.AppendNullQString,
			"QByteArray": func(b []byte) []byte { return f.AppendQByteArray(b, array) },
			"cstring":    func(b []byte) []byte { return f.AppendCString(b, "text") },
			"QImage": func(b []byte) []byte {
				if f.Version != V1_0 {
					b, _ = f.AppendQImage(b, QImage{image})
				}
				return b
			},
		} {
			if n := testing.AllocsPerRun(100, func() { app(buf) }); n != 0 {
				t.Errorf("%+v %s: %v allocations", f, name, n)
			}
		}
	}
}
