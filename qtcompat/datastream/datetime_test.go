package datastream

import (
	"errors"
	"strings"
	"testing"
	"time"
)

const (
	leapDay   = "0000000000258ad2" // 29 February 2024
	leapDay32 = "00258ad2"
	at010203  = "0038cefc" // 01:02:03.004
	newYork   = "00000020 0041006d00650072006900630061002f004e00650077005f0059006f0072006b"
)

// dateTimes has bytes of Qt 5.15.8 and 6.12.0. lossy is what is read instead of the value.
var dateTimes = []struct {
	name     string
	versions [2]Version
	value    QDateTime
	lossy    QDateTime
	want     string
}{
	{"null", [2]Version{V5_2, Latest}, QDateTime{}, QDateTime{}, "8000000000000000 ffffffff 00"},
	{"null", [2]Version{V5_1, V5_1}, QDateTime{}, QDateTime{}, "8000000000000000 ffffffff ff"},
	{"null", [2]Version{V5_0, V5_0}, QDateTime{}, QDateTime{}, "8000000000000000 ffffffff 00"},
	{"null", [2]Version{V4_0, V4_6}, QDateTime{}, QDateTime{}, "00000000 ffffffff ff"},
	{"null", [2]Version{V1_0, V3_3}, QDateTime{}, QDateTime{}, "00000000 00000000"},
	{"no date", [2]Version{V5_0, V5_0}, QDateTime{Time: noon}, QDateTime{Time: noon}, "8000000000000000 02932e00 00"},

	{"local", [2]Version{V5_2, Latest}, leap(LocalTime), leap(LocalTime), leapDay + at010203 + "00"},
	{"local", [2]Version{V5_1, V5_1}, leap(LocalTime), leap(LocalTime), leapDay + at010203 + "ff"},
	{"local", [2]Version{V5_0, V5_0}, leapInUTC(LocalTime, 123004), leapInUTC(LocalTime, 123004), leapDay + "0001e07c 00"},
	{"local", [2]Version{V4_0, V4_6}, leap(LocalTime), leap(LocalTime), leapDay32 + at010203 + "ff"},
	{"local", [2]Version{V1_0, V3_3}, leap(LocalTime), leap(LocalTime), leapDay32 + at010203},

	{"UTC", [2]Version{V5_2, Latest}, leap(UTC), leap(UTC), leapDay + at010203 + "01"},
	{"UTC", [2]Version{V5_1, V5_1}, leap(UTC), leap(UTC), leapDay + at010203 + "02"},
	{"UTC", [2]Version{V5_0, V5_0}, leap(UTC), leap(UTC), leapDay + at010203 + "01"},
	{"UTC", [2]Version{V4_0, V4_6}, leap(UTC), leap(UTC), leapDay32 + at010203 + "02"},
	{"UTC", [2]Version{V1_0, V3_3}, leap(UTC), leap(LocalTime), leapDay32 + at010203},

	{"offset", [2]Version{V5_2, Latest}, leapAt(-19800), leapAt(-19800), leapDay + at010203 + "02 ffffb2a8"},
	{"offset", [2]Version{V5_1, V5_1}, leapAt(3600), leapAt(UnknownOffset), leapDay + at010203 + "03"},
	{"offset", [2]Version{V4_0, V4_6}, leapAt(3600), leapAt(UnknownOffset), leapDay32 + at010203 + "03"},
	{"offset", [2]Version{V1_0, V3_3}, leapAt(3600), leap(LocalTime), leapDay32 + at010203},

	{"zone", [2]Version{V5_2, Latest}, leapIn("America/New_York"), leapIn("America/New_York"), leapDay + at010203 + "03" + newYork},
	{"zone", [2]Version{V5_1, V5_1}, leapIn("America/New_York"), leap(TimeZone), leapDay + at010203 + "04"},
	{"zone", [2]Version{V5_0, V5_0}, leapInUTC(TimeZone, 21723004), leapInUTC(TimeZone, 21723004), leapDay + "014b777c 03"},
	{"zone", [2]Version{V4_0, V4_6}, leapIn("America/New_York"), leap(TimeZone), leapDay32 + at010203 + "04"},
}

var noon = QTime{43200000, true}

func leap(spec TimeSpec) QDateTime {
	return QDateTime{Date: QDate{2460370, true}, Time: QTime{3723004, true}, Spec: spec}
}

func leapAt(offset int32) QDateTime {
	v := leap(OffsetFromUTC)
	v.Offset = offset
	return v
}

func leapIn(zone string) QDateTime {
	v := leap(TimeZone)
	v.Zone = QTimeZone{Kind: NamedZone, ID: zone}
	return v
}

func leapInUTC(spec TimeSpec, ms int32) QDateTime {
	return QDateTime{Date: QDate{2460370, true}, Time: QTime{ms, true}, Spec: spec, InUTC: true}
}

func TestQDateTime(t *testing.T) {
	app := must(t, Format.AppendQDateTime)
	for _, test := range dateTimes {
		for v := test.versions[0]; v <= test.versions[1]; v++ {
			f := Format{Version: v}
			exact(t, "QDateTime", f, test.lossy, must(t, losing(test.value)), (*Reader).QDateTime, test.want)
			if b := app(f, nil, test.value); string(b) != string(unhex(t, test.want)) {
				t.Errorf("%s, version %d: written as %x, want %s", test.name, v, b, test.want)
			}
		}
	}
	exact(t, "QDateTime", little, leapAt(3600), app, (*Reader).QDateTime, "d28a250000000000 fcce3800 02 100e0000")
}

// losing returns a function that writes value in place of what is read of it.
func losing(value QDateTime) func(Format, []byte, QDateTime) ([]byte, error) {
	return func(f Format, b []byte, _ QDateTime) ([]byte, error) { return f.AppendQDateTime(b, value) }
}

func TestQDateTimeSpecsOfQt4(t *testing.T) {
	for _, spec := range []string{"00", "01"} { // QDateTimePrivate::LocalStandard, LocalDST
		reads(t, Format{Version: V4_6}, leapDay32+at010203+spec, (*Reader).QDateTime, leap(LocalTime))
	}
}

// Qt 5.15.8 and 6.4.2 write a QDateTime at midnight so before version 7, and read it as valid.
func TestQDateTimeAtMidnight(t *testing.T) {
	midnight := QDateTime{Date: QDate{2460370, true}, Time: QTime{0, true}}
	exact(t, "QDateTime", Format{Version: V3_3}, midnight, must(t, Format.AppendQDateTime), (*Reader).QDateTime, "00258ad2 00000000")
	reads(t, Format{Version: V4_6}, "00258ad2 ffffffff ff", (*Reader).QDateTime, midnight)
}

func TestQDateTimeErrors(t *testing.T) {
	for _, test := range []struct {
		v    Version
		in   string
		want error
	}{
		{Latest, leapDay + at010203 + "04", ErrCorrupt},
		{Latest, leapDay + at010203 + "ff", ErrCorrupt},
		{Latest, leapDay + at010203 + "02 80000000", ErrCorrupt},
		{Latest, leapDay + at010203 + "03 00000000", ErrCorrupt},
		{Latest, leapDay + "05265c00 01", ErrCorrupt},
		{Latest, "7fffffffffffffff" + at010203 + "01", ErrCorrupt},
		{V5_1, leapDay + at010203 + "05", ErrCorrupt},
		{V5_0, leapDay + at010203 + "ff", ErrCorrupt},
		{V4_6, leapDay32 + at010203 + "05", ErrCorrupt},
		{V4_6, leapDay32 + at010203 + "fe", ErrCorrupt},
	} {
		refused(t, "QDateTime", Format{Version: test.v}, test.in, (*Reader).QDateTime, test.want)
	}
}

func TestQDateTimeThatCannotBeWritten(t *testing.T) {
	for _, test := range []struct {
		v     Version
		value QDateTime
		want  error
	}{
		{V5_0, leap(LocalTime), errors.ErrUnsupported},
		{V5_0, leapAt(3600), errors.ErrUnsupported},
		{V5_0, leapIn("Europe/Paris"), errors.ErrUnsupported},
		{V4_6, leapInUTC(LocalTime, 0), errors.ErrUnsupported},
		{V5_1, leapInUTC(TimeZone, 0), errors.ErrUnsupported},
		{Latest, leapInUTC(LocalTime, 0), errors.ErrUnsupported},
		{Latest, leapAt(UnknownOffset), errors.ErrUnsupported},
		{Latest, leap(4), ErrCorrupt},
		{V1_0, leap(255), ErrCorrupt},
	} {
		notWritten(t, Format{Version: test.v}, test.value, Format.AppendQDateTime, test.want)
	}
}

func TestQDateTimeInstant(t *testing.T) {
	local := time.FixedZone("local", 3600)
	for _, test := range []struct {
		value QDateTime
		utc   int64 // milliseconds since 1970, from QDateTime::toMSecsSinceEpoch
	}{
		{leap(LocalTime), 1709164923004},
		{leap(UTC), 1709168523004},
		{leapAt(-19800), 1709188323004},
		{leapIn("America/New_York"), 1709186523004},
		{leapInUTC(LocalTime, 123004), 1709164923004},
		{leapInUTC(TimeZone, 21723004), 1709186523004},
		{QDateTime{QDate{1721060, true}, noon, UTC, 0, QTimeZone{}, false}, -62167176000000},
		{QDateTime{QDate{6229979, true}, noon, UTC, 0, QTimeZone{}, false}, 327403425600000},
	} {
		at, err := test.value.Instant(local)
		if err != nil || at.UnixMilli() != test.utc {
			t.Errorf("%+v is %v, %d, error %v, want %d", test.value, at, at.UnixMilli(), err, test.utc)
		}
		utc, err := test.value.ToUTC(local)
		if err != nil || utc.InUTC != (test.value.Spec != UTC) || utc.Spec != test.value.Spec {
			t.Errorf("%+v in UTC is %+v, error %v", test.value, utc, err)
		}
		if at, err := utc.Instant(nil); err != nil || at.UnixMilli() != test.utc {
			t.Errorf("%+v is %v, error %v, want %d", utc, at, err, test.utc)
		}
	}
	if at, _ := leapInUTC(LocalTime, 123004).Instant(local); at.Hour() != 1 {
		t.Errorf("a local time of version 13 is %v", at)
	}
}

func TestQDateTimeWithoutInstant(t *testing.T) {
	for _, test := range []struct {
		value QDateTime
		says  string
	}{
		{QDateTime{}, "no instant"},
		{QDateTime{Date: QDate{1, true}}, "no instant"},
		{QDateTime{Time: noon}, "no instant"},
		{leap(LocalTime), "time.Location"},
		{leapAt(UnknownOffset), "offset"},
		{leap(TimeZone), "invalid QTimeZone"},
		{leapIn("No/Where"), `"No/Where"`},
	} {
		at, err := test.value.Instant(nil)
		if err == nil || !strings.Contains(err.Error(), test.says) || !at.IsZero() {
			t.Errorf("%+v is %v, error %v, want one with %q", test.value, at, err, test.says)
		}
		utc, err := test.value.ToUTC(nil)
		if valid := test.value.IsValid(); valid == (err == nil) || !valid && utc != test.value {
			t.Errorf("%+v in UTC is %+v, error %v", test.value, utc, err)
		}
	}
}

func TestQDateTimeOf(t *testing.T) {
	utc := time.Date(2024, 2, 29, 1, 2, 3, 4_999_999, time.UTC)
	if got := QDateTimeOf(utc); got != leap(UTC) {
		t.Errorf("%v is %+v", utc, got)
	}
	east := time.Date(2024, 2, 29, 1, 2, 3, 4_000_000, time.FixedZone("", 3600))
	if got := QDateTimeOf(east); got != leapAt(3600) {
		t.Errorf("%v is %+v", east, got)
	}
}
