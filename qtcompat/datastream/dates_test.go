package datastream

import (
	"testing"
	"time"
)

// The bytes of this file are those of Qt 5.15.8, 6.4.2 and 6.12.0.

func TestQDate(t *testing.T) {
	check := func(v Version, day int64, want string) {
		t.Helper()
		exact(t, "QDate", Format{Version: v}, QDate{day, true}, Format.AppendQDate, (*Reader).QDate, want)
	}
	check(Latest, 2460370, "0000000000258ad2")
	check(V5_0, 366, "000000000000016e")
	check(V5_0, -104787, "fffffffffffe66ad")
	check(V5_0, minJulianDay, "ffffff49611006e1")
	check(V5_0, maxJulianDay, "000000b69f248054")
	check(V5_0, 0, "0000000000000000")
	check(V4_6, 2460370, "00258ad2")
	check(V1_0, 38245309, "024793bd")
	exact(t, "QDate", little, QDate{2460370, true}, Format.AppendQDate, (*Reader).QDate, "d28a250000000000")
	exact(t, "QDate", Format{}, QDate{}, Format.AppendQDate, (*Reader).QDate, "8000000000000000")
	exact(t, "QDate", Format{Version: V4_6}, QDate{}, Format.AppendQDate, (*Reader).QDate, "00000000")
}

func TestQDateThatIsNone(t *testing.T) {
	for _, in := range []string{"ffffff49611006e0", "000000b69f248055", "7fffffffffffffff", "8000000000000001"} {
		refused(t, "QDate", Format{}, in, (*Reader).QDate, ErrCorrupt)
	}
}

func TestQDateLosesBeforeVersion13WhatQtLoses(t *testing.T) {
	f := Format{Version: V4_6}
	for _, test := range []struct {
		d, back QDate
		want    string
	}{
		{QDate{0, true}, QDate{}, "00000000"},
		{QDate{-104787, true}, QDate{4294862509, true}, "fffe66ad"},
		{QDate{5, false}, QDate{}, "00000000"},
	} {
		if b, want := f.AppendQDate(nil, test.d), unhex(t, test.want); string(b) != string(want) {
			t.Errorf("%v is written as %x, want %x", test.d, b, want)
		}
		reads(t, f, test.want, (*Reader).QDate, test.back)
	}
}

func TestQTime(t *testing.T) {
	check := func(v Version, q QTime, want string) {
		t.Helper()
		exact(t, "QTime", Format{Version: v}, q, Format.AppendQTime, (*Reader).QTime, want)
	}
	for _, v := range []Version{Latest, V4_0} {
		check(v, QTime{}, "ffffffff")
		check(v, QTime{0, true}, "00000000")
		check(v, QTime{3723004, true}, "0038cefc")
		check(v, QTime{86399999, true}, "05265bff")
		refused(t, "QTime", Format{Version: v}, "05265c00", (*Reader).QTime, ErrCorrupt)
		refused(t, "QTime", Format{Version: v}, "fffffffe", (*Reader).QTime, ErrCorrupt)
	}
	check(V3_3, QTime{}, "00000000")
	check(V3_3, QTime{3723004, true}, "0038cefc")
	refused(t, "QTime", Format{Version: V3_3}, "ffffffff", (*Reader).QTime, ErrCorrupt)
	if b := (Format{Version: V3_3}).AppendQTime(nil, QTime{0, true}); string(b) != "\x00\x00\x00\x00" {
		t.Errorf("midnight in version 6 is written as %x", b)
	}
}

// Qt says of each Julian day which date it is.
func TestQDateIsADayOfTheCalendar(t *testing.T) {
	for _, test := range []struct {
		day  int64
		date time.Time
	}{
		{2460370, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)},
		{2440588, time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)},
		{2299161, time.Date(1582, 10, 15, 0, 0, 0, 0, time.UTC)},
		{1721426, time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)},
		{38245309, time.Date(99999, 12, 31, 0, 0, 0, 0, time.UTC)},
		{1721060, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)}, // QDate(-1, 1, 1)
	} {
		d := QDate{test.day, true}
		if got := d.Time(); !got.Equal(test.date) || got.Location() != time.UTC {
			t.Errorf("day %d is %v, want %v", test.day, got, test.date)
		}
		if got := QDateOf(test.date); got != d {
			t.Errorf("%v is %v, want day %d", test.date, got, test.day)
		}
	}
	for _, day := range []int64{minJulianDay, maxJulianDay, 0, -1} {
		if got := QDateOf(QDate{day, true}.Time()); got != (QDate{day, true}) {
			t.Errorf("day %d turns into %v", day, got)
		}
	}
	if got := (QDate{5, false}).Time(); !got.IsZero() {
		t.Errorf("a null date is %v", got)
	}
}

func TestDateAndTimeAreThoseOfTheLocation(t *testing.T) {
	at := time.Date(2024, 3, 1, 0, 30, 0, 4_999_999, time.FixedZone("", 3600))
	if d, q := QDateOf(at), QTimeOf(at); d != (QDate{2460371, true}) || q != (QTime{1800004, true}) {
		t.Errorf("in its location: %v, %v", d, q)
	}
	if d, q := QDateOf(at.UTC()), QTimeOf(at.UTC()); d != (QDate{2460370, true}) || q != (QTime{84600004, true}) {
		t.Errorf("in UTC: %v, %v", d, q)
	}
	before := time.Unix(0, -1).UTC()
	if d, q := QDateOf(before), QTimeOf(before); d != (QDate{2440587, true}) || q != (QTime{86399999, true}) {
		t.Errorf("before 1970: %v, %v", d, q)
	}
	if d := (QTime{3723004, true}).Duration(); d != time.Hour+2*time.Minute+3*time.Second+4*time.Millisecond {
		t.Errorf("01:02:03.004 is %v since midnight", d)
	}
	if d := (QTime{5, false}).Duration(); d != 0 {
		t.Errorf("a null time is %v since midnight", d)
	}
}
