package ipckey

import (
	"errors"
	"strings"
	"testing"
)

var (
	linux   = Env{GOOS: "linux", TempDir: "/tmp", RuntimeDir: "/run/user/1000"}
	mac     = Env{GOOS: "darwin", TempDir: "/var/folders/x/T", RuntimeDir: "/Users/me/Library/Application Support"}
	ios     = Env{GOOS: "ios", TempDir: "/tmp"}
	windows = Env{GOOS: "windows", TempDir: "C:/Temp"}
)

const testSHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"

// TestLegacyEnv checks what Legacy takes from its Env; names are the vectors' business.
func TestLegacyEnv(t *testing.T) {
	tests := []struct {
		env  Env
		of   Type
		want string
	}{
		{linux, SystemV, "/tmp/qipc_sharedmemory_test" + testSHA},
		{linux, 1, "/tmp/qipc_sharedmemory_test" + testSHA},
		{linux, 255, "/tmp/qipc_sharedmemory_test" + testSHA},
		{mac, SystemV, "/var/folders/x/T/qipc_sharedmemory_test" + testSHA},
		{Env{GOOS: "linux", TempDir: "/"}, SystemV, "//qipc_sharedmemory_test" + testSHA},
		{Env{GOOS: "linux", TempDir: ""}, SystemV, "/qipc_sharedmemory_test" + testSHA},
		{Env{GOOS: "linux", TempDir: "/tmp/"}, SystemV, "/tmp//qipc_sharedmemory_test" + testSHA},
		{Env{GOOS: "linux", TempDir: "rel"}, SystemV, "rel/qipc_sharedmemory_test" + testSHA},
		{mac, PosixRealtime, "/a94a8fe5ccb19ba61c4c0873d391e"},
		{ios, PosixRealtime, "test"},
		{windows, Windows, "qipc_sharedmemory_test" + testSHA},
	}
	for _, tt := range tests {
		got, err := Legacy(tt.env, Segment, "test", tt.of)
		if want := (Key{tt.of, tt.want, "test"}); err != nil || got != want {
			t.Errorf("Legacy(%+v, %v) = %+v, %v; want %+v", tt.env, tt.of, got, err, want)
		}
	}
}

// TestSafeRule holds what the Windows builds of Qt 6.6.3 and 6.7.0 gave.
func TestSafeRule(t *testing.T) {
	long := strings.Repeat("x", 300)
	tests := []struct {
		kind       Kind
		name       string
		whole, cut string
	}{
		{Segment, "test", "shm_test", "shm_test"},
		{Segment, `Global\foo`, `Global\shm_foo`, `Global\shm_foo`},
		{Segment, long[:256], "shm_" + long[:256], "shm_" + long[:256]},
		{Segment, long[:257], "shm_" + long[:257], "shm_" + long[:256]},
		{Semaphore, long, "sem_" + long, "sem_" + long[:256]},
		{Semaphore, `Global\` + long, `Global\sem_` + long, `Global\sem_` + long[:249]},
		{Segment, long[:254] + "😀x", "shm_" + long[:254] + "😀x", "shm_" + long[:254] + "😀"},
	}
	for _, tt := range tests {
		for version, want := range map[string]string{"6.6.0": tt.whole, "6.6.3": tt.whole, "6.7.0": tt.cut, "6.12.0": tt.cut} {
			rules, err := RulesOf(version)
			if err != nil {
				t.Fatal(err)
			}
			got, err := PlatformSafe(Env{GOOS: "windows", Rules: rules}, tt.kind, tt.name, Windows)
			if err != nil || got != (Key{Type: Windows, Native: want}) {
				t.Errorf("Qt %s, %v %.40q: %+v, %v; want %q", version, tt.kind, tt.name, got, err, want)
			}
		}
	}
	whole := Env{GOOS: "windows", Rules: Rules{Safe: SafeWhole}}
	if got, err := PlatformSafe(whole, Segment, long[:255]+"😀", Windows); err != nil || got.Native != "shm_"+long[:255]+"😀" {
		t.Errorf("a character that is not cut: %+v, %v", got, err)
	}
}

// TestWindowsNames holds names that 16 versions of Windows Qt, 5.9.3 to 6.12.0, gave under Wine.
func TestWindowsNames(t *testing.T) {
	tests := []struct {
		derive func(Env, Kind, string, Type) (Key, error)
		kind   Kind
		name   string
		want   string
	}{
		{Legacy, Segment, "my_shared_memory", "qipc_sharedmemory_mysharedmemoryd3faa70b96e6c94a96cbd5270f2f9f4a8f14fdcd"},
		{Legacy, Semaphore, "my_shared_memory", "qipc_systemsem_mysharedmemoryd3faa70b96e6c94a96cbd5270f2f9f4a8f14fdcd"},
		{PlatformSafe, Segment, "test", "shm_test"},
		{PlatformSafe, Semaphore, "test", "sem_test"},
		{PlatformSafe, Segment, `Global\foo`, `Global\shm_foo`},
		{PlatformSafe, Semaphore, `Local\foo`, `Local\sem_foo`},
		{PlatformSafe, Segment, `Local\Global\foo`, `Local\shm_Global\foo`},
		{PlatformSafe, Segment, `global\pk`, `shm_global\pk`},
		{PlatformSafe, Semaphore, `global\pk`, `sem_global\pk`},
	}
	for _, tt := range tests {
		got, err := tt.derive(windows, tt.kind, tt.name, Windows)
		if err != nil || got.Type != Windows || got.Native != tt.want {
			t.Errorf("%v %q = %+v, %v; want %q", tt.kind, tt.name, got, err, tt.want)
		}
	}
}

func TestPlatformSafe(t *testing.T) {
	long := strings.Repeat("x", 300)
	tests := []struct {
		env  Env
		kind Kind
		name string
		of   Type
		want string
	}{
		{linux, Segment, "test", PosixRealtime, "/test"},
		{linux, Semaphore, "test", PosixRealtime, "/test"},
		{linux, Segment, "/abs/path", PosixRealtime, "//abs/path"},
		{linux, Segment, "100%", PosixRealtime, "/100%"},
		{linux, Segment, long, PosixRealtime, "/" + long},
		{linux, Segment, "test", SystemV, "/run/user/1000/test"},
		{linux, Semaphore, "test", SystemV, "/run/user/1000/test"},
		{linux, Segment, "a/b", 82, "/run/user/1000/a/b"},
		{linux, Segment, "/abs/path", SystemV, "/abs/path"},
		{Env{GOOS: "linux", RuntimeDir: "/run/"}, Segment, "k", SystemV, "/run//k"},
		{Env{GOOS: "linux", RuntimeDir: ""}, Segment, "k", SystemV, "/k"},
		{mac, Segment, "test", PosixRealtime, "/test"},
		{mac, Segment, long, PosixRealtime, "/" + long[:29]},
		{mac, Semaphore, long, PosixRealtime, "/" + long[:29]},
		{ios, Segment, long, PosixRealtime, "/" + long[:29]},
		{mac, Segment, long[:28] + "é!", PosixRealtime, "/" + long[:28] + "é"},
		{mac, Segment, long[:27] + "😀!", PosixRealtime, "/" + long[:27] + "😀"},
		{mac, Segment, long, SystemV, "/Users/me/Library/Application Support/" + long},
		{windows, Segment, `Local\foo`, Windows, `Local\shm_foo`},
		{windows, Semaphore, `Global\foo`, Windows, `Global\sem_foo`},
		{windows, Segment, `Local\Global\foo`, Windows, `Local\shm_Global\foo`},
		{windows, Segment, `Local\`, Windows, `Local\shm_`},
		{windows, Segment, long[:256], Windows, "shm_" + long[:256]},
		{windows, Segment, long[:257], Windows, "shm_" + long[:256]},
		{windows, Semaphore, `Global\` + long, Windows, `Global\sem_` + long[:249]},
		{windows, Segment, long[:254] + "😀x", Windows, "shm_" + long[:254] + "😀"},
	}
	for _, tt := range tests {
		got, err := PlatformSafe(tt.env, tt.kind, tt.name, tt.of)
		if want := (Key{Type: tt.of, Native: tt.want}); err != nil || got != want {
			t.Errorf("PlatformSafe(%s, %v, %.40q, %v) = %+v, %v; want %+v", tt.env.GOOS, tt.kind, tt.name, tt.of, got, err, want)
		}
	}
}

func TestDerivationErrors(t *testing.T) {
	type derive func(Env, Kind, string, Type) (Key, error)
	lock := func(env Env, _ Kind, native string, t Type) (Key, error) { return Key{t, native, ""}.Semaphore(env) }
	legacyLock := func(env Env, _ Kind, name string, t Type) (Key, error) { return Key{t, "/k", name}.Semaphore(env) }
	long := strings.Repeat("x", 300)
	tests := []struct {
		name   string
		derive derive
		env    Env
		of     Type
		input  string
		want   error
	}{
		{"empty", Legacy, linux, SystemV, "", ErrEmptyKey},
		{"empty", PlatformSafe, linux, PosixRealtime, "", ErrEmptyKey},
		{"empty", lock, linux, SystemV, "", ErrEmptyKey},
		{"unpaired surrogate", Legacy, linux, SystemV, "a\xed\xa0\x80b", ErrNotUTF8},
		{"unpaired surrogate", PlatformSafe, linux, SystemV, "a\xed\xa0\x80b", ErrNotUTF8},
		{"unpaired surrogate", legacyLock, linux, SystemV, "a\xed\xb0\x80b", ErrNotUTF8},
		{"byte", Legacy, linux, SystemV, "\xff", ErrNotUTF8},
		{"byte", lock, linux, PosixRealtime, "/\xff", ErrNotUTF8},
		{"NUL", PlatformSafe, linux, PosixRealtime, "a\x00b", ErrNUL},
		{"NUL", PlatformSafe, windows, Windows, "a\x00b", ErrNUL},
		{"NUL", PlatformSafe, linux, SystemV, "/a\x00", ErrNUL},
		{"NUL", Legacy, ios, PosixRealtime, "a\x00b", ErrNUL},
		{"type 0", Legacy, linux, 0, "a", ErrUnsupportedType},
		{"type 0x102", PlatformSafe, linux, 0x102, "a", ErrUnsupportedType},
		{"type 0xffff", lock, linux, 0xffff, "a", ErrUnsupportedType},
		{"type 0", legacyLock, linux, 0, "a", ErrUnsupportedType},
		{"half a character", PlatformSafe, mac, PosixRealtime, long[:28] + "😀", ErrNotUTF8},
		{"half a character", PlatformSafe, windows, Windows, long[:255] + "😀", ErrNotUTF8},
		{"half a character", lock, windows, Windows, long[:254] + "😀", ErrNotUTF8},
	}
	for _, tt := range tests {
		got, err := tt.derive(tt.env, Segment, tt.input, tt.of)
		if got != (Key{}) || !errors.Is(err, tt.want) {
			t.Errorf("%s, %v: got %+q, %v; want %v", tt.name, tt.of, got, err, tt.want)
		}
	}
}

func TestUnknownKind(t *testing.T) {
	for _, derive := range []func(Env, Kind, string, Type) (Key, error){Legacy, PlatformSafe} {
		if got, err := derive(linux, 7, "a", SystemV); got != (Key{}) || err == nil {
			t.Errorf("kind 7: got %+v, %v; want an error", got, err)
		}
	}
}

func TestErrorNamesItsSubject(t *testing.T) {
	_, err := Legacy(linux, Semaphore, "a\xff", SystemV)
	for _, part := range []string{"semaphore", `"a\xff"`, "UTF-8"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v does not say %s", err, part)
		}
	}
	if _, err := Legacy(linux, Segment, strings.Repeat("\x00", 1e6)+"\xff", SystemV); err == nil || len(err.Error()) > 500 {
		t.Errorf("the error for a long name is missing or repeats it all: %.100v", err)
	}
}
