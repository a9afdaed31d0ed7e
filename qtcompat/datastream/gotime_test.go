package datastream

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// inParis makes Paris the local time zone of the test: it is that of the recorded bytes.
func inParis(t *testing.T) *time.Location {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	old := time.Local
	time.Local = paris
	t.Cleanup(func() { time.Local = old })
	return paris
}

func TestMarshalTime(t *testing.T) {
	paris := inParis(t)
	utc := time.Date(2024, 2, 29, 1, 2, 3, 4e6, time.UTC)
	east := time.Date(2024, 2, 29, 1, 2, 3, 4e6, time.FixedZone("", 3600))
	midnight := time.Date(2024, 2, 29, 0, 0, 0, 0, paris)
	for _, test := range []struct {
		first, last Version
		value       time.Time
		want        string
		zone        *time.Location // of what is read
	}{
		{V5_2, Latest, utc, leapDay + at010203 + "01", time.UTC},
		{V5_1, V5_1, utc, leapDay + at010203 + "02", time.UTC},
		{V5_0, V5_0, utc, leapDay + at010203 + "01", time.UTC},
		{V4_0, V4_6, utc, leapDay32 + at010203 + "02", time.UTC},
		{V1_0, V3_3, utc.Add(-time.Hour), leapDay32 + at010203, paris},
		{V5_2, Latest, east, leapDay + at010203 + "02 00000e10", time.FixedZone("", 3600)},
		{V5_1, V5_1, east, leapDay + "0001e07c 02", time.UTC},
		{V5_0, V5_0, east, leapDay + "0001e07c 01", time.UTC},
		{V4_0, V4_6, east, leapDay32 + "0001e07c 02", time.UTC},
		{V1_0, V3_3, east, leapDay32 + at010203, paris},
		{V5_2, Latest, utc.Add(-time.Hour).In(paris), leapDay + at010203 + "02 00000e10", time.FixedZone("", 3600)},
		{V5_2, Latest, utc.Add(999999), leapDay + at010203 + "01", time.UTC},
		{V1_0, V3_3, midnight, leapDay32 + "00000000", paris},
		{V5_2, Latest, time.Time{}, "8000000000000000 ffffffff 00", time.UTC},
		{V5_1, V5_1, time.Time{}.In(paris), "8000000000000000 ffffffff ff", time.UTC},
		{V5_0, V5_0, time.Time{}, "8000000000000000 ffffffff 00", time.UTC},
		{V4_0, V4_6, time.Time{}, "00000000 ffffffff ff", time.UTC},
		{V1_0, V3_3, time.Time{}, "00000000 00000000", time.UTC},
	} {
		for v := test.first; v <= test.last; v++ {
			f := Format{Version: v}
			b, err := Marshal(f, test.value)
			if want := unhex(t, test.want); string(b) != string(want) || err != nil {
				t.Errorf("version %d: %v is written as %x, %v, want %x", v, test.value, b, err, want)
			}
			var got time.Time
			n, err := Unmarshal(f, b, &got)
			want := test.value.Truncate(time.Millisecond)
			_, offset := got.Zone()
			if _, o := want.In(test.zone).Zone(); n != len(b) || err != nil || !got.Equal(want) || offset != o {
				t.Errorf("version %d: %x reads as %v, %v, want %v", v, b, got, err, want.In(test.zone))
			}
		}
	}
}

// Bytes of Qt 5.15.8 and 6.12.0; the last are what Qt reads as midnight.
func TestUnmarshalTime(t *testing.T) {
	inParis(t)
	for _, test := range []struct {
		version Version
		in      string
		want    string
	}{
		{Latest, leapDay + at010203 + "00", "2024-02-29T01:02:03.004+01:00"},
		{Latest, leapDay + at010203 + "03" + newYork, "2024-02-29T01:02:03.004-05:00"},
		{V5_1, leapDay + at010203 + "ff", "2024-02-29T01:02:03.004+01:00"},
		{V5_0, leapDay + "0001e07c 00", "2024-02-29T01:02:03.004+01:00"},
		{V5_0, leapDay + "014b777c 03", "2024-02-29T06:02:03.004Z"},
		{V4_0, leapDay32 + at010203 + "ff", "2024-02-29T01:02:03.004+01:00"},
		{Latest, leapDay + "ffffffff 01", "2024-02-29T00:00:00Z"},
	} {
		var got time.Time
		in := unhex(t, test.in)
		if n, err := Unmarshal(Format{Version: test.version}, in, &got); n != len(in) || err != nil || got.Format(time.RFC3339Nano) != test.want {
			t.Errorf("version %d: %x reads as %v, %v, want %s", test.version, in, got, err, test.want)
		}
	}
}

func TestTimesThatAreNoInstants(t *testing.T) {
	for _, test := range []struct {
		version Version
		in      string
		want    string
	}{
		{Latest, "8000000000000000 02932e00 00", "a QDateTime without a valid date and time is no instant"},
		{V5_1, leapDay + at010203 + "03", "the offset of this QDateTime was not in the stream"},
		{Latest, leapDay + at010203 + "03 00000002 0058", `cannot find QTimeZone "X"`},
	} {
		v := struct{ A time.Time }{time.Unix(1, 0)}
		n, err := Unmarshal(Format{Version: test.version}, unhex(t, test.in), &v)
		want := "datastream: cannot read struct at byte 0: field A: QDateTime at byte 0: unsupported operation: " + test.want
		if n != 0 || !errors.Is(err, errors.ErrUnsupported) || !strings.HasPrefix(err.Error(), want) || v.A.Unix() != 1 {
			t.Errorf("version %d: %s reads as %v, %v\nwant %s", test.version, test.in, v, err, want)
		}
	}
}
