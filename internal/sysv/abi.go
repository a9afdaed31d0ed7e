//go:build linux && !386 && !mips && !mipsle && !ppc

package sysv

import "golang.org/x/sys/unix"

const trapSemtimedop = unix.SYS_SEMTIMEDOP
