package datastream

import (
	"errors"
	"io"
	"testing"
)

func TestDecodeErrorText(t *testing.T) {
	const hint = " (check type, stream version and byte order)"
	for _, test := range []struct {
		name string
		in   string
		lim  Limits
		want string
	}{
		{"quint32", "ffff", Limits{}, "quint32 at byte 1: unexpected EOF: 4 bytes needed, 1 left"},
		{"QString", "ff 00000028 0041", Limits{}, "QString at byte 1: unexpected EOF: 40 bytes needed, 2 left"},
		{"QString", "ff 00000003 004100", Limits{}, "QString at byte 1: corrupt data: odd length 3 of UTF-16 text"},
		{"cstring", "ff ffffffff", Limits{}, "cstring at byte 1: corrupt data: the null code of QString and QByteArray"},
		{"QByteArray", "ff 00000002 6162", Limits{MaxBytes: 1}, "QByteArray at byte 1: value exceeds the limit: 2 bytes, Limits.MaxBytes is 1"},
		{"QByteArray", "ff fffffffe fffffffffffffffe", Limits{}, "QByteArray at byte 1: corrupt data: length -2"},
		{"QImage", "ff 00000001 00", Limits{}, "QImage at byte 1: corrupt data: no PNG signature"},
	} {
		r := NewReader(Format{}, unhex(t, test.in), test.lim)
		r.Uint8()
		everyRead[test.name](r)
		if want := "datastream: cannot read " + test.want + hint; r.Err() == nil || r.Err().Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", test.in, r.Err(), want)
		}
	}
}

func TestDecodeErrorUnwraps(t *testing.T) {
	for _, cause := range []error{ErrCorrupt, ErrTooLarge, io.ErrUnexpectedEOF, errors.ErrUnsupported} {
		if err := error(&DecodeError{Type: "bool", Err: cause}); !errors.Is(err, cause) {
			t.Errorf("%v does not wrap %v", err, cause)
		}
	}
}
