package main

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// isQts reports whether an object looks like one that a Qt program has made.
func isQts(i bridge.Info) bool {
	switch i.Key.Type.Family() {
	case ipckey.FamilySystemV:
		return i.Key.Native != "" || hasQtsProject(i)
	case ipckey.FamilyPosix:
		return isPosixOfQt(i)
	}
	return isNamedByQt(i.Key.Native)
}

// hasQtsProject reports whether the kernel's key may be what ftok makes with Qt's project id, 'Q'. Qt's sets have one semaphore.
func hasQtsProject(i bridge.Info) bool {
	key := i.Ftok
	if !i.Exists {
		if i.Semaphore.Count != 1 {
			return false
		}
		key = i.Semaphore.Ftok
	}
	return uint32(key)>>24 == uint32(ipckey.SystemV)
}

// isPosixOfQt knows the names that Qt derives. A native key may be anything; its segment has a lock of the same name.
func isPosixOfQt(i bridge.Info) bool {
	name := strings.TrimPrefix(i.Key.Native, "/")
	return strings.HasPrefix(name, "qipc_") || i.Exists && i.Semaphore.Exists || isHash(name)
}

// isHash reports whether name is what SingleApplication 3.5 and later makes a native key of: the SHA-256 of what it knows about
// the program in Base64, with "_" for "/".
func isHash(name string) bool {
	sum, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(name, "_", "/"))
	return err == nil && len(sum) == 32
}

// isNamedByQt reports whether a native key of Windows is one that Qt may have derived from a name.
func isNamedByQt(native string) bool {
	for _, namespace := range []string{`Local\`, `Global\`} {
		native = strings.TrimPrefix(native, namespace)
	}
	return slices.ContainsFunc([]string{"qipc_sharedmemory_", "qipc_systemsem_", "shm_", "sem_"},
		func(prefix string) bool { return strings.HasPrefix(native, prefix) })
}
