package datastream

import (
	"encoding/binary"
	"math/bits"
)

// The put functions write a list of integers, and the get functions read one, four at a time: memory is the limit then.
// The stream holds exactly as many bytes as the list needs.

func put16[T int16 | uint16](f Format, p []byte, list []T) {
	i := 0
	for ; i <= len(list)-4 && 2*i <= len(p)-8; i += 4 {
		n := (*[4]T)(list[i : i+4])
		w := uint64(uint16(n[0])) | uint64(uint16(n[1]))<<16 | uint64(uint16(n[2]))<<32 | uint64(uint16(n[3]))<<48
		binary.LittleEndian.PutUint64(p[2*i:2*i+8], f.swapUnits(w))
	}
	for ; i < len(list); i++ {
		binary.BigEndian.PutUint16(p[2*i:], f.swap16(uint16(list[i])))
	}
}

func get16[T int16 | uint16](f Format, list []T, p []byte) {
	i := 0
	for ; i <= len(list)-4 && 2*i <= len(p)-8; i += 4 {
		n := (*[4]T)(list[i : i+4])
		w := f.swapUnits(binary.LittleEndian.Uint64(p[2*i : 2*i+8]))
		n[0], n[1], n[2], n[3] = T(w), T(w>>16), T(w>>32), T(w>>48)
	}
	for ; i < len(list); i++ {
		list[i] = T(f.swap16(binary.BigEndian.Uint16(p[2*i:])))
	}
}

func put32[T int32 | uint32](f Format, p []byte, list []T) {
	i := 0
	for ; i <= len(list)-4 && 4*i <= len(p)-16; i += 4 {
		n, a := (*[4]T)(list[i:i+4]), (*[16]byte)(p[4*i:4*i+16])
		n0, n1, n2, n3 := uint32(n[0]), uint32(n[1]), uint32(n[2]), uint32(n[3])
		if f.ByteOrder != LittleEndian {
			n0, n1 = bits.ReverseBytes32(n0), bits.ReverseBytes32(n1)
			n2, n3 = bits.ReverseBytes32(n2), bits.ReverseBytes32(n3)
		}
		binary.LittleEndian.PutUint32(a[0:], n0)
		binary.LittleEndian.PutUint32(a[4:], n1)
		binary.LittleEndian.PutUint32(a[8:], n2)
		binary.LittleEndian.PutUint32(a[12:], n3)
	}
	for ; i < len(list); i++ {
		binary.BigEndian.PutUint32(p[4*i:], f.swap32(uint32(list[i])))
	}
}

func get32[T int32 | uint32](f Format, list []T, p []byte) {
	i := 0
	for ; i <= len(list)-4 && 4*i <= len(p)-16; i += 4 {
		n, a := (*[4]T)(list[i:i+4]), (*[16]byte)(p[4*i:4*i+16])
		n0, n1 := binary.LittleEndian.Uint32(a[0:]), binary.LittleEndian.Uint32(a[4:])
		n2, n3 := binary.LittleEndian.Uint32(a[8:]), binary.LittleEndian.Uint32(a[12:])
		if f.ByteOrder != LittleEndian {
			n0, n1 = bits.ReverseBytes32(n0), bits.ReverseBytes32(n1)
			n2, n3 = bits.ReverseBytes32(n2), bits.ReverseBytes32(n3)
		}
		n[0], n[1], n[2], n[3] = T(n0), T(n1), T(n2), T(n3)
	}
	for ; i < len(list); i++ {
		list[i] = T(f.swap32(binary.BigEndian.Uint32(p[4*i:])))
	}
}

func put64[T int64 | uint64](f Format, p []byte, list []T) {
	for i, v := range list {
		binary.BigEndian.PutUint64(p[8*i:8*i+8], f.swapInt64(uint64(v)))
	}
}

func get64[T int64 | uint64](f Format, list []T, p []byte) {
	for i := range list {
		list[i] = T(f.swapInt64(binary.BigEndian.Uint64(p[8*i : 8*i+8])))
	}
}

// swapUnits makes 16-bit numbers of four in the stream, the first one in the lowest bits, and the other way round.
func (f Format) swapUnits(w uint64) uint64 {
	if f.ByteOrder == LittleEndian {
		return w
	}
	return w>>8&0x00ff00ff00ff00ff | w&0x00ff00ff00ff00ff<<8
}
