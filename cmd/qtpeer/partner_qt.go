package main

import (
	"errors"
	"math"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/internal/realqt"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// qtPartner carries out the line protocol with a real Qt library. What Qt cannot do is errors.ErrUnsupported.
type qtPartner struct {
	*realqt.Qt
	naming
}

func (q *qtPartner) hello() (implementation, version string) { return "qt", q.Version() }

// setNaming needs Qt 6.6 for any but the usual one.
func (q *qtPartner) setNaming(n naming) error {
	if n != usualNaming {
		key, err := q.LegacyKey(false, "a", uint16(n.family))
		if err != nil {
			return err
		}
		if key.Native == "" { // on this system Qt has no such keys
			return errors.ErrUnsupported
		}
	}
	q.naming = n
	return nil
}

func (*qtPartner) setRules(string) error { return errors.ErrUnsupported }

func (q *qtPartner) derive(kind ipckey.Kind, name string) (realqt.NativeIpcKey, error) {
	rule := q.LegacyKey
	if q.safe {
		rule = q.PlatformSafeKey
	}
	return rule(kind == ipckey.Semaphore, name, uint16(q.family))
}

func (q *qtPartner) key(kind ipckey.Kind, name string) (native, text string, err error) {
	key, err := q.derive(kind, name)
	if errors.Is(err, errors.ErrUnsupported) && kind == ipckey.Segment { // in every Qt an object tells its native key
		m := q.NewSharedMemory(name)
		defer m.Close()
		return m.NativeKey(), "", nil
	}
	return key.Native, key.Text, err
}

func (q *qtPartner) parse(text string) (key ipckey.Key, canonical string, err error) {
	k, err := q.ParseKey(text)
	return ipckey.Key{Type: ipckey.Type(k.Type), Native: k.Native, Legacy: k.Legacy}, k.Text, err
}

func (q *qtPartner) segment(name string) (segment, error) {
	m, err := q.newMemory(name)
	return q.segmentOf(m), err
}

func (q *qtPartner) segmentOf(m *realqt.SharedMemory) *qtSegment {
	maxSize := int64(math.MaxInt64)
	if q.Version() < "6" { // create() takes an int
		maxSize = math.MaxInt32
	}
	return &qtSegment{SharedMemory: m, maxSize: maxSize}
}

func (q *qtPartner) nativeSegment(key string) (segment, error) {
	g := q.segmentOf(q.NewSharedMemory(""))
	if q.family == usualNaming.family {
		g.SetNativeKey(key)
		return g, nil
	}
	return g, g.SetNativeKeyOfType(key, uint16(q.family))
}

func (q *qtPartner) textSegment(text string) (segment, error) {
	switch key, err := q.ParseKey(text); {
	case err != nil:
		return nil, err
	case key.Type == 0:
		return nil, refusal{"KeyError", "QNativeIpcKey::fromString: invalid"}
	}
	g := q.segmentOf(q.NewSharedMemory(""))
	err := g.SetNativeKeyOf(text)
	if err == nil {
		err = g.failed(g.Error() == 0)
	}
	if err != nil {
		_ = g.close()
	}
	return g, err
}

// newMemory calls the constructor that every Qt has wherever it will do.
func (q *qtPartner) newMemory(name string) (*realqt.SharedMemory, error) {
	if q.naming == usualNaming {
		return q.NewSharedMemory(name), nil
	}
	key, err := q.derive(ipckey.Segment, name)
	if err != nil {
		return nil, err
	}
	return q.NewSharedMemoryOf(key.Text)
}

func (q *qtPartner) semaphore(name string, initial int, create bool) (semaphore, error) {
	made, err := q.newSemaphore(name, initial, create)
	if err != nil {
		return nil, err
	}
	s := qtSemaphore{made}
	if s.Error() == 0 {
		return s, nil
	}
	defer s.Close()
	return nil, s.failed(false)
}

// newSemaphore calls the constructor that every Qt has wherever it will do.
func (q *qtPartner) newSemaphore(name string, initial int, create bool) (*realqt.SystemSemaphore, error) {
	if q.naming == usualNaming {
		return q.NewSystemSemaphore(name, initial, create), nil
	}
	key, err := q.derive(ipckey.Semaphore, name)
	if err != nil {
		return nil, err
	}
	return q.NewSystemSemaphoreOf(key.Text, initial, create)
}

func (q *qtPartner) format(name string) (format, bool) {
	if f, known := variantFormat(name, q.StreamVersion(), q.RecodeQVariant); known {
		return f, true
	}
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

func (*qtPartner) probe(ipckey.Kind, string) (info bridge.SemaphoreInfo, err error) {
	return info, errors.ErrUnsupported
}

func (*qtPartner) remove(string) error { return errors.ErrUnsupported }

func (*qtPartner) names() ([]string, error) { return nil, errors.ErrUnsupported }

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
