//go:build linux && (arm || mips64 || mips64le)

package sysv

// ipc64 asks for today's struct layouts where the system call still knows older ones (IPC_64, include/uapi/linux/ipc.h).
const ipc64 = 0x100
