package bridge

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newPosixKey(t testing.TB) ipckey.Key {
	k, err := ipckey.Legacy(Environment(), ipckey.Segment, "P"+rand.Text(), ipckey.PosixRealtime)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestPosixSmoke(t *testing.T) {
	key := newPosixKey(t)
	if _, err := Attach(t.Context(), key, ReadWrite); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	s, err := Create(t.Context(), key, 5000)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Attach(t.Context(), key, ReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.WriteAt([]byte("hello"), 4990); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 5)
	if _, err := a.ReadAt(b, 4990); err != nil || string(b) != "hello" {
		t.Fatal(err, b)
	}
	err = a.Do(t.Context(), func(mem []byte) error { mem[0] = 1; return nil })
	t.Log(err)
	t.Log(s.Stat())
	t.Log(Remove(t.Context(), key))
	s.Detach(t.Context())
	t.Log(Inspect(key))
	t.Log(Remove(t.Context(), key))
	a.Detach(t.Context())
	t.Log(Inspect(key))
	t.Log(Remove(t.Context(), key))
	t.Log(Inspect(key))
}

func BenchmarkPosixLock(b *testing.B) {
	key := newPosixKey(b)
	s, err := Create(b.Context(), key, 10, RemoveLast())
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	for b.Loop() {
		s.Lock(ctx)
		s.Unlock()
	}
	s.Detach(ctx)
}
func BenchmarkPosixAttach(b *testing.B) {
	key := newPosixKey(b)
	s, err := Create(b.Context(), key, 10, RemoveLast())
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	for b.Loop() {
		a, _ := Attach(ctx, key, ReadWrite)
		a.Detach(ctx)
	}
	s.Detach(ctx)
}
func BenchmarkPosixCreateRemove(b *testing.B) {
	key := newPosixKey(b)
	ctx := b.Context()
	for b.Loop() {
		s, err := Create(b.Context(), key, 10, RemoveLast())
		if err != nil {
			b.Fatal(err)
		}
		s.Detach(ctx)
	}
}

func BenchmarkPosixBare(b *testing.B) {
	s, err := openNamedSem(place{name: "/bare" + rand.Text()}, 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.TryWait()
		s.Post()
	}
	s.close()
}
