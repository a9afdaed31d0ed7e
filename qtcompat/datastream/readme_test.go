package datastream

import "testing"

// TestReadmeStruct reads what README.md says that a struct of this kind reads.
func TestReadmeStruct(t *testing.T) {
	f := Format{Version: V5_13}
	b := f.AppendQUrl(f.AppendQString(f.AppendInt32(nil, 7), "pump"), "http://a/b")
	b, err := f.AppendQVariantMap(b, VariantMap{{"k", Variant{Type: "int", Value: int32(1)}}})
	if err != nil {
		t.Fatal(err)
	}
	var reading struct {
		ID     int32
		Name   string
		Manual string `qt:"QUrl"`
		More   VariantMap
	}
	n, err := Unmarshal(f, append(b, 0, 0, 0), &reading)
	if n != len(b) || err != nil || reading.ID != 7 || reading.Name != "pump" || reading.Manual != "http://a/b" || len(reading.More) != 1 {
		t.Errorf("%+v, %d bytes, %v", reading, n, err)
	}
}
