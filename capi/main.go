// Command capi is libshmbridge, built with -buildmode=c-shared or c-archive: package bridge for C.
//
// What it does, include/shmbridge.h says. api.c has the functions of that header: each of them refuses to work in a forked
// child, where the Go runtime does not run, and calls its counterpart here; hot.c takes a free lock without doing so;
// system_unix.c and system_windows.c have what differs between systems.
package main

// #cgo CFLAGS: -std=gnu11 -I${SRCDIR}/../include -Wall -Wextra -Wno-unused-parameter -Werror=incompatible-pointer-types -Werror=int-conversion
// #include "capi.h"
import "C"

import "github.com/shmbridge/shmbridge/bridge"

func main() {}

func init() { bridge.Getenv = getenv }
