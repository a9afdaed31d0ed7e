package datastream

import (
	"errors"
	"fmt"
	"io"
)

// The forms of a QRegion (src/gui/painting/qregion.cpp).
const (
	regionRect  = 1
	regionUnion = 6
	regionRects = 10
)

// Sizes in version 1, without the field that has them: of a rectangle, and of what a union adds to its parts.
const (
	oldRectSize  = 4 + 8
	oldUnionSize = 4 + 4 + 4
)

// AppendQRegion appends a QRegion: rectangles in any order, which Qt unites. Qt itself writes those from QRegion::begin to
// end, which do not overlap.
//
// In version 1 several rectangles are unions of two regions within one another, as Qt writes them. Qt itself reads those
// as the empty region.
func (f Format) AppendQRegion(b []byte, rects []QRect) []byte {
	switch {
	case len(rects) == 0:
		return f.AppendUint32(b, 0)
	case f.version() < V2_0:
		return f.appendOldRegion(b, rects)
	}
	b = f.AppendUint32(f.AppendUint32(b, uint32(4+4+16*len(rects))), regionRects)
	b = f.AppendUint32(b, uint32(len(rects)))
	for _, rect := range rects {
		b = f.AppendQRect(b, rect)
	}
	return b
}

func (f Format) appendOldRegion(b []byte, rects []QRect) []byte {
	for n := len(rects) - 1; n > 0; n-- {
		b = f.AppendUint32(f.AppendUint32(b, uint32(oldRectSize+n*(oldRectSize+oldUnionSize))), regionUnion)
	}
	for _, rect := range rects {
		b = f.AppendUint32(f.AppendUint32(b, oldRectSize), regionRect)
		b = f.AppendQRect(b, rect)
	}
	return b
}

// QRegion reads a QRegion, each of the three forms in any version; a union is the rectangles of both of its parts. Other
// forms are errors, and so is a size that is not that of what follows. An empty region is not nil.
func (r *Reader) QRegion() []QRect {
	return composite(r, "QRegion", func() []QRect { return r.regionPart([]QRect{}) })
}

// regionPart appends the rectangles of a region. What the form of the region needs and its size does not have is no reason
// to wait for more bytes.
func (r *Reader) regionPart(rects []QRect) []QRect {
	size := r.uint32("QRegion")
	if r.err != nil || size == 0 {
		return rects
	}
	if err := bounded(int64(size), r.Remaining(), int64(size), "bytes, Limits.MaxBytes", r.maxBytes); err != nil {
		r.fail("QRegion", err)
		return nil
	}
	end := r.off + int(size)
	rects = r.regionForm(rects)
	if r.err == nil && r.off != end || r.err != nil && errors.Is(r.err, io.ErrUnexpectedEOF) {
		r.err = nil
		r.fail("QRegion", fmt.Errorf("%w: size %d", ErrCorrupt, size))
	}
	return rects
}

func (r *Reader) regionForm(rects []QRect) []QRect {
	switch form := r.uint32("QRegion"); form {
	case regionRect:
		return append(rects, r.QRect())
	case regionUnion:
		for range 2 {
			rects = composite(r, "QRegion", func() []QRect { return r.regionPart(rects) })
		}
	case regionRects:
		for n := r.uint32("QRegion"); n > 0 && r.err == nil; n-- {
			rects = append(rects, r.QRect())
		}
	default:
		r.fail("QRegion", fmt.Errorf("%w: form %d", ErrCorrupt, form))
	}
	return rects
}
