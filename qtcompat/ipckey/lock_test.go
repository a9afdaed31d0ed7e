package ipckey

import (
	"errors"
	"strings"
	"testing"
)

// TestSemaphore holds the locks that real Qt takes, found with strace: 4.8.7, 5.15.18 and 6.5.3 for LockLegacyOnly,
// 6.6.0 for LockByNative, 6.6.1 for LockCommon; those of Windows by running Qt 6.6.0 to 6.12.0 under Wine.
func TestSemaphore(t *testing.T) {
	const legacy, derived = "/tmp/qipc_sharedmemory_test" + testSHA, "/tmp/qipc_systemsem_test" + testSHA
	long := strings.Repeat("x", 300)
	tests := []struct {
		rule      LockRule
		env       Env
		key, want Key
	}{
		{LockCommon, linux, Key{SystemV, legacy, "test"}, Key{SystemV, derived, "test"}},
		{LockCommon, linux, Key{SystemV, legacy, ""}, Key{SystemV, legacy, ""}},
		{LockCommon, linux, Key{SystemV, "/elsewhere", "test"}, Key{SystemV, derived, "test"}},
		{LockCommon, linux, Key{SystemV, "", "test"}, Key{SystemV, derived, "test"}},
		{LockCommon, linux, Key{82, "/elsewhere", "test"}, Key{82, derived, "test"}},
		{LockCommon, linux, Key{82, "/k", ""}, Key{82, "/k", ""}},
		{LockCommon, linux, Key{PosixRealtime, "/k", ""}, Key{PosixRealtime, "/k", ""}},
		{LockCommon, linux, Key{PosixRealtime, "/k", "test"}, Key{PosixRealtime, "/qipc_systemsem_test" + testSHA, "test"}},
		{LockCommon, windows, Key{Windows, "k", "test"}, Key{Windows, "qipc_systemsem_test" + testSHA, "test"}},
		{LockCommon, windows, Key{Windows, "shm_pk", ""}, Key{Windows, "shm_pk_sem", ""}},
		{LockCommon, windows, Key{Windows, `Global\shm_foo`, ""}, Key{Windows, `Global\shm_foo_sem`, ""}},
		{LockCommon, windows, Key{Windows, long, ""}, Key{Windows, long[:255] + "_sem", ""}},
		{LockCommon, windows, Key{Windows, long[:255], ""}, Key{Windows, long[:255] + "_sem", ""}},
		{LockCommon, windows, Key{Windows, long[:256], ""}, Key{Windows, long[:255] + "_sem", ""}},

		{LockByNative, linux, Key{SystemV, legacy, "test"}, Key{SystemV, legacy, ""}},
		{LockByNative, linux, Key{SystemV, "/k", ""}, Key{SystemV, "/k", ""}},
		{LockByNative, linux, Key{PosixRealtime, "/qipc_sharedmemory_test" + testSHA, "test"}, Key{PosixRealtime, "/qipc_sharedmemory_test" + testSHA, ""}},
		{LockByNative, windows, Key{Windows, "qipc_sharedmemory_test" + testSHA, "test"}, Key{Windows, "qipc_sharedmemory_test" + testSHA + "_sem", ""}},

		{LockLegacyOnly, linux, Key{SystemV, legacy, "test"}, Key{SystemV, derived, "test"}},
		{LockLegacyOnly, windows, Key{Windows, "qipc_sharedmemory_test" + testSHA, "test"}, Key{Windows, "qipc_systemsem_test" + testSHA, "test"}},
	}
	for _, tt := range tests {
		tt.env.Rules.Lock = tt.rule
		if got, err := tt.key.Semaphore(tt.env); err != nil || got != tt.want {
			t.Errorf("rule %d: %+v.Semaphore() = %+v, %v; want %+v", tt.rule, tt.key, got, err, tt.want)
		}
	}
}

func TestNoLock(t *testing.T) {
	tests := []struct {
		key  Key
		want error
	}{
		{Key{SystemV, "/k", ""}, ErrNoLock},
		{Key{Windows, "k", ""}, ErrNoLock},
		{Key{SystemV, "", ""}, ErrEmptyKey}, // no key comes before no lock
		{Key{0, "/k", ""}, ErrUnsupportedType},
	}
	for _, tt := range tests {
		got, err := tt.key.Semaphore(Env{GOOS: "linux", TempDir: "/tmp", Rules: Rules{Lock: LockLegacyOnly}})
		if got != (Key{}) || !errors.Is(err, tt.want) {
			t.Errorf("%+v.Semaphore() = %+v, %v; want %v", tt.key, got, err, tt.want)
		}
	}
}
