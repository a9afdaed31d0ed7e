package bridge

import (
	"errors"
	"io/fs"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// protected makes an object with a security descriptor, and closes it with the test.
func protected(t *testing.T, sddl, native string, mapping bool) {
	t.Helper()
	sd, err := windows.SecurityDescriptorFromString(sddl)
	if err != nil {
		t.Fatal(err)
	}
	sa := &windows.SecurityAttributes{SecurityDescriptor: sd}
	sa.Length = uint32(unsafe.Sizeof(*sa))
	name, err := windows.UTF16PtrFromString(native)
	if err != nil {
		t.Fatal(err)
	}
	enable(t, "SeRestorePrivilege")
	var h windows.Handle
	if mapping {
		h, err = windows.CreateFileMapping(windows.InvalidHandle, sa, windows.PAGE_READWRITE, 0, 8, name)
	} else {
		create := windows.NewLazySystemDLL("kernel32.dll").NewProc("CreateSemaphoreW")
		var r uintptr
		if r, _, err = create.Call(uintptr(unsafe.Pointer(sa)), 1, 1, uintptr(unsafe.Pointer(name))); r != 0 {
			h, err = windows.Handle(r), nil
		}
	}
	if errors.Is(err, windows.ERROR_INVALID_OWNER) {
		t.Skip("objects of others need SeRestorePrivilege: run the tests as administrator")
	}
	if err != nil {
		t.Fatalf("%s: %v", sddl, err)
	}
	t.Cleanup(func() {
		if err := windows.CloseHandle(h); err != nil {
			t.Error(err)
		}
	})
}

// enable makes use of a privilege, if this process has it.
func enable(t *testing.T, privilege string) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(privilege)
	if err != nil {
		t.Fatal(err)
	}
	var token windows.Token
	if err := windows.OpenProcessToken(windows.CurrentProcess(), windows.TOKEN_ADJUST_PRIVILEGES, &token); err != nil {
		t.Fatal(err)
	}
	defer token.Close()
	set := windows.Tokenprivileges{PrivilegeCount: 1}
	set.Privileges[0].Attributes = windows.SE_PRIVILEGE_ENABLED
	err = windows.LookupPrivilegeValue(nil, name, &set.Privileges[0].Luid)
	if err := errors.Join(err, windows.AdjustTokenPrivileges(token, false, &set, 0, nil, nil)); err != nil {
		t.Fatal(err)
	}
}

func TestRequireOwnerOfOwnObjects(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8, RequireOwner())
	other := attach(t, key, ReadOnly, RequireOwner(), BreakDeadLock())
	sem, err := OpenSemaphore(t.Context(), lockKey(t, key), 1, OpenExisting, RequireOwner())
	if err != nil {
		t.Fatal(err)
	}
	closeSemaphore(t, sem)
	detach(t, other)
	detach(t, s)
}

const foreign = "O:SYD:(A;;GA;;;WD)" // the system's, for everybody

func TestRequireOwner(t *testing.T) {
	key := newKey(t)
	protected(t, foreign, key.Native, true)
	_, err := Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	wantText(t, err, "S-1-5-18")
	if info := inspect(t, key); info.Attached != 1 || info.Semaphore.Exists {
		t.Errorf("%+v", info)
	}
	detach(t, attach(t, key, ReadOnly))
}

// The segment would be ours, the lock is not.
func TestRequireOwnerOfTheLock(t *testing.T) {
	key := newKey(t)
	protected(t, foreign, lockKey(t, key).Native, false)
	_, err := Create(t.Context(), key, 8, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	wantText(t, err, "semaphore")
	_, err = OpenSemaphore(t.Context(), lockKey(t, key), 1, OpenExisting, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	if info := inspect(t, key); info.Exists || info.Semaphore.Value != 1 {
		t.Errorf("%+v", info)
	}
	detach(t, create(t, key, 8))
}

// An object that lets nobody in.
func TestForbiddenObjects(t *testing.T) {
	key := newKey(t)
	protected(t, "D:", key.Native, true)
	protected(t, "D:", lockKey(t, key).Native, false)
	_, attachErr := Attach(t.Context(), key, ReadOnly)
	_, inspectErr := Inspect(key)
	_, findErr := Find(key.Legacy)
	_, semaphoreErr := OpenSemaphore(t.Context(), lockKey(t, key), 1, OpenExisting)
	for _, err := range []error{attachErr, inspectErr, findErr, semaphoreErr, Remove(t.Context(), key)} {
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		wantText(t, err, "runs as administrator")
	}
	_, err := Create(t.Context(), key, 8)
	if code := CodeOf(err); code != CodeAlreadyExists && code != CodePermissionDenied {
		t.Errorf("%v (code %d)", err, code)
	}
}
