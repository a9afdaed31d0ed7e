// Package capi tests libshmbridge as its users have it: programs in C, C++ and Python that use the installed library.
package capi

import (
	"os"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

func TestMain(m *testing.M) { os.Exit(ipctest.RunOnDisk(m)) }
