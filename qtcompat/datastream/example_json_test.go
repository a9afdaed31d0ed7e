package datastream_test

import (
	"fmt"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// Arguments on a command line become a struct in the stream, and come back.
func ExampleType_ParseJSON() {
	format := datastream.Format{Version: datastream.V5_13}
	typ, err := datastream.ParseType("QString,QList<QPoint>,QVariantMap", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	value, err := typ.ParseJSON([]byte(`["track", [{"x": 1, "y": 2}], {"id": 7, "when": {"type": "QDate", "value": "2024-02-29"}}]`))
	if err != nil {
		fmt.Println(err)
		return
	}
	segment, err := typ.Append(format, nil, value)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := datastream.NewReader(format, segment, datastream.Limits{})
	text, err := typ.AppendJSON(nil, typ.Read(r))
	fmt.Println(string(text), err, r.Err())

	_, err = typ.ParseJSON([]byte(`["track", [{"x": 1, "y": "2"}], {}]`))
	fmt.Println(err)
	// Output:
	// ["track",[{"x":1,"y":2}],{"id":7,"when":{"type":"QDate","value":"2024-02-29"}}] <nil> <nil>
	// datastream: cannot read struct<QString,QList<QPoint>,QVariantMap> from JSON: [1][0].y: found "2", want a whole number from -2147483648 to 2147483647
}
