package bridge

import "github.com/shmbridge/shmbridge/qtcompat/ipckey"

var backends = map[ipckey.Family]backend{ipckey.FamilyWindows: win32Backend{}}
