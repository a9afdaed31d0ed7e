//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"math"
	"runtime/debug"
	"testing"
	"unsafe"
)

// QSharedMemory::SharedMemoryError
const (
	noError       = 0
	invalidSize   = 2
	keyError      = 3
	alreadyExists = 4
	notFound      = 5
	lockError     = 6
)

// The names are those that C++ programs with six versions of Qt print.
func TestNativeKey(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for key, want := range map[string]string{
			"test":  "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
			"a b/c": "abcfa4fb713ddea8a2de316eebb6c7c7a2470987319",
			"ключ":  "b36af61a5d76b466e25a17dd979530303417c16f",

			"QSharedMemoryExample": "QSharedMemoryExampleff77196351dd7c1c8f79461ad32f21726fe31f5b",
			"my_shared_memory":     "mysharedmemoryd3faa70b96e6c94a96cbd5270f2f9f4a8f14fdcd",

			"My App 1.0":    "MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8",
			"myapp":         "myapp94e7d341f71ff6f43253f1c5e813057b22f91cda",
			"héllo wörld":   "hllowrld24e9f5c07847ff8a2a9fa77456655792f5bc7f9f",
			"日本語":           "c12140a0ffb4e56481b4fe0a7a25040c2eafa9ca",
			"😀 emoji":       "emoji2d93e0214ecc327b880fba19fc7272e6ab20f9fd",
			"12345":         "8cb2237d0679ca88db6464eac60da96345513964",
			"a/b\\c":        "abcec727bf731684956f02a1dd880789831ec487365",
			"a\x00b":        "ab4a3dec2d1f8245280855c42db0ee4239f917fdb8",
			"\ufeffa":       "a843510102349f4f66ad1734e188dc93aca8c618d",
			"\ufffea\uffff": "adec5fbe770df8770ad92b6d8410a672ba797b0c1",
		} {
			if key == "\ufffea\uffff" && isQt4(q) {
				want = "a4904d748fcc22129ea4457d0fe9a01b72718c743" // of "?a?"
			}
			m := newMemory(t, q, key)
			if m.Key() != key {
				t.Errorf("key %q, want %q", m.Key(), key)
			}
			if want := nativePrefix(q) + "qipc_sharedmemory_" + want; m.NativeKey() != want {
				t.Errorf("native key of %q:\ngot  %s\nwant %s", key, m.NativeKey(), want)
			}
		}
	})
}

func TestSetKeyAndSetNativeKey(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, "")
		if m.Key() != "" || m.NativeKey() != "" {
			t.Errorf("without a key: %q, %q", m.Key(), m.NativeKey())
		}
		m.SetKey("test")
		legacy := nativePrefix(q) + "qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
		if m.Key() != "test" || m.NativeKey() != legacy {
			t.Errorf("after SetKey: %q, %q", m.Key(), m.NativeKey())
		}
		native := nativePrefix(q) + "a native key"
		m.SetNativeKey(native)
		if m.Key() != "" || m.NativeKey() != native {
			t.Errorf("after SetNativeKey: %q, %q", m.Key(), m.NativeKey())
		}
	})
}

func TestLifeOfASegment(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, randomKey())
		if m.IsAttached() || m.Size() != 0 || m.Data() != nil {
			t.Errorf("new: attached %v, size %d, %d bytes", m.IsAttached(), m.Size(), len(m.Data()))
		}
		must(t, m.Create(4097, false), m)
		if !m.IsAttached() || m.Size() != sizeOf(4097) || len(m.Data()) != sizeOf(4097) || m.Error() != noError || m.ErrorString() != "" {
			t.Errorf("created: attached %v, size %d, %d bytes, error %d %q",
				m.IsAttached(), m.Size(), len(m.Data()), m.Error(), m.ErrorString())
		}
		m.Data()[4096] = 1
		must(t, m.Lock(), m)
		if value := lockValue(t, m); value != 0 {
			t.Errorf("locked: the semaphore is %d", value)
		}
		must(t, m.Unlock(), m)
		if m.Unlock() {
			t.Error("unlocked twice")
		}
		must(t, m.Detach(), m)
		if m.IsAttached() || m.Size() != 0 || m.Data() != nil {
			t.Errorf("detached: attached %v, size %d, %d bytes", m.IsAttached(), m.Size(), len(m.Data()))
		}
		wantGone(t, m)
	})
}

func TestTwoObjectsShareTheirMemory(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		m, other, reader := newMemory(t, q, key), newMemory(t, q, key), newMemory(t, q, key)
		must(t, m.Create(64, false), m)
		must(t, other.Attach(false), other)
		must(t, reader.Attach(true), reader)
		m.Data()[0], other.Data()[63] = 'm', 'o'
		if got := reader.Data(); got[0] != 'm' || got[63] != 'o' || len(got) != sizeOf(64) {
			t.Errorf("read %q", got)
		}
	})
}

func TestReadOnlyMemoryCannotBeWritten(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		created, attached := newMemory(t, q, key), newMemory(t, q, key)
		must(t, created.Create(64, true), created)
		must(t, attached.Attach(true), attached)
		for name, m := range map[string]*SharedMemory{"created": created, "attached": attached} {
			if !faults(func() { m.Data()[0] = 1 }) {
				t.Errorf("%s read-only, but written", name)
			}
		}
	})
}

// faults reports whether f touches memory that it must not.
func faults(f func()) (fault bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { fault = recover() != nil }()
	f()
	return
}

func attach(m *SharedMemory) bool { return m.Attach(false) }

func create(size int) func(*SharedMemory) bool {
	return func(m *SharedMemory) bool { return m.Create(size, false) }
}

// An int comes back in the low half of a register, the rest of which is undefined.
func TestSizeIsReadAsWideAsInQt(t *testing.T) {
	const register = -1<<32 | 16
	eachQt(t, func(t *testing.T, q *Qt) {
		want := 16
		if q.generation.longSize {
			want = register
		}
		q.fn.MemorySize = func(unsafe.Pointer) int { return register }
		if m := newMemory(t, q, ""); m.Size() != want {
			t.Errorf("size %d, want %d", m.Size(), want)
		}
	})
}

// Qt 5 for Windows rounds 2^31-1 up to what an int calls negative.
func TestDataOfANegativeSize(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		q.fn.MemorySize = func(unsafe.Pointer) int { return math.MinInt32 }
		m := newMemory(t, q, randomKey())
		must(t, m.Create(1, false), m)
		if len(m.Data()) != 0 {
			t.Errorf("%d bytes", len(m.Data()))
		}
	})
}

func TestClosedObjects(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m, s := q.NewSharedMemory("key"), q.NewSystemSemaphore("", 0, false)
		for range 2 {
			m.Close()
			s.Close()
		}
		for name, use := range map[string]func(){"memory": func() { m.Lock() }, "semaphore": func() { s.Acquire() }} {
			if got := recovered(use); got != "realqt: the object is closed" {
				t.Errorf("%s used after Close: %v", name, got)
			}
		}
	})
}

func recovered(f func()) (panicked any) {
	defer func() { panicked = recover() }()
	f()
	return
}
