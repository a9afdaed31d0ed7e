package bridge

import (
	"encoding/binary"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// What qChecksum() of real Qt 5.15 and 6.4 answers.
func TestChecksumIsQts(t *testing.T) {
	for text, want := range map[string]uint16{"": 0, "123456789": 0x906e, "\x00": 0xf078, strings.Repeat("\xff", 144): 0x27f3} {
		if got := checksum([]byte(text)); got != want {
			t.Errorf("%q: %#04x, want %#04x", text, got, want)
		}
	}
}

func TestBlock(t *testing.T) {
	for _, c := range []struct {
		primary bool
		pid     int
		user    string
		want    int
	}{
		{true, 4711, "root", 4711},
		{true, 1, "", 1},
		{true, 1 << 30, "a", 1 << 30},
		{true, 7, strings.Repeat("é", 100), 7},
		{false, -1, "", 0},
	} {
		b := instanceBlock(c.primary, c.pid, c.user)
		if len(b) != 152 || b[4] != 0 || b[3] != 0 || b[143] != 0 {
			t.Errorf("%+v: %x", c, b)
		}
		if got := blockPID(b); got != c.want {
			t.Errorf("%+v: process %d", c, got)
		}
		if got := strings.TrimRight(string(b[16:144]), "\x00"); got != c.user[:min(len(c.user), 127)] {
			t.Errorf("%+v: user %q", c, got)
		}
		for _, end := range []int{16, 144} { // where versions have the checksum
			if got, want := binary.NativeEndian.Uint16(b[end:]), checksum(b[:end]); got != want {
				t.Errorf("%+v: the checksum at %d is %#04x, want %#04x", c, end, got, want)
			}
		}
	}
}

func TestBlockThatIsNone(t *testing.T) {
	whole := primaryBlock()
	if blockPID(whole) != os.Getpid() {
		t.Errorf("%x", whole)
	}
	if blockPID(whole[:len(whole)-1]) != 0 || blockPID(nil) != 0 || blockPID(make([]byte, 1000)) != 0 {
		t.Error("it is one")
	}
	for i := range blockSum + 2 {
		b := append([]byte{}, whole...)
		b[i] ^= 0x10
		if blockPID(b) != 0 {
			t.Errorf("with another byte at %d it is one: %s", i, hex.EncodeToString(b))
		}
	}
}
