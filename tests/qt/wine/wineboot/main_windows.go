// Wineboot stands in for the program of that name of Wine, which Wine starts before the first program of a prefix to fill the
// prefix and to start services. That takes a second, and the services hold the program's standard error open; the programs of
// this project need neither. All that is left is to set the event that Wine's loader waits for (run_wineboot in
// dlls/ntdll/unix/env.c of Wine 8), before every program for which it is not set. With --hold the event stays set until three
// seconds after the end of the last program.
package main

import (
	"fmt"
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/windows"
)

func main() {
	if err := boot(slices.Contains(os.Args, "--hold")); err != nil {
		fmt.Fprintln(os.Stderr, "wineboot:", err)
		os.Exit(1)
	}
}

func boot(hold bool) error {
	event, err := createEvent(`\KernelObjects\__wineboot_event`)
	if err != nil {
		return err
	}
	if err := windows.SetEvent(event); err != nil || !hold {
		return err
	}
	return waitForEnd()
}

// createEvent returns the event of that name, which it creates if it is not there. The name is one of the NT kernel's.
func createEvent(path string) (windows.Handle, error) {
	name, err := windows.NewNTUnicodeString(path)
	if err != nil {
		return 0, err
	}
	object := windows.OBJECT_ATTRIBUTES{ObjectName: name, Attributes: windows.OBJ_OPENIF}
	object.Length = uint32(unsafe.Sizeof(object))
	var event windows.Handle
	status, _, _ := windows.NewLazySystemDLL("ntdll.dll").NewProc("NtCreateEvent").Call(
		uintptr(unsafe.Pointer(&event)), windows.EVENT_ALL_ACCESS, uintptr(unsafe.Pointer(&object)), 0, 0)
	if result := windows.NTStatus(status); result != windows.STATUS_SUCCESS && result != windows.STATUS_OBJECT_NAME_EXISTS {
		return 0, fmt.Errorf("create the event %s: %w", path, result)
	}
	return event, nil
}

// waitForEnd returns when no program is left but those that wait for that, as Wine's services do.
func waitForEnd() error {
	const makeProcessSystem = 1000 // ProcessWineMakeProcessSystem in Wine's include/winternl.h
	var end windows.Handle
	err := windows.NtSetInformationProcess(windows.CurrentProcess(), makeProcessSystem, unsafe.Pointer(&end), uint32(unsafe.Sizeof(end)))
	if err == nil {
		_, err = windows.WaitForSingleObject(end, windows.INFINITE)
	}
	return err
}
