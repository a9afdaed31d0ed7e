package datastream_test

import (
	"fmt"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// A QList<double>, then a QMap<QString, qint32>, as Qt 5 writes them.
func ExampleReadList() {
	format := datastream.Format{Version: datastream.V5_13}
	segment := datastream.AppendList(format, nil, []float64{1.5, 2.5}, datastream.Format.AppendFloat64)
	segment = datastream.AppendMap(format, segment, map[string]int32{"a": 1, "b": 2}, datastream.Format.AppendQString, datastream.Format.AppendInt32)

	r := datastream.NewReader(format, segment, datastream.Limits{})
	values := datastream.ReadList(r, (*datastream.Reader).Float64)
	counts := datastream.ReadMap(r, (*datastream.Reader).QString, (*datastream.Reader).Int32)
	fmt.Println(values, counts, r.Err())
	// Output: [1.5 2.5] map[a:1 b:2] <nil>
}

// Messages of a QString and a QDateTime that come in pieces, as from a socket.
func ExampleReader_Transaction() {
	var format datastream.Format
	at := datastream.QDateTimeOf(time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC))
	message, err := format.AppendQDateTime(format.AppendQString(nil, "start"), at)
	if err != nil {
		fmt.Println(err)
		return
	}
	var buf []byte
	for _, piece := range [][]byte{message[:7], message[7:20], append(message[20:], message...)} {
		buf = append(buf, piece...)
		r := datastream.NewReader(format, buf, datastream.Limits{})
		var name string
		var at datastream.QDateTime
		for r.Transaction(func() { name, at = r.QString(), r.QDateTime() }) {
			instant, err := at.Instant(nil)
			fmt.Println(name, instant, err)
		}
		buf = buf[r.Offset():]
		fmt.Println(len(buf), "bytes wait,", r.Err())
	}
	// Output:
	// 7 bytes wait, <nil>
	// 20 bytes wait, <nil>
	// start 2024-02-29 01:02:03 +0000 UTC <nil>
	// start 2024-02-29 01:02:03 +0000 UTC <nil>
	// 0 bytes wait, <nil>
}
