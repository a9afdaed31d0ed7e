package main

import (
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// On Windows what exists is open somewhere, and goes by itself.
func TestNothingToCleanOnWindows(t *testing.T) {
	key, lock := ipckey.Key{Type: ipckey.Windows, Native: "x"}, bridge.SemaphoreInfo{Native: "x_sem", Exists: true}
	for want, info := range map[string]bridge.Info{
		"segment x is in use: Windows removes it ":  {Key: key, Exists: true, Attached: 1, Semaphore: lock},
		"lock x_sem is in use: Windows removes it ": {Key: key, Semaphore: lock},
	} {
		if err := refuseToClean(info, false); err == nil || !strings.HasPrefix(err.Error(), want) || statusOf(err).Code != "in-use" {
			t.Errorf("%+v: %v, want %q", info, err, want)
		}
	}
}
