package datastream

import (
	"errors"
	"runtime"
	"strings"
	"testing"
)

// nestedVariants returns a QVariantList of one QVariantList, and so on, each of which claims as many elements as there are bytes.
func nestedVariants(depth int, count func(left int) uint32) (b []byte) {
	const each = 9
	for i := range depth {
		b = Format{}.AppendUint32(append(Format{}.AppendUint32(b, 9), 0), count((depth-i-1)*each))
	}
	return b
}

func TestVariantsNestedTooDeeply(t *testing.T) {
	r := NewReader(Format{}, nestedVariants(100_000, func(int) uint32 { return 1 }), Limits{})
	v := r.QVariant()
	if !errors.Is(r.Err(), ErrTooLarge) || v.IsValid() || r.Offset() != 0 {
		t.Fatalf("%+v, offset %d, %v", v, r.Offset(), r.Err())
	}
	if text := r.Err().Error(); len(text) > 300 || !strings.Contains(text, "Limits.MaxDepth") {
		t.Errorf("%d characters: %.300s", len(text), text)
	}
}

func TestCountsWithinOneAnotherAllocateLittle(t *testing.T) {
	b := nestedVariants(500, func(left int) uint32 { return uint32(left) })
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := NewReader(Format{}, b, Limits{})
	r.QVariant()
	runtime.ReadMemStats(&after)
	if r.Err() == nil {
		t.Error("it was read")
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > uint64(100*len(b)) {
		t.Errorf("%d bytes allocated for %d of input", got, len(b))
	}
}
