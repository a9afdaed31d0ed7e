//go:build linux && !arm && !mips64 && !mips64le

package sysv

const ipc64 = 0
