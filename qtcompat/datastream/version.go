package datastream

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a stream version, 1 to 24, as QDataStream::setVersion takes it. Zero stands for [Latest], and a
// number above Latest is treated as Latest.
type Version uint8

// The stream versions, each named after the first Qt that has it (enum QDataStream::Version in
// src/corelib/serialization/qdatastream.h). Releases in between share the version before them.
const (
	V1_0  Version = 1
	V2_0  Version = 2
	V2_1  Version = 3
	V3_0  Version = 4
	V3_1  Version = 5
	V3_3  Version = 6
	V4_0  Version = 7
	V4_2  Version = 8
	V4_3  Version = 9
	V4_4  Version = 10
	V4_5  Version = 11
	V4_6  Version = 12
	V5_0  Version = 13
	V5_1  Version = 14
	V5_2  Version = 15
	V5_4  Version = 16
	V5_6  Version = 17
	V5_12 Version = 18
	V5_13 Version = 19
	V6_0  Version = 20
	V6_6  Version = 21
	V6_7  Version = 22
	V6_10 Version = 23
	V6_11 Version = 24

	// Latest is the newest version known here, the default of Qt 6.11 and 6.12.
	Latest = V6_11
)

// releases lists runs of Qt minor releases that share a stream version. "1.x" is all the enum says of Qt 1.
var releases = []struct {
	major, first, last uint64
	version            Version
}{
	{1, 0, 99, V1_0}, {2, 0, 0, V2_0}, {2, 1, 3, V2_1},
	{3, 0, 0, V3_0}, {3, 1, 2, V3_1}, {3, 3, 3, V3_3},
	{4, 0, 1, V4_0}, {4, 2, 2, V4_2}, {4, 3, 3, V4_3}, {4, 4, 4, V4_4}, {4, 5, 5, V4_5}, {4, 6, 9, V4_6},
	{5, 0, 0, V5_0}, {5, 1, 1, V5_1}, {5, 2, 3, V5_2}, {5, 4, 5, V5_4}, {5, 6, 11, V5_6}, {5, 12, 12, V5_12}, {5, 13, 15, V5_13},
	{6, 0, 5, V6_0}, {6, 6, 6, V6_6}, {6, 7, 9, V6_7}, {6, 10, 10, V6_10}, {6, 11, 12, V6_11},
}

// ParseVersion reads a stream version, a plain number from 1 to 24, or a Qt version with at least one dot, such as
// "5.15" or "6.8.2", which stands for the default stream version of that Qt. A plain "6" is therefore stream
// version 6, not Qt 6. It fails for anything else and for a Qt release it does not know.
func ParseVersion(s string) (Version, error) {
	parts := strings.Split(s, ".")
	numbers := make([]uint64, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(parts) > 3 {
			return 0, fmt.Errorf("datastream: %q is no stream version: want 1 to %d, or a Qt version such as 5.15", s, Latest)
		}
		numbers[i] = n
	}
	if len(numbers) == 1 {
		if n := numbers[0]; n >= 1 && n <= uint64(Latest) {
			return Version(n), nil
		}
		return 0, fmt.Errorf("datastream: stream version %s does not exist: want 1 to %d", s, Latest)
	}
	for _, r := range releases {
		if numbers[0] == r.major && numbers[1] >= r.first && numbers[1] <= r.last {
			return r.version, nil
		}
	}
	return 0, fmt.Errorf("datastream: Qt %s is not known here: give its stream version, 1 to %d, instead", s, Latest)
}
