package datastream

import "testing"

func TestQUuid(t *testing.T) {
	// {67c8770b-44f1-410a-ab9a-f9b5446f13ee}, bytes of Qt 5.15.8, 6.4.2 and 6.12.0.
	id := [16]byte(unhex(t, "67c8770b44f1410aab9af9b5446f13ee"))
	for _, v := range []Version{V1_0, V5_13, Latest} {
		exact(t, "QUuid", Format{Version: v}, id, Format.AppendQUuid, (*Reader).QUuid, "67c8770b 44f1 410a ab9af9b5446f13ee")
		exact(t, "QUuid", Format{Version: v, ByteOrder: LittleEndian}, id, Format.AppendQUuid, (*Reader).QUuid, "0b77c867 f144 0a41 ab9af9b5446f13ee")
	}
	exact(t, "QUuid", Format{}, [16]byte{}, Format.AppendQUuid, (*Reader).QUuid, "00000000 0000 0000 0000000000000000")
}
