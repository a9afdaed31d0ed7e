package main

import (
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestIsQts(t *testing.T) {
	systemV := func(native string) ipckey.Key { return ipckey.Key{Type: ipckey.SystemV, Native: native} }
	posix := func(native string) ipckey.Key { return ipckey.Key{Type: ipckey.PosixRealtime, Native: native} }
	semaphore := bridge.SemaphoreInfo{Exists: true}
	for _, c := range []struct {
		info bridge.Info
		want bool
	}{
		{bridge.Info{Key: systemV("/run/user/1000/x")}, true},
		{bridge.Info{Key: ipckey.Key{Type: 0x52, Native: "/x"}}, true},
		{bridge.Info{Key: systemV(""), Exists: true, Ftok: 0x5100abcd}, true},
		{bridge.Info{Key: systemV(""), Exists: true, Ftok: 0x0052e2c1}, false}, // PostgreSQL
		{bridge.Info{Key: systemV(""), Exists: true, Ftok: -0x51000000}, false},
		{bridge.Info{Key: systemV(""), Semaphore: bridge.SemaphoreInfo{Exists: true, Ftok: 0x51ffffff, Count: 1}}, true},
		{bridge.Info{Key: systemV(""), Semaphore: bridge.SemaphoreInfo{Exists: true, Ftok: 0x51ffffff, Count: 2}}, false},
		{bridge.Info{Key: systemV(""), Semaphore: bridge.SemaphoreInfo{Exists: true, Ftok: 0x52ffffff, Count: 1}}, false},
		{bridge.Info{Key: systemV(""), Exists: true, Semaphore: bridge.SemaphoreInfo{Ftok: 0x51ffffff}}, false},

		{bridge.Info{Key: posix("/qipc_sharedmemory_x"), Exists: true}, true},
		{bridge.Info{Key: posix("/qipc_systemsem_x"), Semaphore: semaphore}, true},
		{bridge.Info{Key: posix("/x"), Exists: true, Semaphore: semaphore}, true},
		{bridge.Info{Key: posix("/x"), Exists: true}, false},
		{bridge.Info{Key: posix("/x"), Semaphore: semaphore}, false},
		{bridge.Info{Key: posix("/PostgreSQL.1"), Exists: true}, false},
		{bridge.Info{Key: posix("/test"), Exists: true}, false}, // good Base64, too
		{bridge.Info{Key: posix("/pulse-shm-1"), Exists: true}, false},
		{bridge.Info{Key: posix("/n4bQgYhMfWWaL+qgxVrQFaO_TxsrC4Is0V1sFbDwCgg="), Exists: true}, true},
		{bridge.Info{Key: posix("/n4bQgYhMfWWaL+qgxVrQFaO_TxsrC4Is0V1sFbDwCgg="), Semaphore: semaphore}, true},
		{bridge.Info{Key: posix("/n4bQgYhMfWWaL+qgxVrQFaO_TxsrC4Is0V1sFbDwCg="), Exists: true}, false},
		{bridge.Info{Key: posix("/n4bQgYhMfWWaL+qgxVrQFaO-TxsrC4Is0V1sFbDwCgg="), Exists: true}, false},

		{bridge.Info{Key: ipckey.Key{Type: ipckey.Windows, Native: "shm_x"}}, true},
		{bridge.Info{Key: ipckey.Key{Type: ipckey.Windows, Native: "x"}}, false},
	} {
		if got := isQts(c.info); got != c.want {
			t.Errorf("%+v: %v, want %v", c.info, got, c.want)
		}
	}
}

func TestIsNamedByQt(t *testing.T) {
	for native, want := range map[string]bool{
		"qipc_sharedmemory_x": true, "qipc_systemsem_x": true, "shm_x": true, "sem_x": true,
		`Local\shm_x`: true, `Global\sem_x`: true, `Global\qipc_systemsem_x`: true,
		"": false, "x": false, "xshm_": false, "SHM_x": false, `Global\x`: false, "shm": false,
	} {
		if got := isNamedByQt(native); got != want {
			t.Errorf("%s: %v, want %v", native, got, want)
		}
	}
}
