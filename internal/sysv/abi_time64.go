//go:build linux && (386 || mips || mipsle || ppc)

package sysv

import "golang.org/x/sys/unix"

// These architectures had only the ipc(2) multiplexer before Linux 5.1. The timeout is always NULL here, so the width
// of its time does not matter.
const trapSemtimedop = unix.SYS_SEMTIMEDOP_TIME64
