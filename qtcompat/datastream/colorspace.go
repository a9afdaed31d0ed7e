package datastream

import (
	"encoding/binary"
	"fmt"
)

// The header of an ICC profile (ICC.1:2022, 7.2): its length, big-endian in any stream, and a signature.
const (
	iccHeaderSize  = 128
	iccSignature   = "acsp"
	iccSignatureAt = 36
)

// AppendQColorSpace appends a QColorSpace: its ICC profile, nil if it is invalid. The profile is written as it is. That of
// a QColorSpace differs between versions of Qt, so compare colours and not bytes.
func (f Format) AppendQColorSpace(b, profile []byte) []byte { return f.AppendQByteArray(b, profile) }

// QColorSpace reads a QColorSpace: its ICC profile, nil if it is invalid. The result is a part of the bytes given to
// [NewReader], not a copy. What does not begin like an ICC profile of its length is an error; more is not checked.
func (r *Reader) QColorSpace() []byte {
	return composite(r, "QColorSpace", func() []byte {
		profile := r.QByteArray()
		if len(profile) == 0 {
			return nil
		}
		if err := checkICC(profile); err != nil {
			r.fail("QColorSpace", err)
		}
		return profile
	})
}

func checkICC(profile []byte) error {
	if len(profile) < iccHeaderSize {
		return fmt.Errorf("%w: ICC profile of %d bytes", ErrCorrupt, len(profile))
	}
	if n := binary.BigEndian.Uint32(profile); int64(n) != int64(len(profile)) {
		return fmt.Errorf("%w: ICC profile of %d bytes that gives its length as %d", ErrCorrupt, len(profile), n)
	}
	if s := profile[iccSignatureAt : iccSignatureAt+len(iccSignature)]; string(s) != iccSignature {
		return fmt.Errorf("%w: ICC profile with signature %q", ErrCorrupt, s)
	}
	return nil
}
