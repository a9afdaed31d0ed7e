package datastream

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// Major types of CBOR, the upper three bits of an item's first byte (RFC 8949, section 3.1).
const (
	cborAny    = -1
	cborBytes  = 2
	cborText   = 3
	cborArray  = 4
	cborMap    = 5
	cborTag    = 6
	cborSimple = 7

	cborBreak = 0xff // ends an item of indefinite length
)

// cborHead is the head of an item.
type cborHead struct {
	major      int
	info       byte   // the lower five bits of the first byte
	argument   uint64 // 0 if indefinite
	indefinite bool
}

// checkCBOR returns an error if p is not exactly one well-formed item, or not of the major type, or if more than depth
// items lie within one another.
func checkCBOR(p []byte, major, depth int) error {
	if len(p) == 0 {
		return errCBOREnd
	}
	if got := int(p[0] >> 5); major != cborAny && got != major {
		return fmt.Errorf("%w: CBOR of major type %d, not %d", ErrCorrupt, got, major)
	}
	rest, err := skipCBOR(p, depth+1)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%w: %d bytes follow the CBOR item", ErrCorrupt, len(rest))
	}
	return err
}

var errCBOREnd = fmt.Errorf("%w: CBOR item without its end", ErrCorrupt)

// skipCBOR returns what follows the item at the start of p.
func skipCBOR(p []byte, depth int) ([]byte, error) {
	if depth == 0 {
		return nil, fmt.Errorf("%w: CBOR items too deep within one another, Limits.MaxDepth", ErrTooLarge)
	}
	head, p, err := parseCBORHead(p)
	if err != nil {
		return nil, err
	}
	switch head.major {
	case cborBytes, cborText:
		return skipCBORString(p, head)
	case cborArray:
		return skipCBORItems(p, head, 1, depth)
	case cborMap:
		return skipCBORItems(p, head, 2, depth)
	case cborTag:
		return skipCBOR(p, depth-1)
	}
	return p, nil
}

// parseCBORHead returns the head of an item and what follows it.
func parseCBORHead(p []byte) (h cborHead, rest []byte, err error) {
	if len(p) == 0 {
		return h, nil, errCBOREnd
	}
	first, p := p[0], p[1:]
	h.major, h.info = int(first>>5), first&0x1f
	width := 0
	switch {
	case h.info < 24:
		h.argument = uint64(h.info)
	case h.info < 28:
		width = 1 << (h.info - 24)
	case h.info == 31 && h.major >= cborBytes && h.major <= cborMap:
		h.indefinite = true
	default:
		return h, nil, fmt.Errorf("%w: CBOR item that begins with %#02x", ErrCorrupt, first)
	}
	if len(p) < width {
		return h, nil, errCBOREnd
	}
	if width > 0 {
		var wide [8]byte
		copy(wide[8-width:], p[:width])
		h.argument = binary.BigEndian.Uint64(wide[:])
	}
	if h.major == cborSimple && h.info == 24 && h.argument < 32 {
		return h, nil, fmt.Errorf("%w: CBOR simple value %d in two bytes", ErrCorrupt, h.argument)
	}
	return h, p[width:], nil
}

// skipCBORString skips the bytes of a string, or the strings of which one of indefinite length consists.
func skipCBORString(p []byte, h cborHead) ([]byte, error) {
	if !h.indefinite {
		if h.argument > uint64(len(p)) {
			return nil, errCBOREnd
		}
		if h.major == cborText && !utf8.Valid(p[:h.argument]) {
			return nil, fmt.Errorf("%w: CBOR text is not UTF-8", ErrCorrupt)
		}
		return p[h.argument:], nil
	}
	for len(p) == 0 || p[0] != cborBreak {
		part, rest, err := parseCBORHead(p)
		switch {
		case err != nil:
			return nil, err
		case part.major != h.major || part.indefinite:
			return nil, fmt.Errorf("%w: CBOR string with a part of another type", ErrCorrupt)
		}
		if p, err = skipCBORString(rest, part); err != nil {
			return nil, err
		}
	}
	return p[1:], nil
}

// skipCBORItems skips the items of an array, or of a map, each entry of which is two.
func skipCBORItems(p []byte, h cborHead, each uint64, depth int) (_ []byte, err error) {
	for n := uint64(0); h.indefinite || n < h.argument; n++ {
		if h.indefinite && len(p) > 0 && p[0] == cborBreak {
			return p[1:], nil
		}
		for range each {
			if p, err = skipCBOR(p, depth-1); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}
