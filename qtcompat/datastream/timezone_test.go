package datastream

import (
	"testing"
	"time"
)

const (
	parisName  = "00000018 004500750072006f00700065002f00500061007200690073"
	offsetFrom = "0000001a 004f0066006600730065007400460072006f006d005500740063"
	noZone     = "00000030 002d004e006f002000540069006d00650020005a006f006e006500200053007000650063006900660069006500640021"
	aheadOf    = "00000018 00410068006500610064004f006600550074006300420079"
)

// zones has bytes of Qt 6.12.0; those of the first four kinds are the same in 6.4.2, and but for the invalid one in
// 5.15.8.
var zones = []struct {
	zone QTimeZone
	want string
}{
	{QTimeZone{}, noZone},
	{QTimeZone{Kind: NamedZone, ID: "Europe/Paris"}, parisName},
	{
		QTimeZone{CustomZone, "UTC", 0, "UTC", "UTC", 0, "UTC"},
		offsetFrom + "00000006005500540043 00000000 00000006005500540043 00000006005500540043 00000000 00000006005500540043",
	},
	{
		QTimeZone{CustomZone, "A/B", -12600, "n", "MT", 7, "c"},
		offsetFrom + "000000060041002f0042 ffffcec8 00000002006e 00000004004d0054 00000007 000000020063",
	},
	{QTimeZone{Kind: LocalZone}, "00000028 005100540069006d0065005a006f006e0065003a003a004c006f00630061006c00540069006d0065"},
	{QTimeZone{Kind: UTCZone}, "0000001c 005100540069006d0065005a006f006e0065003a003a005500540043"},
	{QTimeZone{Kind: AheadOfZone, Offset: 3600}, aheadOf + "00000e10"},
	{QTimeZone{Kind: AheadOfZone, Offset: -3600}, aheadOf + "fffff1f0"},
}

func TestQTimeZone(t *testing.T) {
	for _, test := range zones {
		exact(t, "QTimeZone", Format{}, test.zone, Format.AppendQTimeZone, (*Reader).QTimeZone, test.want)
		exact(t, "QTimeZone", Format{Version: V2_0}, test.zone, Format.AppendQTimeZone, (*Reader).QTimeZone, test.want)
	}
	exact(t, "QTimeZone", Format{Version: V1_0}, QTimeZone{Kind: NamedZone, ID: "Europe/Paris"}, Format.AppendQTimeZone, (*Reader).QTimeZone,
		"0000000c 4575726f70652f5061726973")
	exact(t, "QTimeZone", little, QTimeZone{Kind: NamedZone, ID: "UTC"}, Format.AppendQTimeZone, (*Reader).QTimeZone, "06000000 550054004300")
	for _, in := range []string{"00000000", "ffffffff", "00000001 00"} {
		refused(t, "QTimeZone", Format{}, in, (*Reader).QTimeZone, ErrCorrupt)
	}
	if b, want := (Format{}).AppendQTimeZone(nil, QTimeZone{Kind: 99, ID: "x"}), unhex(t, noZone); string(b) != string(want) {
		t.Errorf("a kind that does not exist is written as %x", b)
	}
}

func TestQTimeZoneLocation(t *testing.T) {
	local := time.FixedZone("local", -7200)
	for _, test := range []struct {
		zone   QTimeZone
		offset int
	}{
		{QTimeZone{Kind: NamedZone, ID: "UTC"}, 0},
		{QTimeZone{Kind: CustomZone, ID: "A/B", Offset: 900}, 900},
		{QTimeZone{Kind: AheadOfZone, Offset: -3600}, -3600},
		{QTimeZone{Kind: UTCZone, Offset: 5}, 0},
		{QTimeZone{Kind: LocalZone}, -7200},
	} {
		loc, err := test.zone.Location(local)
		if err != nil {
			t.Errorf("%+v: %v", test.zone, err)
			continue
		}
		if _, offset := time.Unix(0, 0).In(loc).Zone(); offset != test.offset {
			t.Errorf("%+v: %d seconds east of UTC, want %d", test.zone, offset, test.offset)
		}
	}
	for _, zone := range []QTimeZone{{}, {Kind: 99}, {Kind: NamedZone, ID: "No/Where"}, {Kind: NamedZone, ID: "../etc/passwd"}} {
		if loc, err := zone.Location(local); err == nil || loc != nil {
			t.Errorf("%+v: location %v, error %v", zone, loc, err)
		}
	}
	if loc, err := (QTimeZone{Kind: LocalZone}).Location(nil); err == nil || loc != nil {
		t.Errorf("local zone, none given: location %v, error %v", loc, err)
	}
}
