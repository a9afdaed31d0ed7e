package ipckey

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rules are the ways in which a version of Qt names things. The zero Rules are those of the newest Qt. The others
// differ from them in effect only for the odd cases that TempRule, ProjectRule, LockRule and SafeRule describe; Eras lists
// them.
type Rules struct {
	Temp    TempRule
	Project ProjectRule
	Lock    LockRule
	Safe    SafeRule
}

// Era is a range of versions of Qt that name things alike.
type Era struct {
	// Name is the range, for people: "Qt 5.9 to 5.11".
	Name string
	// Version is the first version of the range, as RulesOf takes it.
	Version string
	// Rules are what RulesOf returns for each version of the range.
	Rules Rules
}

// noSSE42 ends a version that asks for the rules of a processor without SSE4.2.
const noSSE42 = "-nosse4.2"

// eras has every range, oldest first; each ends where the next begins. Measured with Qt 4.8.7 and 29 versions from 5.6.0
// to 6.12.0. What was measured around the boundaries 5.6.0, 5.9.0 and 5.12.0 leaves gaps, which Qt's release notes close
// (dist/changes-5.9.0, QTBUG-60771, and dist/changes-5.12.0).
var eras = []Era{
	{"Qt 4.4 to 5.5", "4.4.0", Rules{TempLexical, ProjectFixed, LockLegacyOnly, SafeCut}},
	{"Qt 5.6 to 5.8 without SSE4.2", "5.6.0" + noSSE42, Rules{TempLexical, ProjectHash31, LockLegacyOnly, SafeCut}},
	{"Qt 5.6 to 5.8", "5.6.0", Rules{TempLexical, ProjectCRC32C, LockLegacyOnly, SafeCut}},
	{"Qt 5.9 to 5.11", "5.9.0", Rules{TempLexical, ProjectFixed, LockLegacyOnly, SafeCut}},
	{"Qt 5.12 to 6.5", "5.12.0", Rules{TempCanonical, ProjectFixed, LockLegacyOnly, SafeCut}},
	{"Qt 6.6.0", "6.6.0", Rules{TempCanonical, ProjectFixed, LockByNative, SafeWhole}},
	{"Qt 6.6.1 to 6.6.3", "6.6.1", Rules{TempCanonical, ProjectFixed, LockCommon, SafeWhole}},
	{"Qt 6.7 to 6.9.1", "6.7.0", Rules{TempCanonical, ProjectFixed, LockCommon, SafeCut}},
	{"Qt 6.9.2 and later", "6.9.2", Rules{TempAbsolute, ProjectFixed, LockCommon, SafeCut}},
}

// Eras returns the ranges of versions that differ in their Rules, oldest first.
func Eras() []Era { return slices.Clone(eras) }

// RulesOf returns the rules of a version of Qt, such as "5.15.8"; "6.6" is the newest release of 6.6. For 5.6 to 5.8
// they are those of an x86 processor with SSE4.2, as all have had for years; "5.8.0-nosse4.2" asks for those of any
// other processor.
//
// Every version from 4.4, the first with QSharedMemory, to 6.x is accepted; one that is newer than this package has
// the rules of the newest that is known.
func RulesOf(version string) (Rules, error) {
	number, without := strings.CutSuffix(version, noSSE42)
	wanted, err := parseVersion(number)
	if err != nil {
		return Rules{}, fmt.Errorf("rules of Qt version %.40q: %w", version, err)
	}
	var rules Rules
	for _, era := range eras {
		first, _ := parseVersion(strings.TrimSuffix(era.Version, noSSE42))
		if slices.Compare(wanted, first) >= 0 {
			rules = era.Rules
		}
	}
	if !without {
		return rules, nil
	}
	if rules.Project != ProjectCRC32C {
		return Rules{}, fmt.Errorf("rules of Qt version %.40q: only 5.6 to 5.8 depend on the processor: leave out %s", version, noSSE42)
	}
	rules.Project = ProjectHash31
	return rules, nil
}

const newestPatch = "65535" // above every patch level that there is

// parseVersion returns major, minor and patch level of a version.
func parseVersion(version string) ([]int, error) {
	parts := strings.Split(version, ".")
	if len(parts) == 2 {
		parts = append(parts, newestPatch)
	}
	var numbers []int
	for _, part := range parts {
		if n, err := strconv.ParseUint(part, 10, 16); err == nil {
			numbers = append(numbers, int(n))
		}
	}
	if len(parts) != 3 || len(numbers) != 3 {
		return nil, errors.New("want MAJOR.MINOR or MAJOR.MINOR.PATCH, such as 6.6 or 5.15.8")
	}
	if slices.Compare(numbers, []int{4, 4}) < 0 || numbers[0] > 6 {
		return nil, errors.New("want 4.4, the first with QSharedMemory, to 6.x")
	}
	return numbers, nil
}
