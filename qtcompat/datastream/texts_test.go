package datastream

import "testing"

// The bytes of this file are those of Qt 5.15.8 and, but for QRegExp, of Qt 6.4.2 and 6.12.0.

func TestQUrl(t *testing.T) {
	for _, test := range []struct{ url, want string }{
		{"http://a/b?c=%20d#e", "00000013 687474703a2f2f612f623f633d253230642365"},
		{"http://xn--bcher-kva.example/%C3%B6", "00000023 687474703a2f2f786e2d2d62636865722d6b76612e6578616d706c652f254333254236"},
		{"mailto:a@b.c", "0000000c 6d61696c746f3a6140622e63"},
		{"", "ffffffff"},
	} {
		exact(t, "QUrl", Format{}, test.url, Format.AppendQUrl, (*Reader).QUrl, test.want)
	}
	exact(t, "QUrl", Format{Version: V3_3}, "", Format.AppendQUrl, (*Reader).QUrl, "ffffffff")
	exact(t, "QUrl", Format{Version: V3_1}, "", Format.AppendQUrl, (*Reader).QUrl, "00000000")
	exact(t, "QUrl", little, "a:", Format.AppendQUrl, (*Reader).QUrl, "02000000 613a")
}

func TestQChar(t *testing.T) {
	exact(t, "QChar", Format{}, 0x20ac, Format.AppendQChar, (*Reader).QChar, "20ac")
	exact(t, "QChar", Format{Version: V1_0}, 0xd800, Format.AppendQChar, (*Reader).QChar, "d800")
	exact(t, "QChar", little, 'A', Format.AppendQChar, (*Reader).QChar, "4100")
}

func TestQLocale(t *testing.T) {
	exact(t, "QLocale", Format{}, "en_US", Format.AppendQLocale, (*Reader).QLocale, "0000000a 0065006e005f00550053")
	exact(t, "QLocale", Format{Version: V1_0}, "de_DE", Format.AppendQLocale, (*Reader).QLocale, "00000005 64655f4445")
	exact(t, "QLocale", little, "C", Format.AppendQLocale, (*Reader).QLocale, "02000000 4300")
	refused(t, "QLocale", Format{}, "00000001 0043", (*Reader).QLocale, ErrCorrupt)
}

func TestQRegularExpression(t *testing.T) {
	check := func(f Format, v QRegularExpression, want string) {
		t.Helper()
		exact(t, "QRegularExpression", f, v, Format.AppendQRegularExpression, (*Reader).QRegularExpression, want)
	}
	check(Format{}, QRegularExpression{"^x$", 5}, "00000006 005e00780024 00000005")
	check(Format{Version: V1_0}, QRegularExpression{"a.b", 0}, "00000003 612e62 00000000")
	check(little, QRegularExpression{"a", 1}, "02000000 6100 01000000")
	reads(t, Format{}, "ffffffff 00000000", (*Reader).QRegularExpression, QRegularExpression{})
}

func TestQRegExp(t *testing.T) {
	check := func(f Format, v QRegExp, want string) {
		t.Helper()
		exact(t, "QRegExp", f, v, Format.AppendQRegExp, (*Reader).QRegExp, want)
	}
	v19 := Format{Version: V5_13}
	check(v19, QRegExp{Pattern: "a"}, "00000002 0061 01 00 00")
	check(v19, QRegExp{"a*?", true, 1, true}, "00000006 0061002a003f 00 01 01")
	check(v19, QRegExp{"b", true, 3, false}, "00000002 0062 00 03 00")
	check(v19, QRegExp{"b", false, 5, false}, "00000002 0062 01 05 00")
	check(Format{Version: V1_0}, QRegExp{Pattern: "a"}, "00000001 61 01 00 00")
	reads(t, v19, "ffffffff 01 00 00", (*Reader).QRegExp, QRegExp{})
	for _, in := range []string{"00000002 0061 02 00 00", "00000002 0061 01 06 00", "00000002 0061 ff ff ff"} {
		refused(t, "QRegExp", v19, in, (*Reader).QRegExp, ErrCorrupt)
	}
}
