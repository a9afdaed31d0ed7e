package datastream

import "encoding/binary"

// AppendQUuid appends a QUuid, given by its bytes in the order in which its text has them (RFC 9562). All zero is
// QUuid().
func (f Format) AppendQUuid(b []byte, v [16]byte) []byte {
	b = f.AppendUint32(b, binary.BigEndian.Uint32(v[:]))
	b = f.AppendUint16(b, binary.BigEndian.Uint16(v[4:]))
	b = f.AppendUint16(b, binary.BigEndian.Uint16(v[6:]))
	return append(b, v[8:]...)
}

// QUuid reads a QUuid as its bytes in the order of its text.
func (r *Reader) QUuid() (v [16]byte) {
	p := r.take("QUuid", len(v))
	if p == nil {
		return v
	}
	binary.BigEndian.PutUint32(v[:], r.format.swap32(binary.BigEndian.Uint32(p)))
	binary.BigEndian.PutUint16(v[4:], r.format.swap16(binary.BigEndian.Uint16(p[4:])))
	binary.BigEndian.PutUint16(v[6:], r.format.swap16(binary.BigEndian.Uint16(p[6:])))
	copy(v[8:], p[8:])
	return v
}
