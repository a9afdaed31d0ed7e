package datastream_test

import (
	"fmt"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// What a C++ program writes with
//
//	out << qint32(7) << QString("pump") << QUrl("http://a/b") << QList<double>{1.5, 2} << QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
type Reading struct {
	ID      int32
	Name    string
	Manual  string `qt:"QUrl"`
	Values  []float64
	At      time.Time
	handled bool
}

func ExampleMarshal() {
	format := datastream.Format{Version: datastream.V5_13}
	segment, err := datastream.Marshal(format, Reading{ID: 7, Name: "pump", Values: []float64{1.5}, At: time.Unix(0, 0).UTC()})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%x\n", segment)
	// Output: 000000070000000800700075006d0070ffffffff000000013ff80000000000000000000000253d8c0000000001
}

// The rest of the segment does not matter.
func ExampleUnmarshal() {
	format := datastream.Format{Version: datastream.V5_13}
	segment, err := datastream.Marshal(format, Reading{ID: 7, Name: "pump", Manual: "http://a/b", At: time.Unix(0, 0).UTC()})
	if err != nil {
		fmt.Println(err)
		return
	}
	segment = append(segment, make([]byte, 1000)...)

	reading := Reading{handled: true}
	n, err := datastream.Unmarshal(format, segment, &reading)
	fmt.Printf("%+v\n%d bytes, %v\n", reading, n, err)

	_, err = datastream.Unmarshal(format, segment[:20], &reading)
	fmt.Println(err)
	// Output:
	// {ID:7 Name:pump Manual:http://a/b Values:[] At:1970-01-01 00:00:00 +0000 UTC handled:true}
	// 47 bytes, <nil>
	// datastream: cannot read datastream_test.Reading at byte 0: field Manual: QUrl at byte 16: unexpected EOF: 10 bytes needed, 0 left (check type, stream version and byte order)
}

// A stream of values, the number of which comes first.
func ExampleReader_Value() {
	var format datastream.Format
	segment := format.AppendInt32(nil, 2)
	segment, _ = format.AppendValue(segment, map[string]bool{"open": true})
	segment, _ = format.AppendValue(segment, map[string]bool{"shut": false})

	r := datastream.NewReader(format, segment, datastream.Limits{MaxElements: 1000})
	for range r.Int32() {
		var valves map[string]bool
		r.Value(&valves)
		fmt.Println(valves)
	}
	fmt.Println(r.Err())
	// Output:
	// map[open:true]
	// map[shut:false]
	// <nil>
}

// A QVariant with a type of the program: struct Pt { qint32 x, y; }, which has operators << and >>.
func ExampleTypeFor() {
	type Pt struct{ X, Y int32 }
	pt := datastream.TypeFor[Pt]()
	fmt.Println(pt)

	segment, err := datastream.Format{}.AppendQVariant(nil, pt.Variant("Pt", Pt{1, 2}))
	if err != nil {
		fmt.Println(err)
		return
	}
	r := datastream.NewReader(datastream.Format{}, segment, datastream.Limits{})
	r.Define(datastream.Types{"Pt": pt})
	v := r.QVariant()
	fmt.Printf("%s %+v %v\n", v.Type, v.Value.(Pt), r.Err())
	// Output:
	// struct<int,int>
	// Pt {X:1 Y:2} <nil>
}
