package bridge

import (
	"crypto/rand"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
	"golang.org/x/sys/windows"
)

func TestSizesThatCannotBe(t *testing.T) {
	key := newKey(t)
	for size, codes := range map[int][]Code{
		0: {CodeInvalidSize}, -1: {CodeInvalidSize}, math.MinInt: {CodeInvalidSize},
		// ERROR_COMMITMENT_LIMIT and ERROR_INVALID_PARAMETER, or ERROR_NOT_ENOUGH_MEMORY and its like
		math.MaxInt: {CodeInvalidSize, CodeOutOfResources}, 1 << 46: {CodeInvalidSize, CodeOutOfResources},
	} {
		_, err := Create(t.Context(), key, size)
		if !slices.Contains(codes, CodeOf(err)) {
			t.Errorf("size %d: %v (code %d), want a code of %v", size, err, CodeOf(err), codes)
		}
		wantText(t, err, strconv.Itoa(size))
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	for name, want := range map[string]error{"": ipckey.ErrEmptyKey, "a\xffb": ipckey.ErrNotUTF8} {
		_, err := LegacyKey(name)
		wantError(t, err, want, CodeKeyError)
	}
	wantRefused(t, nativeKey(""), ipckey.ErrEmptyKey)
	random := "Test" + rand.Text()
	for _, native := range []string{
		random + "\x00", random + "\x00b", random + `\x`, `Local\` + random + `\x`, random + strings.Repeat("x", 32767),
	} {
		wantRefused(t, nativeKey(native), errName)
	}
	for _, native := range []string{random + "\xff", "\xed\xa0\x80" + random} {
		_, err := Create(t.Context(), nativeKey(native), 8)
		wantError(t, err, ipckey.ErrNotUTF8, CodeKeyError)
	}
}

func wantRefused(t *testing.T, key ipckey.Key, want error) {
	t.Helper()
	_, createErr := Create(t.Context(), key, 8)
	_, attachErr := Attach(t.Context(), key, ReadWrite)
	_, semaphoreErr := OpenSemaphore(t.Context(), key, 1, OpenExisting)
	_, inspectErr := Inspect(key)
	_, inspectSemaphoreErr := InspectSemaphore(key)
	for _, err := range []error{createErr, attachErr, semaphoreErr, inspectErr, inspectSemaphoreErr, Remove(t.Context(), key)} {
		wantError(t, err, want, CodeKeyError)
		if want == errName {
			wantText(t, err, "32,766")
		}
	}
}

func TestUnusualNames(t *testing.T) {
	random := "Test" + rand.Text()
	for _, native := range []string{
		random + strings.Repeat("x", 32766-len(random)), random + "\u00e9\U0001f600", "/tmp/" + random, " " + random + " ", `Local\` + random,
	} {
		key := nativeKey(native)
		s := create(t, key, 8)
		attach(t, key, ReadOnly)
		if info := inspect(t, key); info.Attached != 2 || info.Semaphore.Value != 1 {
			t.Errorf("%.20q: %+v", native, info)
		}
		lock(t, s)
		wantValue(t, key, 0)
		unlock(t, s)
	}
	name := nativeKey(random + "\xed\xa0\x80") // an unpaired surrogate; Qt has them in QSystemSemaphore's keys
	openSemaphore(t, name, 3, OpenExisting)
	openSemaphore(t, name, 3, OpenExisting)
	wantCount(t, name, true, 3)
	wantCount(t, nativeKey(random+"\xed\xa0\x81"), false, 0)
	wantCount(t, nativeKey(random+"\ufffd"), false, 0)
}

// Local\ is this session, which is also without it; Global\ is another place, but for services.
func TestPlacesOfNames(t *testing.T) {
	name := "Test" + rand.Text()
	create(t, nativeKey(name), 8)
	if info := inspect(t, nativeKey(`Local\`+name)); info.Attached != 1 {
		t.Errorf("Local: %+v", info)
	}
	_, err := Create(t.Context(), nativeKey(`Local\`+name), 8)
	wantError(t, err, fs.ErrExist, CodeAlreadyExists)
	if isService(t) {
		attach(t, nativeKey(`Global\`+name), ReadOnly)
		return
	}
	_, err = Attach(t.Context(), nativeKey(`Global\`+name), ReadOnly)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	if strings.Contains(err.Error(), "session") {
		t.Errorf("what is global has nothing to do with sessions: %v", err)
	}
	global, err := Create(t.Context(), nativeKey(`Global\`+name), 5000)
	if err != nil { // of what users may not do, only that is left to test
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		wantText(t, err, "SeCreateGlobalPrivilege")
		return
	}
	if info := inspect(t, nativeKey(name)); info.Size != 4096 || inspect(t, global.Key()).Size != 8192 {
		t.Errorf("%+v", info)
	}
	detach(t, global)
}

// isService reports whether this process is in the session of services, where all names are global.
func isService(t *testing.T) bool {
	t.Helper()
	var session uint32
	if err := windows.ProcessIdToSessionId(windows.GetCurrentProcessId(), &session); err != nil {
		t.Fatal(err)
	}
	return session == 0
}

// Event, mutex, semaphore and mapping have their names in one place.
func TestNameOfAnotherKind(t *testing.T) {
	for _, what := range []string{"segment", "lock"} {
		key := newKey(t)
		native := key.Native
		if what == "lock" {
			native = lockKey(t, key).Native
		}
		name, err := windows.UTF16PtrFromString(native)
		if err != nil {
			t.Fatal(err)
		}
		event, err := windows.CreateEvent(nil, 1, 0, name)
		if err != nil {
			t.Fatal(err)
		}
		_, createErr := Create(t.Context(), key, 8)
		_, inspectErr := Inspect(key)
		for _, err := range []error{createErr, inspectErr, Remove(t.Context(), key)} {
			wantError(t, err, syscall.Errno(6), CodeUnknownError) // ERROR_INVALID_HANDLE, which is unknown to Qt, too
			wantText(t, err, "another kind")
		}
		if err := windows.CloseHandle(event); err != nil {
			t.Error(err)
		}
		detach(t, create(t, key, 8))
	}
	segment := create(t, newKey(t), 8)
	_, err := OpenSemaphore(t.Context(), nativeKey(segment.Key().Native), 1, OpenExisting)
	wantError(t, err, syscall.Errno(6), CodeUnknownError)
	_, err = Create(t.Context(), nativeKey(lockKey(t, segment.Key()).Native), 8)
	wantError(t, err, syscall.Errno(6), CodeUnknownError)
}

// It may be made and have no room in the address space, or not even that: nothing is left of it.
func TestSegmentThatCannotBeMapped(t *testing.T) {
	key := newKey(t)
	_, err := Create(t.Context(), key, 1<<40)
	if code := CodeOf(err); code != CodeInvalidSize && code != CodeOutOfResources {
		t.Errorf("%v (code %d)", err, code)
	}
	wantNothing(t, "failed", key)
	create(t, key, 8)
}
