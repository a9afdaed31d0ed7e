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
