package realqt

// QSystemSemaphore::AccessMode
const (
	semaphoreOpen   = 0
	semaphoreCreate = 1
)

// SystemSemaphore is a QSystemSemaphore. Its owner must call [SystemSemaphore.Close]. Qt allows only one goroutine at a
// time to use it; two objects of one key may be used by two.
type SystemSemaphore struct{ object }

// NewSystemSemaphore returns QSystemSemaphore(key, initial, create ? Create : Open): it opens the semaphore, or makes it with
// the value initial; create sets an existing one to initial too, except on Windows, where it does nothing. Failure shows in
// [SystemSemaphore.Error].
func (q *Qt) NewSystemSemaphore(key string, initial int, create bool) *SystemSemaphore {
	s := &SystemSemaphore{q.newObject()}
	str := q.newString(key)
	defer q.releaseString(str)
	q.fn.SemaphoreNew(s.this(), str, int32(initial), semaphoreMode(create))
	return s
}

// Close runs Qt's destructor: it removes the semaphore if this object made it, whoever else uses it. On Windows the semaphore
// is gone with the last object that has it open. A second Close does nothing; any other method panics after the first.
func (s *SystemSemaphore) Close() {
	s.destroy(s.qt.fn.SemaphoreDelete)
}

// Acquire waits until the value is above 0 and takes 1. It returns false on failure.
func (s *SystemSemaphore) Acquire() bool { return s.qt.fn.SemaphoreAcquire(s.this()) }

// Release adds n, an int in C++, to the value. It returns false on failure. With System V, n from 32768 on blocks, and a
// process that ends takes what it released along. On Windows a value above 2^31-1 is an UnknownError.
func (s *SystemSemaphore) Release(n int) bool { return s.qt.fn.SemaphoreRelease(s.this(), int32(n)) }

// Error returns QSystemSemaphore::error(): 0 NoError, 1 PermissionDenied, 2 KeyError, 3 AlreadyExists, 4 NotFound,
// 5 OutOfResources, 6 UnknownError.
func (s *SystemSemaphore) Error() int { return int(s.qt.fn.SemaphoreError(s.this())) }

// ErrorString returns Qt's text for the error, such as "QSystemSemaphore::handle:: key is empty".
func (s *SystemSemaphore) ErrorString() string {
	return s.qt.takeString(s.qt.fn.SemaphoreErrorString(s.this()))
}

func semaphoreMode(create bool) int32 {
	if create {
		return semaphoreCreate
	}
	return semaphoreOpen
}
