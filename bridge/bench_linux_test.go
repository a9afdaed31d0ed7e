package bridge

import (
	"context"
	"crypto/rand"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func benchSegment(b *testing.B, family ipckey.Type) *Segment {
	b.Helper()
	key, err := ipckey.Legacy(Environment(), ipckey.Segment, "Bench"+rand.Text(), family)
	if err != nil {
		b.Fatal(err)
	}
	s, err := Create(b.Context(), key, 4096, RemoveLast())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Detach(context.Background()); err != nil {
			b.Error(err)
		}
	})
	return s
}

// benchFamilies runs a benchmark with a segment of each family.
func benchFamilies(b *testing.B, bench func(b *testing.B, s *Segment)) {
	b.Run("System V", func(b *testing.B) { bench(b, benchSegment(b, ipckey.SystemV)) })
	b.Run("POSIX", func(b *testing.B) { bench(b, benchSegment(b, ipckey.PosixRealtime)) })
}

func BenchmarkLockUnlock(b *testing.B) {
	benchFamilies(b, func(b *testing.B, s *Segment) {
		ctx := context.Background()
		b.ReportAllocs()
		for b.Loop() {
			if s.Lock(ctx) != nil || s.Unlock() != nil {
				b.Fatal("not locked")
			}
		}
	})
}

func BenchmarkAttachDetach(b *testing.B) {
	benchFamilies(b, func(b *testing.B, s *Segment) {
		ctx := context.Background()
		b.ReportAllocs()
		for b.Loop() {
			a, err := Attach(ctx, s.Key(), ReadWrite)
			if err != nil || a.Detach(ctx) != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSemPair is what the kernel takes of BenchmarkLockUnlock on System V.
func BenchmarkSemPair(b *testing.B) {
	id := int(benchSegment(b, ipckey.SystemV).at.(*sysvAttachment).sem.id.Load())
	for b.Loop() {
		for _, n := range []int16{-1, 1} {
			if ok, err := sysv.SemTry(id, n, true); !ok {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkNamedSemPair is what the atomic instructions take of it on POSIX.
func BenchmarkNamedSemPair(b *testing.B) {
	sem := benchSegment(b, ipckey.PosixRealtime).at.(*posixAttachment).sem
	for b.Loop() {
		if !sem.TryWait() || sem.Post() != nil {
			b.Fatal("not taken")
		}
	}
}
