package main

// #include "capi.h"
import "C"

import (
	"context"

	"github.com/shmbridge/shmbridge/bridge"
)

// semaphore is a shmbridge_semaphore.
type semaphore struct{ *bridge.Semaphore }

//export shmbridgeSemaphoreOpen
func shmbridgeSemaphoreOpen(h handle, initial C.int32_t, flags C.uint32_t, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(k *key) error {
			if out == nil {
				return missing("semaphore")
			}
			opts, err := optionsOf(flags, C.SHMBRIDGE_TAKE_OVER|C.SHMBRIDGE_REQUIRE_OWNER)
			if err != nil {
				return err
			}
			mode := bridge.OpenExisting
			if flags&C.SHMBRIDGE_TAKE_OVER != 0 {
				mode = bridge.CreateNew
			}
			s := &semaphore{}
			added, err := handles.add(s) // before anything is made
			if err != nil {
				return err
			}
			if s.Semaphore, err = bridge.OpenSemaphore(context.Background(), k.Key, int(initial), mode, k.options(opts...)...); err != nil {
				handles.drop(added)
				return err
			}
			*out = added
			return nil
		})
	})
}

//export shmbridgeSemaphoreAcquire
func shmbridgeSemaphoreAcquire(h handle, ms C.int32_t, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *semaphore) error {
			ctx, cancel := within(context.Background(), ms)
			defer cancel()
			return s.Acquire(ctx)
		})
	})
}

//export shmbridgeSemaphoreRelease
func shmbridgeSemaphoreRelease(h handle, n C.int32_t, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *semaphore) error { return s.Release(int(n)) })
	})
}

//export shmbridgeSemaphoreClose
func shmbridgeSemaphoreClose(h handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *semaphore) error {
			if !handles.close(h) {
				return errClosedTwice
			}
			return s.Close()
		})
	})
}
