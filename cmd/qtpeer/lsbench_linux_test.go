package main

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// BenchmarkList5000 lists 5,000 objects: segments of both families and their locks, with names that cannot be found.
func BenchmarkList5000(b *testing.B) {
	ctx := context.Background()
	for n := range 1250 {
		for _, t := range []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime} {
			key, err := bridge.LegacyKey(fmt.Sprintf("%s#%s#%d", letters(), letters(), n), bridge.WithType(t))
			if err != nil {
				b.Fatal(err)
			}
			segment, err := bridge.Create(ctx, key, 1, bridge.RemoveLast())
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() {
				if err := segment.Detach(ctx); err != nil {
					b.Error(err)
				}
			})
		}
	}
	for b.Loop() {
		found, err := (&lister{revealer: newRevealer(nil)}).look()
		if err == nil {
			err = found.print(screen{Writer: io.Discard}, io.Discard, false)
		}
		if err != nil || len(found.infos) < 2500 { // and what others have
			b.Fatalf("%d objects, %v", len(found.infos), err)
		}
	}
}
