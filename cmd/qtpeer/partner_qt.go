package main

import (
	"errors"
	"math"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/internal/realqt"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// qtPartner carries out the line protocol with a real Qt library. What Qt cannot do is errors.ErrUnsupported.
type qtPartner struct{ *realqt.Qt }

func (q qtPartner) hello() (implementation, version string) { return "qt", q.Version() }

func (q qtPartner) nativeKey(name string) (string, error) {
	m := q.NewSharedMemory(name)
	defer m.Close()
	return m.NativeKey(), nil
}

func (q qtPartner) segment(name string) (segment, error) {
	maxSize := int64(math.MaxInt64)
	if strings.HasPrefix(q.Version(), "5.") { // create() takes an int
		maxSize = math.MaxInt32
	}
	return &qtSegment{SharedMemory: q.NewSharedMemory(name), maxSize: maxSize}, nil
}

func (q qtPartner) semaphore(name string, initial int, create bool) (semaphore, error) {
	s := qtSemaphore{q.NewSystemSemaphore(name, initial, create)}
	if s.Error() == 0 {
		return s, nil
	}
	defer s.Close()
	return nil, s.failed(false)
}

func (q qtPartner) format(name string) (format, bool) {
	f, known := formatNamed(name)
	switch name {
	case "int32", "text": // Qt has no part in them
	case "cstring":
		f.encode, f.decode = qtText(q.EncodeCString, q.DecodeCString)
	case "qstring":
		f.encode, f.decode = qtText(q.EncodeQString, q.DecodeQString)
	case "qbytearray":
		f.encode = func(_ datastream.Format, value []byte) ([]byte, error) { return q.EncodeQByteArray(value), nil }
		f.decode = func(_ datastream.Format, mem []byte) ([]byte, error) { return q.DecodeQByteArray(mem) }
	case "qimage":
		f.encode = func(_ datastream.Format, png []byte) ([]byte, error) { return q.EncodeQImage(png) }
		f.decode = func(_ datastream.Format, mem []byte) ([]byte, error) { return q.DecodeQImage(mem) }
	default:
		known = false
	}
	return f, known
}

type converter = func(datastream.Format, []byte) ([]byte, error)

func qtText(encode func(string) []byte, decode func([]byte) (string, error)) (toStream, fromStream converter) {
	toStream = func(_ datastream.Format, value []byte) ([]byte, error) { return encode(string(value)), nil }
	fromStream = func(_ datastream.Format, mem []byte) ([]byte, error) {
		text, err := decode(mem)
		return []byte(text), err
	}
	return toStream, fromStream
}

func (qtPartner) probe(ipckey.Kind, string) (info bridge.SemaphoreInfo, err error) {
	return info, errors.ErrUnsupported
}

func (qtPartner) remove(string) error { return errors.ErrUnsupported }

// qtSegment is a QSharedMemory. Where Qt answers false and leaves error() as an earlier call set it, the error follows
// from the object's state.
type qtSegment struct {
	*realqt.SharedMemory
	maxSize  int64
	readOnly bool
}

func (g *qtSegment) native() string   { return g.NativeKey() }
func (g *qtSegment) isAttached() bool { return g.IsAttached() }
func (g *qtSegment) isReadOnly() bool { return g.readOnly }
func (g *qtSegment) memory() []byte   { return g.Data() }

// memoryErrors is QSharedMemory::SharedMemoryError.
var memoryErrors = []string{"UnknownError", "PermissionDenied", "InvalidSize", "KeyError", "AlreadyExists", "NotFound",
	"LockError", "OutOfResources", "UnknownError"}

// failed is Qt's error unless ok.
func (g *qtSegment) failed(ok bool) error {
	if ok {
		return nil
	}
	return refusal{memoryErrors[g.Error()], textOfError(g.ErrorString())}
}

func textOfError(text string) string {
	if text == "" {
		return "Qt answered false and set no error"
	}
	return text
}

func (g *qtSegment) create(size int64, readOnly bool) error {
	if size > g.maxSize || size < -g.maxSize {
		return refusal{"InvalidSize", "QSharedMemory::create of this Qt takes an int"}
	}
	ok := g.Create(int(size), readOnly)
	if ok {
		g.readOnly = readOnly
	}
	return g.failed(ok)
}

func (g *qtSegment) attach(readOnly bool) error {
	before := g.IsAttached()
	ok := g.Attach(readOnly)
	switch {
	case ok:
		g.readOnly = readOnly
	case before:
		return refusal{"AlreadyExists", "already attached"}
	}
	return g.failed(ok)
}

func (g *qtSegment) detach() error {
	before := g.IsAttached()
	ok := g.Detach()
	if !ok && !before {
		return errNotAttached
	}
	return g.failed(ok)
}

func (g *qtSegment) lock(ms int64) error {
	if ms >= 0 {
		return errors.ErrUnsupported
	}
	return g.failed(g.Lock())
}

func (g *qtSegment) tryLock() (bool, error) { return false, errors.ErrUnsupported }

func (g *qtSegment) unlock() error {
	before := g.ErrorString()
	ok := g.Unlock()
	if !ok && g.ErrorString() == before {
		return refusal{"NotLocked", "not locked by this object"}
	}
	return g.failed(ok)
}

func (g *qtSegment) close() error {
	g.Close()
	return nil
}

type qtSemaphore struct{ *realqt.SystemSemaphore }

// semaphoreErrors is QSystemSemaphore::SystemSemaphoreError.
var semaphoreErrors = []string{"UnknownError", "PermissionDenied", "KeyError", "AlreadyExists", "NotFound", "OutOfResources",
	"UnknownError"}

func (s qtSemaphore) failed(ok bool) error {
	if ok {
		return nil
	}
	return refusal{semaphoreErrors[s.Error()], textOfError(s.ErrorString())}
}

func (s qtSemaphore) acquire(ms int64) error {
	if ms >= 0 {
		return errors.ErrUnsupported
	}
	return s.failed(s.Acquire())
}

func (s qtSemaphore) tryAcquire() (bool, error) { return false, errors.ErrUnsupported }

func (s qtSemaphore) release(n int) error {
	ok := s.Release(n)
	if !ok && n < 0 {
		return refusal{"Range", "N is negative"}
	}
	return s.failed(ok)
}

func (s qtSemaphore) close() error {
	s.Close()
	return nil
}
