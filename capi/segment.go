package main

// #include "hot.h"
// #include "capi.h"
import "C"

import (
	"context"
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/shmbridge/shmbridge/bridge"
)

// segment is a shmbridge_segment.
type segment struct {
	*bridge.Segment
	slot   *C.shmbridge_slot
	breaks bool            // takes the lock from the dead
	waits  context.Context // of waits for the lock
	cancel context.CancelCauseFunc
}

// optionsOf are the options that flags stand for, if they are among allowed.
func optionsOf(flags, allowed C.uint32_t) (opts []bridge.Option, err error) {
	if wrong := flags &^ allowed; wrong != 0 {
		return nil, problem{C.SHMBRIDGE_E_ARGUMENT, fmt.Sprintf("flags %#x are not for this function", uint32(wrong))}
	}
	opts = append(opts, bridge.WithAccess(accessOf(flags)))
	if flags&C.SHMBRIDGE_REQUIRE_OWNER != 0 {
		opts = append(opts, bridge.RequireOwner())
	}
	if flags&C.SHMBRIDGE_REMOVE_LAST != 0 {
		opts = append(opts, bridge.RemoveLast())
	}
	if flags&C.SHMBRIDGE_BREAK_DEAD_LOCK != 0 {
		opts = append(opts, bridge.BreakDeadLock())
	}
	return opts, nil
}

const attachFlags = C.SHMBRIDGE_READ_ONLY | C.SHMBRIDGE_REQUIRE_OWNER | C.SHMBRIDGE_REMOVE_LAST | C.SHMBRIDGE_BREAK_DEAD_LOCK

func accessOf(flags C.uint32_t) bridge.Access {
	if flags&C.SHMBRIDGE_READ_ONLY != 0 {
		return bridge.ReadOnly
	}
	return bridge.ReadWrite
}

// giveSegment makes a handle of the segment that open returns.
func giveSegment(h handle, flags C.uint32_t, ms C.int32_t, out *handle,
	open func(context.Context, *key, []bridge.Option) (*bridge.Segment, error)) error {
	return use(h, func(k *key) error {
		if out == nil {
			return missing("segment")
		}
		opts, err := optionsOf(flags, attachFlags)
		if err != nil {
			return err
		}
		ctx, cancel := within(context.Background(), ms)
		defer cancel()
		s := &segment{breaks: flags&C.SHMBRIDGE_BREAK_DEAD_LOCK != 0}
		added, err := handles.add(s) // before anything is made
		if err != nil {
			return err
		}
		if s.Segment, err = open(ctx, k, k.options(opts...)); err != nil {
			handles.drop(added)
			return err
		}
		s.publish(added)
		*out = added
		return nil
	})
}

//export shmbridgeSegmentCreate
func shmbridgeSegmentCreate(h handle, size C.size_t, flags C.uint32_t, ms C.int32_t, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveSegment(h, flags, ms, out, func(ctx context.Context, k *key, opts []bridge.Option) (*bridge.Segment, error) {
			if size > math.MaxInt {
				return nil, problem{C.SHMBRIDGE_E_SIZE, fmt.Sprintf("create: a segment of %d bytes is larger than the address space", size)}
			}
			return bridge.Create(ctx, k.Key, int(size), opts...)
		})
	})
}

//export shmbridgeSegmentAttach
func shmbridgeSegmentAttach(h handle, flags C.uint32_t, ms C.int32_t, out *handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return giveSegment(h, flags, ms, out, func(ctx context.Context, k *key, opts []bridge.Option) (*bridge.Segment, error) {
			return bridge.Attach(ctx, k.Key, accessOf(flags), opts...)
		})
	})
}

//export shmbridgeSegmentDetach
func shmbridgeSegmentDetach(h handle, ms C.int32_t, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *segment) error {
			ctx, cancel := within(context.Background(), ms)
			defer cancel()
			err := s.Detach(ctx)
			if err != nil && s.Bytes() != nil {
				return err
			}
			return errors.Join(err, s.retire(h))
		})
	})
}

//export shmbridgeSegmentRemove
func shmbridgeSegmentRemove(h handle, flags C.uint32_t, ms C.int32_t, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(k *key) error {
			opts, err := optionsOf(flags, C.SHMBRIDGE_REQUIRE_OWNER|C.SHMBRIDGE_BREAK_DEAD_LOCK)
			if err != nil {
				return err
			}
			ctx, cancel := within(context.Background(), ms)
			defer cancel()
			return bridge.Remove(ctx, k.Key, k.options(opts...)...)
		})
	})
}

//export shmbridgeSegmentLock
func shmbridgeSegmentLock(h handle, ms C.int32_t, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *segment) error {
			defer s.refresh()
			if ms == 0 && !s.breaks {
				return s.tryLock()
			}
			ctx, cancel := within(s.waits, ms)
			defer cancel()
			return s.Lock(ctx)
		})
	})
}

// tryLock does not look for who has the lock, as Lock does when it gives up: that takes a thousand times as long.
func (s *segment) tryLock() error {
	ok, err := s.TryLock()
	if !ok && err == nil {
		err = &bridge.Error{Op: "lock", Key: s.Key(), Err: errTimeLimit, Hint: "it is held"}
	}
	return err
}

//export shmbridgeSegmentUnlock
func shmbridgeSegmentUnlock(h handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *segment) error { return s.Unlock() })
	})
}

//export shmbridgeSegmentCancel
func shmbridgeSegmentCancel(h handle, err *C.shmbridge_error) C.int32_t {
	return run(err, func() error {
		return use(h, func(s *segment) error {
			s.cancel(errCanceled)
			return nil
		})
	})
}

//export shmbridgeSegmentRead
func shmbridgeSegmentRead(h handle, offset C.size_t, buf unsafe.Pointer, count C.size_t, done *C.size_t, err *C.shmbridge_error) C.int32_t {
	return transfer(h, offset, buf, count, done, err, (*bridge.Segment).ReadAt)
}

//export shmbridgeSegmentWrite
func shmbridgeSegmentWrite(h handle, offset C.size_t, buf *C.shmbridge_cvoid, count C.size_t, done *C.size_t, err *C.shmbridge_error) C.int32_t {
	return transfer(h, offset, unsafe.Pointer(buf), count, done, err, (*bridge.Segment).WriteAt)
}

// transfer copies as much of count bytes as there is in the segment.
func transfer(h handle, offset C.size_t, buf unsafe.Pointer, count C.size_t, done *C.size_t, err *C.shmbridge_error,
	copy func(*bridge.Segment, []byte, int64) (int, error)) C.int32_t {
	if done != nil {
		*done = 0
	}
	return run(err, func() error {
		return use(h, func(s *segment) error {
			if buf == nil && count > 0 {
				return missing("buf")
			}
			size := C.size_t(s.Size())
			start := min(offset, size)
			n, err := copy(s.Segment, unsafe.Slice((*byte)(buf), min(count, size-start)), int64(start))
			if done != nil {
				*done = C.size_t(n)
			}
			if err == nil && C.size_t(n) < count {
				err = problem{C.SHMBRIDGE_E_RANGE, fmt.Sprintf("%d of %d bytes at offset %d of a segment of %d: the rest is beyond its end", n, count, offset, size)}
			}
			return err
		})
	})
}
