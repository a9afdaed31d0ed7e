package ipckey_test

import (
	"fmt"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What QSharedMemory("My App 1.0") uses on Linux: the segment's key, its text form, and its lock.
func ExampleLegacy() {
	env := ipckey.Env{GOOS: "linux", TempDir: ipckey.TempDir(ipckey.TempAbsolute, "/tmp/", "/", nil)}
	key, err := ipckey.Legacy(env, ipckey.Segment, "My App 1.0", ipckey.LegacyDefaultType(env.GOOS))
	if err != nil {
		fmt.Println(err)
		return
	}
	lock, err := key.Semaphore(env)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(key.Native)
	fmt.Println(key)
	fmt.Println(lock.Native)
	// Output:
	// /tmp/qipc_sharedmemory_MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8
	// systemv:/tmp/qipc_sharedmemory_MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8?legacyKey=My App 1.0
	// /tmp/qipc_systemsem_MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8
}

// What QSharedMemory::platformSafeKey("test") of Qt 6.6 makes of a name, family by family.
func ExamplePlatformSafe() {
	env := ipckey.Env{GOOS: "linux", TempDir: "/tmp", RuntimeDir: "/run/user/1000"}
	for _, of := range []ipckey.Type{ipckey.PosixRealtime, ipckey.SystemV, ipckey.Windows} {
		key, err := ipckey.PlatformSafe(env, ipckey.Segment, "test", of)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(key)
	}
	// Output:
	// posix:/test
	// systemv:/run/user/1000/test
	// windows:shm_test
}

// What depends on the version of Qt: ftok's project id, and the semaphore that guards a segment.
func ExampleEras() {
	for _, era := range ipckey.Eras() {
		env := ipckey.Env{GOOS: "linux", TempDir: "/tmp", Rules: era.Rules}
		key, err := ipckey.Legacy(env, ipckey.Segment, "test", ipckey.SystemV)
		if err != nil {
			fmt.Println(err)
			return
		}
		lock, err := key.Semaphore(env)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-28s  %#x  %#x  %.19s\n", era.Name, key.ProjectID(era.Rules), lock.ProjectID(era.Rules), lock.Native)
	}
	// Output:
	// Qt 4.4 to 5.5                 0x51  0x51  /tmp/qipc_systemsem
	// Qt 5.6 to 5.8 without SSE4.2  0x5e  0xb4  /tmp/qipc_systemsem
	// Qt 5.6 to 5.8                 0xbb  0xbf  /tmp/qipc_systemsem
	// Qt 5.9 to 5.11                0x51  0x51  /tmp/qipc_systemsem
	// Qt 5.12 to 6.5                0x51  0x51  /tmp/qipc_systemsem
	// Qt 6.6.0                      0x51  0x51  /tmp/qipc_sharedmem
	// Qt 6.6.1 to 6.6.3             0x51  0x51  /tmp/qipc_systemsem
	// Qt 6.7 to 6.9.1               0x51  0x51  /tmp/qipc_systemsem
	// Qt 6.9.2 and later            0x51  0x51  /tmp/qipc_systemsem
}

// The temporary directory of a program whose TMPDIR is "tmp/" and which runs in /home/me.
func ExampleTempDir() {
	fmt.Println(ipckey.TempDir(ipckey.TempAbsolute, "tmp/", "/home/me", nil))
	fmt.Println(ipckey.TempDir(ipckey.TempLexical, "tmp/", "/home/me", nil))
	// Output:
	// /home/me/tmp
	// tmp
}

// A key that a Qt program wrote to its log with QNativeIpcKey::toString.
func ExampleParse() {
	key, err := ipckey.Parse("posix:/100%25?legacyKey=100%25")
	fmt.Printf("%v %q %q %v\n", key.Type, key.Native, key.Legacy, err)

	_, err = ipckey.Parse("posix://host/name")
	fmt.Println(err)
	// Output:
	// posix "/100%" "100%" <nil>
	// parse the key "posix://host/name": "host" after // is a host, which no key has: write a path that starts with // as /%2F
}
