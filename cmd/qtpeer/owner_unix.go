//go:build unix

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// isOurs tells whether a file belongs to the user of this process.
func isOurs(file fs.FileInfo) bool {
	stat, ok := file.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
