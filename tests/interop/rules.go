package interop

import "fmt"

// release makes 515 of 5.15.8.
func release(version string) int {
	var major, minor int
	if n, _ := fmt.Sscanf(version, "%d.%d.", &major, &minor); n != 2 {
		panic("no version: " + version)
	}
	return major*100 + minor
}

// ownRules returns the version of Qt by whose rules one goes that goes by other rules than nearly all, and meets nobody who does
// not know it: all from 5.6 to 5.8 go by one, 6.6.0 by another.
func ownRules(version string) string {
	switch r := release(version); {
	case 506 <= r && r <= 508:
		return "5.6.0"
	case version == "6.6.0":
		return version
	}
	return ""
}
