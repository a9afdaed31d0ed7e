package datastream_test

import (
	"errors"
	"fmt"
	"io"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// What a C++ program writes with
//
//	QDataStream out(&buffer);
//	out << qint32(42) << QString("naïve") << "test sharedMemory";
func ExampleFormat() {
	var f datastream.Format
	b := f.AppendInt32(nil, 42)
	b = f.AppendQString(b, "naïve")
	b = f.AppendCString(b, "test sharedMemory")
	fmt.Printf("%x\n", b)
	// Output: 0000002a0000000a006e006100ef007600650000001274657374207368617265644d656d6f727900
}

// Many values, one check. The rest of the segment does not matter.
func ExampleReader() {
	segment := append([]byte("\x00\x00\x00\x2a\x00\x00\x00\x04\x00H\x00i"), make([]byte, 1000)...)
	r := datastream.NewReader(datastream.Format{Version: datastream.V5_13}, segment, datastream.Limits{})
	id, name := r.Int32(), r.QString()
	if err := r.Err(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(id, name, r.Offset())
	// Output: 42 Hi 12
}

// A null QString is not an empty one.
func ExampleReader_NullableQString() {
	b := datastream.Format{}.AppendNullQString(nil)
	b = datastream.Format{}.AppendQString(b, "")
	r := datastream.NewReader(datastream.Format{}, b, datastream.Limits{})
	for range 2 {
		s, ok := r.NullableQString()
		fmt.Printf("%q %t\n", s, ok)
	}
	// Output:
	// "" false
	// "" true
}

func ExampleDecodeError() {
	r := datastream.NewReader(datastream.Format{ByteOrder: datastream.LittleEndian}, []byte("\x00\x00\x00\x02\x00A"), datastream.Limits{})
	r.QString()
	var e *datastream.DecodeError
	if errors.As(r.Err(), &e) {
		fmt.Println(e.Type, e.Offset, errors.Is(e, io.ErrUnexpectedEOF))
	}
	fmt.Println(r.Err())
	// Output:
	// QString 0 true
	// datastream: cannot read QString at byte 0: unexpected EOF: 33554432 bytes needed, 2 left (check type, stream version and byte order)
}

func ExampleParseVersion() {
	for _, s := range []string{"5.15", "6.8.2", "12"} {
		v, err := datastream.ParseVersion(s)
		fmt.Println(v, err)
	}
	// Output:
	// 19 <nil>
	// 22 <nil>
	// 12 <nil>
}
