package bridge

import (
	"encoding/binary"
	"os"
	"os/user"
	"slices"
	"strings"
)

// The block of data by which instances of SingleApplication know each other, in the byte order of the machine:
//
//	struct { bool primary; quint32 secondary; qint64 primaryPid; char primaryUser[128]; quint16 checksum; }
//
// Its checksum is over what is before it (singleapplication_p.h in github.com/itay-grudev/SingleApplication). Older versions of
// 3.0 have no primaryUser, or have it behind the checksum; the oldest have nothing behind secondary. The block here serves all:
// bytes that belong to no field give what precedes primaryUser a checksum that equals the first two bytes of the name there.
const (
	blockPrimary = 0
	blockPadding = 1 // 3 bytes
	blockProcess = 8
	blockUser    = 16
	blockSum     = 144
	blockSize    = 152
)

// primaryBlock says that this process is the primary instance.
func primaryBlock() []byte { return instanceBlock(true, os.Getpid(), loginName()) }

// freeBlock says that there is no primary instance.
func freeBlock() []byte { return instanceBlock(false, -1, "") }

func instanceBlock(primary bool, pid int, user string) []byte {
	b := make([]byte, blockSize)
	if primary {
		b[blockPrimary] = 1
	}
	binary.NativeEndian.PutUint64(b[blockProcess:], uint64(pid))
	copy(b[blockUser:blockSum-1], user)
	padding := crcOf(b[:blockPadding]) ^ crcBefore(^binary.NativeEndian.Uint16(b[blockUser:]), b[blockPadding:blockUser])
	b[blockPadding], b[blockPadding+1] = byte(padding), byte(padding>>8)
	binary.NativeEndian.PutUint16(b[blockSum:], checksum(b[:blockSum]))
	return b
}

// blockPID returns the primary instance of a whole block, or 0.
func blockPID(b []byte) int {
	if len(b) < blockSize || b[blockPrimary] != 1 || binary.NativeEndian.Uint16(b[blockSum:]) != checksum(b[:blockSum]) {
		return 0
	}
	return int(int64(binary.NativeEndian.Uint64(b[blockProcess:])))
}

// checksum is qChecksum(), the CRC-16 of X.25 (ISO 3309).
func checksum(b []byte) uint16 { return ^crcOf(b) }

const crcPolynomial = 0x8408

func crcOf(b []byte) uint16 {
	crc := uint16(0xffff)
	for _, c := range b {
		crc ^= uint16(c)
		for range 8 {
			low := crc & 1
			crc = crc>>1 ^ low*crcPolynomial
		}
	}
	return crc
}

// crcBefore returns the CRC before b that becomes crc after it. Two bytes of zero at the beginning of b can be replaced by
// those of any 16 bits: what these are XORed with the CRC before b is what zeros would be after another CRC.
func crcBefore(crc uint16, b []byte) uint16 {
	for _, c := range slices.Backward(b) {
		for range 8 {
			high := crc >> 15
			crc = (crc^high*crcPolynomial)<<1 | high
		}
		crc ^= uint16(c)
	}
	return crc
}

// loginName is the login name, as SingleApplication has it.
func loginName() string {
	if u, err := user.Current(); err == nil {
		return u.Username[strings.LastIndexByte(u.Username, '\\')+1:] // on Windows a domain precedes it
	}
	return os.Getenv("USER")
}
