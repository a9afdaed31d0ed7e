package main

import (
	"context"
	"errors"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
)

// A visit that cannot detach says so.
func TestVisitThatCannotDetach(t *testing.T) {
	privateDir(t)
	key, err := bridge.LegacyKey("test")
	if err != nil {
		t.Fatal(err)
	}
	owner, err := bridge.Create(t.Context(), key, 8)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var visitor *bridge.Segment
	err = new(options).visit(ctx, key, bridge.ReadOnly, func(s *bridge.Segment) error {
		visitor = s
		cancel()
		return owner.Lock(t.Context())
	})
	if bridge.CodeOf(err) != bridge.CodeCanceled {
		t.Errorf("%v, want that the detaching was cancelled", err)
	}
	if err := errors.Join(owner.Unlock(), visitor.Detach(context.Background()), owner.Detach(context.Background())); err != nil {
		t.Error(err)
	}
}
