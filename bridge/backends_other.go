//go:build !linux && !windows

package bridge

import "github.com/shmbridge/shmbridge/qtcompat/ipckey"

var backends = map[ipckey.Family]backend{}
