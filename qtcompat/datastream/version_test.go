package datastream

import (
	"strings"
	"testing"
)

func TestParseVersion(t *testing.T) {
	for s, want := range map[string]Version{
		"1": V1_0, "6": V3_3, "7": V4_0, "19": V5_13, "24": V6_11,
		"1.44": 1, "2.0": 2, "2.1": 3, "2.3": 3, "3.0": 4, "3.1": 5, "3.2": 5, "3.3": 6, "3.3.8": 6,
		"4.0": 7, "4.1": 7, "4.2": 8, "4.3": 9, "4.4": 10, "4.5": 11, "4.6": 12, "4.8.7": 12, "4.9": 12,
		"5.0": 13, "5.1": 14, "5.2": 15, "5.3.2": 15, "5.4": 16, "5.5": 16, "5.6": 17, "5.11.2": 17, "5.12": 18,
		"5.13": 19, "5.15": 19, "5.15.18": 19,
		"6.0": 20, "6.4.2": 20, "6.5": 20, "6.6": 21, "6.6.3": 21, "6.7": 22, "6.8.2": 22, "6.9": 22, "6.10": 23,
		"6.11": 24, "6.12.0": 24,
	} {
		if got, err := ParseVersion(s); got != want || err != nil {
			t.Errorf("ParseVersion(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
}

func TestParseVersionErrors(t *testing.T) {
	for s, want := range map[string]string{
		"":        `"" is no stream version`,
		"x":       `"x" is no stream version`,
		"-1":      `"-1" is no stream version`,
		"+5":      `"+5" is no stream version`,
		"5.":      `"5." is no stream version`,
		".5":      `".5" is no stream version`,
		"5.x":     `"5.x" is no stream version`,
		"6.8.2.1": `"6.8.2.1" is no stream version`,
		"5. 15":   `"5. 15" is no stream version`,
		"99999":   `"99999" is no stream version`,
		"0":       "stream version 0 does not exist: want 1 to 24",
		"25":      "stream version 25 does not exist: want 1 to 24",
		"280":     "stream version 280 does not exist: want 1 to 24",
		"0.9":     "Qt 0.9 is not known here",
		"2.4":     "Qt 2.4 is not known here",
		"4.10":    "Qt 4.10 is not known here",
		"5.16":    "Qt 5.16 is not known here",
		"6.13":    "Qt 6.13 is not known here: give its stream version, 1 to 24, instead",
		"7.0":     "Qt 7.0 is not known here",
	} {
		if got, err := ParseVersion(s); got != 0 || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseVersion(%q) = %d, %v, want an error with %q", s, got, err, want)
		}
	}
}
