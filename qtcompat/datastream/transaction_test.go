package datastream

import (
	"errors"
	"io"
	"slices"
	"testing"
)

func TestTransactionWaitsForTheRest(t *testing.T) {
	message := Format{}.AppendQString(Format{}.AppendInt32(nil, 7), "name")
	stream := slices.Concat(message, message, message)
	var got []string
	var buf []byte
	for i := range stream {
		buf = append(buf, stream[i])
		r := NewReader(Format{}, buf, Limits{})
		var id int32
		var name string
		for r.Transaction(func() { id, name = r.Int32(), r.QString() }) {
			got = append(got, name)
		}
		if r.Err() != nil || id != 7 && id != 0 {
			t.Fatalf("after %d bytes: id %d, error %v", i+1, id, r.Err())
		}
		if r.Offset() != 0 && (i+1)%len(message) != 0 {
			t.Fatalf("after %d bytes: a message of %d bytes is complete", i+1, r.Offset())
		}
		buf = buf[r.Offset():]
	}
	if !slices.Equal(got, []string{"name", "name", "name"}) || len(buf) != 0 {
		t.Errorf("got %q, %d bytes left", got, len(buf))
	}
}

func TestTransactionInTransaction(t *testing.T) {
	r := NewReader(Format{}, unhex(t, "01 02 03"), Limits{})
	outer := r.Transaction(func() {
		r.Uint8()
		if r.Transaction(func() { r.Uint32() }) || r.Offset() != 1 {
			t.Errorf("inner transaction: offset %d, error %v", r.Offset(), r.Err())
		}
		r.Uint16()
	})
	if !outer || r.Offset() != 3 || r.Err() != nil {
		t.Errorf("outer transaction: %t, offset %d, error %v", outer, r.Offset(), r.Err())
	}
}

func TestTransactionKeepsOtherErrors(t *testing.T) {
	lim := Limits{MaxBytes: 2, MaxElements: 2, MaxDepth: 1}
	for _, test := range []struct {
		in    string
		read  func(*Reader)
		cause error
	}{
		{"00000003 61", func(r *Reader) { r.QByteArray() }, ErrTooLarge},
		{"00000003 616263", func(r *Reader) { r.QByteArray() }, ErrTooLarge},
		{"00000003 61", func(r *Reader) { ReadList(r, (*Reader).Uint8) }, ErrTooLarge},
		{"0000000000000003", func(r *Reader) { r.QBitArray() }, ErrTooLarge},
		{"00000001 61", func(r *Reader) { r.QString() }, ErrCorrupt},
		{"00000001 00000001", func(r *Reader) { ReadList(r, func(r *Reader) []uint8 { return ReadList(r, (*Reader).Uint8) }) }, ErrTooLarge},
	} {
		r := NewReader(Format{}, append([]byte("h"), unhex(t, test.in)...), lim)
		r.Uint8()
		if r.Transaction(func() { test.read(r) }) || !errors.Is(r.Err(), test.cause) || r.Offset() != 1 {
			t.Errorf("%s: offset %d, error %v, want %v", test.in, r.Offset(), r.Err(), test.cause)
		}
	}
}

func TestTransactionAfterAnError(t *testing.T) {
	r := NewReader(Format{}, nil, Limits{})
	r.Uint8()
	first, called := r.Err(), false
	if r.Transaction(func() { called = true }) || called || !errors.Is(r.Err(), first) || !errors.Is(first, io.ErrUnexpectedEOF) {
		t.Errorf("called %t, error %v, want %v", called, r.Err(), first)
	}
}

func TestErrorsOfLimitAndInputTogether(t *testing.T) {
	r := NewReader(Format{}, unhex(t, "00000003 61"), Limits{MaxBytes: 2})
	r.QByteArray()
	const want = "datastream: cannot read QByteArray at byte 0: unexpected EOF: 3 bytes needed, 1 left; " +
		"value exceeds the limit: 3 bytes, Limits.MaxBytes is 2 (check type, stream version and byte order)"
	if r.Err() == nil || r.Err().Error() != want {
		t.Errorf("error %v\nwant  %s", r.Err(), want)
	}
}
