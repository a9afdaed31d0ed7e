package realqt

import (
	"fmt"
	"unsafe"
)

// The streams below are QDataStreams as Qt makes them: big-endian, of the newest version that the library knows. Decoding
// starts at the first byte and leaves the bytes after the value alone; its error names the stream's status: ReadPastEnd if
// the data end too early, ReadCorruptData if they make no sense.

// writeOnly is QIODevice::WriteOnly.
const writeOnly = 2

// statusNames are the ways in which a QDataStream::Status says that reading failed.
var statusNames = map[int32]string{1: "ReadPastEnd", 2: "ReadCorruptData"}

// EncodeQString returns what a QDataStream writes for a QString; "" is an empty one, not null. Bytes that are not UTF-8
// become U+FFFD.
func (q *Qt) EncodeQString(s string) []byte {
	str := q.newString(s)
	defer q.releaseString(str)
	return q.encode(func(stream unsafe.Pointer) { q.fn.StreamWriteString(stream, str) })
}

// EncodeQByteArray returns what a QDataStream writes for a QByteArray; nil is a null one, unlike []byte{}.
func (q *Qt) EncodeQByteArray(b []byte) []byte {
	array := q.newByteArray(b)
	defer q.releaseByteArray(array)
	return q.encode(func(stream unsafe.Pointer) { q.fn.StreamWriteByteArray(stream, array) })
}

// EncodeCString returns what a QDataStream writes for a const char*, which ends at the first NUL of s.
func (q *Qt) EncodeCString(s string) []byte {
	return q.encode(func(stream unsafe.Pointer) { q.fn.StreamWriteCString(stream, s) })
}

// DecodeQString reads a QString; a null one gives "". Unpaired surrogates become U+FFFD.
func (q *Qt) DecodeQString(data []byte) (string, error) {
	str := q.newString("")
	err := q.decode("QString", data, func(stream unsafe.Pointer) { q.fn.StreamReadString(stream, str) })
	return q.takeString(*str), err
}

// DecodeQByteArray reads a QByteArray; a null one gives an empty slice.
func (q *Qt) DecodeQByteArray(data []byte) ([]byte, error) {
	array := q.newByteArray(nil)
	defer q.releaseByteArray(array)
	err := q.decode("QByteArray", data, func(stream unsafe.Pointer) { q.fn.StreamReadByteArray(stream, array) })
	return q.bytes(array), err
}

// DecodeCString reads a char*, without its NUL and what may follow that; a null pointer gives "". The bytes are not
// converted.
func (q *Qt) DecodeCString(data []byte) (string, error) {
	var s unsafe.Pointer // allocated by Qt with new char[]
	err := q.decode("char*", data, func(stream unsafe.Pointer) { q.fn.StreamReadCString(stream, &s) })
	if s == nil {
		return "", err
	}
	defer q.fn.DeleteArray(s)
	return string(unsafe.Slice((*byte)(s), q.fn.Strlen(s))), err
}

// encode returns what write puts into a new stream. Unless memory ends, writing to a QByteArray cannot fail.
func (q *Qt) encode(write func(stream unsafe.Pointer)) []byte {
	return q.collect(func(array unsafe.Pointer) {
		stream := q.newObject()
		defer stream.destroy(q.fn.StreamDelete)
		q.fn.StreamNewWriter(stream.this(), array, writeOnly)
		write(stream.this())
	})
}

// versionIn is where a QDataStream has its version: setVersion and version are inline functions, absent from the library.
func (q *Qt) versionIn(stream unsafe.Pointer) *int32 {
	return (*int32)(unsafe.Add(stream, q.generation.streamVersion))
}

// StreamVersion returns the newest version of a QDataStream that the library knows, which is that of every new one: 12 in
// Qt 4.8, 24 in Qt 6.11.
func (q *Qt) StreamVersion() (version int) {
	q.encode(func(stream unsafe.Pointer) { version = int(*q.versionIn(stream)) })
	return version
}

// decode lets read read from a stream of data.
func (q *Qt) decode(what string, data []byte, read func(stream unsafe.Pointer)) error {
	array := q.newByteArray(data)
	defer q.releaseByteArray(array)
	stream := q.newObject()
	defer stream.destroy(q.fn.StreamDelete)
	q.fn.StreamNewReader(stream.this(), array)
	read(stream.this())
	if status := q.fn.StreamStatus(stream.this()); status != 0 {
		return fmt.Errorf("realqt: decode %s of %d bytes: QDataStream status %d %s", what, len(data), status, statusNames[status])
	}
	return nil
}
