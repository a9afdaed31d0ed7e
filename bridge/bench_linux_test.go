package bridge

import (
	"context"
	"crypto/rand"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

func benchSegment(b *testing.B) *Segment {
	b.Helper()
	key, err := LegacyKey("Bench" + rand.Text())
	if err != nil {
		b.Fatal(err)
	}
	s, err := Create(b.Context(), key, 4096)
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

func BenchmarkLockUnlock(b *testing.B) {
	s := benchSegment(b)
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if s.Lock(ctx) != nil || s.Unlock() != nil {
			b.Fatal("not locked")
		}
	}
}

// BenchmarkSemPair is what the kernel takes of BenchmarkLockUnlock.
func BenchmarkSemPair(b *testing.B) {
	id := int(benchSegment(b).at.(*sysvAttachment).sem.id.Load())
	for b.Loop() {
		for _, n := range []int16{-1, 1} {
			if ok, err := sysv.SemTry(id, n, true); !ok {
				b.Fatal(err)
			}
		}
	}
}
