package datastream

import "testing"

// The bytes are those of Qt 5.15.8, 6.4.2 and 6.12.0.
func TestQVersionNumber(t *testing.T) {
	check := func(f Format, v []int32, want string) {
		t.Helper()
		exact(t, "QVersionNumber", f, v, Format.AppendQVersionNumber, (*Reader).QVersionNumber, want)
	}
	check(Format{}, []int32{}, "00000000")
	check(Format{}, []int32{1, 2, 3}, "00000003 00000001 00000002 00000003")
	check(Format{Version: V1_0}, []int32{0, 0, 0, 0, 300, 70000}, "00000006 00000000 00000000 00000000 00000000 0000012c 00011170")
	check(little, []int32{6}, "01000000 06000000")
	refused(t, "QVersionNumber", Format{}, "ffffffff", (*Reader).QVersionNumber, ErrCorrupt)
}
