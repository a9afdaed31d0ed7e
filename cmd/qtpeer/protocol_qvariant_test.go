package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

func TestVariantFormats(t *testing.T) {
	unused := func(int, []byte) ([]byte, bool, error) { return nil, false, errors.New("not to be called") }
	for name, want := range map[string]bool{
		"qvariant-7": true, "qvariant-12": true, "qvariant-23": true,
		"qvariant-24": false, // newer than the partner's newest, here 23
		"qvariant-6":  false, "qvariant-0": false, "qvariant--7": false, "qvariant-+7": false, "qvariant-012": false,
		"qvariant-": false, "qvariant": false, "qvariant-5.15": false, "qvariant-99999999999999999999": false, "7": false,
	} {
		f, ok := variantFormat(name, 23, unused)
		if ok != want || ok && (f.name != name || !f.binary) {
			t.Errorf("%s: %v %+v, want %v", name, ok, f, want)
		}
	}
}

// Both ways, the recoder has the version and all bytes; only encoding minds what follows the QVariant.
func TestVariantFormatCallsItsRecoder(t *testing.T) {
	failure := errors.New("none")
	recode := func(version int, data []byte) ([]byte, bool, error) {
		switch string(data) {
		case "broken":
			return nil, true, failure
		case "longer":
			return fmt.Appendf(nil, "%s %d", data, version), false, nil
		}
		return fmt.Appendf(nil, "%s %d", data, version), true, nil
	}
	f, _ := variantFormat("qvariant-19", 24, recode)
	for data, want := range map[string]struct{ encoded, decoded string }{
		"whole":  {"whole 19", "whole 19"},
		"longer": {"bytes follow the QVariant", "longer 19"},
		"broken": {"none", "none"},
	} {
		if got := said(f.encode(datastream.Format{}, []byte(data))); got != want.encoded {
			t.Errorf("encode %s: %q, want %q", data, got, want.encoded)
		}
		if got := said(f.decode(datastream.Format{}, []byte(data))); got != want.decoded {
			t.Errorf("decode %s: %q, want %q", data, got, want.decoded)
		}
	}
}

// said is the result, or the error instead.
func said(b []byte, err error) string {
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// The bytes are those of real Qt: internal/realqt has the same ones.
func TestRecodeQVariant(t *testing.T) {
	for _, c := range []struct{ command, answer string }{
		{"decode qvariant-7 00000002fffffffeee", "ok 00000002fffffffe"},
		{"decode qvariant-8 0000000200fffffffeee", "ok 0000000200fffffffe"},
		{"decode qvariant-7 00000000ffffffff", "ok 00000000ffffffff"},
		{"decode qvariant-12 000000000000000000", "ok 0000000001ffffffff"},
		{"decode qvariant-13 0000000000", "ok 0000000001"},
		{"decode qvariant-24 0000000000", "ok 0000000001"},
		{"decode qvariant-11 00000087003fc00000", "ok 00000087003fc00000"},
		{"decode qvariant-12 00000087003ff8000000000000", "ok 00000087003ff8000000000000"},
		{"decode qvariant-12 00000043000100001111222233330000", "ok 00000043000100001111222233330000"},
		{"encode qvariant-12 000000010007", "ok 000000010001"},
		{"encode qvariant-12 0000777700ffffffff", "err BadData datastream: "},
		{"encode qvariant-12 0000000a00000000030041", "err BadData datastream: "},
		{"encode qvariant-12 000000010001ee", "err BadData bytes follow the QVariant"},
		{"encode qvariant-25 000000010001", "unsupported"},
	} {
		s := &session{partner: &goPartner{naming: usualNaming}}
		if got := s.answer(c.command); got != c.answer && (!strings.HasPrefix(c.answer, "err ") || !strings.HasPrefix(got, c.answer)) {
			t.Errorf("%s: %q, want %q", c.command, got, c.answer)
		}
	}
}
