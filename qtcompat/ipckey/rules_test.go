package ipckey

import (
	"strings"
	"testing"
)

// TestRulesOf has every version that was measured, and the neighbours of the boundaries.
func TestRulesOf(t *testing.T) {
	var (
		lexical   = Rules{TempLexical, ProjectFixed, LockLegacyOnly, SafeCut}
		crc32c    = Rules{TempLexical, ProjectCRC32C, LockLegacyOnly, SafeCut}
		hash31    = Rules{TempLexical, ProjectHash31, LockLegacyOnly, SafeCut}
		canonical = Rules{TempCanonical, ProjectFixed, LockLegacyOnly, SafeCut}
		byNative  = Rules{TempCanonical, ProjectFixed, LockByNative, SafeWhole}
		repaired  = Rules{TempCanonical, ProjectFixed, LockCommon, SafeWhole}
		cut       = Rules{TempCanonical, ProjectFixed, LockCommon, SafeCut}
		newest    = Rules{}
	)
	tests := []struct {
		rules    Rules
		versions string
	}{
		{lexical, "4.4 4.4.0 4.8 4.8.7 5.0 5.0.0 5.5 5.5.1"},
		{crc32c, "5.6 5.6.0 5.6.3 5.7 5.7.1 5.8 5.8.0"},
		{hash31, "5.6-nosse4.2 5.6.0-nosse4.2 5.7.1-nosse4.2 5.8-nosse4.2 5.8.0-nosse4.2"},
		{lexical, "5.9 5.9.0 5.9.3 5.10.1 5.11 5.11.2 5.11.3"},
		{canonical, "5.12 5.12.0 5.12.10 5.13.2 5.14.2 5.15 5.15.2 5.15.8 5.15.18"},
		{canonical, "6.0.2 6.1.3 6.2.4 6.3.2 6.4.2 6.4.3 6.5 6.5.3"},
		{byNative, "6.6.0"},
		{repaired, "6.6 6.6.1 6.6.3"},
		{cut, "6.7 6.7.0 6.7.3 6.8 6.8.3 6.9.0 6.9.1"},
		{newest, "6.9 6.9.2 6.10 6.10.0 6.10.3 6.11.2 6.12 6.12.0 6.99.99"},
	}
	for _, tt := range tests {
		for version := range strings.FieldsSeq(tt.versions) {
			if got, err := RulesOf(version); err != nil || got != tt.rules {
				t.Errorf("RulesOf(%s) = %+v, %v; want %+v", version, got, err, tt.rules)
			}
		}
	}
}

func TestRulesOfWhatIsNoVersion(t *testing.T) {
	tests := []struct{ versions, words string }{
		{"5 6 5. .8 6.6.0.1 6.6. 6..0 +5.15 5.-1 5.15.8-1 5.15.x v5.15 newest 5,15 99999.0 6.6.0-nosse", "MAJOR.MINOR.PATCH"},
		{"0.0 3.3 4.3 4.3.5 7.0 7.0.0 15.5", "4.4, the first with QSharedMemory, to 6.x"},
		{"5.5.1-nosse4.2 5.9-nosse4.2 6.6.0-nosse4.2", "leave out -nosse4.2"},
	}
	for _, tt := range tests {
		for version := range strings.FieldsSeq(tt.versions) {
			got, err := RulesOf(version)
			if got != (Rules{}) || err == nil || !strings.Contains(err.Error(), tt.words) || !strings.Contains(err.Error(), `"`+version+`"`) {
				t.Errorf("RulesOf(%s) = %+v, %v; want an error with it and %q", version, got, err, tt.words)
			}
		}
	}
	for _, version := range []string{"", " ", "5.15.8 ", "\x00", strings.Repeat("5.", 1e6)} {
		if got, err := RulesOf(version); got != (Rules{}) || err == nil || len(err.Error()) > 250 {
			t.Errorf("RulesOf(%.20q) = %+v, %.300v; want a short error", version, got, err)
		}
	}
}

func TestEras(t *testing.T) {
	eras := Eras()
	for i, era := range eras {
		if got, err := RulesOf(era.Version); err != nil || got != era.Rules {
			t.Errorf("%s: RulesOf(%s) = %+v, %v; want %+v", era.Name, era.Version, got, err, era.Rules)
		}
		if i > 0 && eras[i-1].Rules == era.Rules {
			t.Errorf("%s has the rules of %s", era.Name, eras[i-1].Name)
		}
		major, _, _ := strings.Cut(era.Version, ".")
		if !strings.HasPrefix(era.Name, "Qt "+major+".") {
			t.Errorf("%s begins with %s", era.Name, era.Version)
		}
	}
	if newest := eras[len(eras)-1]; newest.Rules != (Rules{}) {
		t.Errorf("the newest, %s, does not have the zero Rules", newest.Name)
	}
	eras[0] = Era{}
	if Eras()[0] == (Era{}) {
		t.Error("a caller of Eras has changed them for all")
	}
}
