package realqt

import "unsafe"

// QSharedMemory::AccessMode
const (
	memoryReadOnly  = 0
	memoryReadWrite = 1
)

// SharedMemory is a QSharedMemory. Its owner must call [SharedMemory.Close], and only one goroutine may use it at a time;
// two objects of one key may be used by two. A method that returns false has failed: [SharedMemory.Error] tells why, except
// where Qt does not say (Unlock without a lock, Detach of a detached object, Attach of an attached one leave it unchanged).
type SharedMemory struct{ object }

// NewSharedMemory returns QSharedMemory(key). It creates and attaches nothing.
func (q *Qt) NewSharedMemory(key string) *SharedMemory {
	m := &SharedMemory{q.newObject()}
	str := q.newString(key)
	defer q.releaseString(str)
	q.fn.MemoryNew(m.this(), str, nil)
	return m
}

// Close runs Qt's destructor: it detaches, and removes what Qt removes then. A second Close does nothing; any other
// method panics after the first.
func (m *SharedMemory) Close() {
	m.destroy(m.qt.fn.MemoryDelete)
}

// Key returns the key given to NewSharedMemory or SetKey; it is empty after SetNativeKey.
func (m *SharedMemory) Key() string { return m.qt.takeString(m.qt.fn.MemoryKey(m.this())) }

// NativeKey returns the name that Qt derived from the key: with System V the path of the key file, on Windows the name of the
// section.
func (m *SharedMemory) NativeKey() string { return m.qt.takeString(m.qt.fn.MemoryNativeKey(m.this())) }

// SetKey detaches and changes the key.
func (m *SharedMemory) SetKey(key string) {
	str := m.qt.newString(key)
	defer m.qt.releaseString(str)
	m.qt.fn.MemorySetKey(m.this(), str)
}

// SetNativeKey detaches and changes the native key. Before Qt 6.6 such an object has no lock.
func (m *SharedMemory) SetNativeKey(key string) {
	str := m.qt.newString(key)
	defer m.qt.releaseString(str)
	m.qt.fn.MemorySetNativeKey(m.this(), str)
}

// Create makes a segment of size bytes, on Windows of whole pages, and attaches to it. Qt 5 takes an int: it sees the low 32
// bits of size. On Windows an object that fails because the segment exists keeps it from vanishing until its next Create,
// Attach, SetKey or Close, and one that is attached alone gets a new segment instead of an error (measured with Qt 5.9.3 to
// 6.12.0).
func (m *SharedMemory) Create(size int, readOnly bool) bool {
	return m.qt.fn.MemoryCreate(m.this(), size, memoryMode(readOnly))
}

// Attach attaches to the segment of the key.
func (m *SharedMemory) Attach(readOnly bool) bool {
	return m.qt.fn.MemoryAttach(m.this(), memoryMode(readOnly))
}

// Detach detaches; the last one to do so removes the segment.
func (m *SharedMemory) Detach() bool { return m.qt.fn.MemoryDetach(m.this()) }

// IsAttached reports whether the object is attached.
func (m *SharedMemory) IsAttached() bool { return m.qt.fn.MemoryIsAttached(m.this()) }

// Lock waits for the lock of the segment and takes it. Of an object that already holds it, it returns true and Qt prints a
// warning.
func (m *SharedMemory) Lock() bool { return m.qt.fn.MemoryLock(m.this()) }

// Unlock gives the lock back. It returns false if this object does not hold it.
func (m *SharedMemory) Unlock() bool { return m.qt.fn.MemoryUnlock(m.this()) }

// Data returns the memory of the segment, Size bytes, or nil if the object is not attached or Size is negative. It is gone, and
// touching it is a crash, after Detach, SetKey, SetNativeKey, SetNativeKeyOf and Close; so is writing to what was attached
// read-only.
func (m *SharedMemory) Data() []byte {
	return unsafe.Slice((*byte)(m.qt.fn.MemoryData(m.this())), max(0, m.Size()))
}

// Size returns the size of the attached segment in bytes, 0 if there is none. On Windows it is that of whole pages: 4096 if 1
// was asked for. An int cannot hold the 2^31 bytes that Qt 5 makes of 2^31-1 there, and becomes -2^31.
func (m *SharedMemory) Size() int {
	size := m.qt.fn.MemorySize(m.this())
	if !m.qt.generation.longSize {
		return int(int32(size))
	}
	return size
}

// Error returns QSharedMemory::error(): 0 NoError, 1 PermissionDenied, 2 InvalidSize, 3 KeyError, 4 AlreadyExists,
// 5 NotFound, 6 LockError, 7 OutOfResources, 8 UnknownError.
func (m *SharedMemory) Error() int { return int(m.qt.fn.MemoryError(m.this())) }

// ErrorString returns Qt's text for the error, such as "QSharedMemory::create: already exists".
func (m *SharedMemory) ErrorString() string {
	return m.qt.takeString(m.qt.fn.MemoryErrorString(m.this()))
}

func memoryMode(readOnly bool) int32 {
	if readOnly {
		return memoryReadOnly
	}
	return memoryReadWrite
}
