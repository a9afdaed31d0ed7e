// Package realqt loads a real Qt core library at run time and offers Qt's own QSharedMemory, QSystemSemaphore,
// QDataStream and, with QtGui, QImage to Go, without cgo and without Qt's headers. It judges the rest of the project: tests
// compare with it, and `qtpeer peer --qt` lets it take part as one more peer. Nothing a user's program needs depends on it.
//
// It knows Qt 4.8 (tried with 4.8.7), Qt 5 and Qt 6 on Linux amd64 and arm64, and Qt 5 and Qt 6 (tried from 5.9.3 to 6.12.0,
// under Wine) on Windows amd64; elsewhere [Load] fails. Of Qt for Windows, MSVC's builds can be driven; MinGW's have other
// names, another exception model and another C runtime, and cannot yet. What differs between generations of Qt is data: one
// table of mangled names each (names_itanium.go, names_msvc.go). The library's calling conventions are left to purego, but for
// what is special in MSVC's C++ (library_windows.go). What only some versions have (QNativeIpcKey came with Qt 6.6) gives an
// error elsewhere that is errors.ErrUnsupported.
//
// Functions that Qt blocks in ([SharedMemory.Lock], [SystemSemaphore.Acquire], and Create, Attach and Detach while
// another holds the lock) occupy an operating system thread, not a Go processor: other goroutines go on. They cannot be
// cancelled. On Linux, the signals that Go sends to its threads interrupt the wait, and Qt resumes it.
//
// Qt's warnings go to standard error. On Windows a process without a console has them there only if it was started with
// QT_FORCE_STDERR_LOGGING=1 (QT_LOGGING_TO_CONSOLE=1 before Qt 5.12), and else tells a debugger.
package realqt

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Qt is a loaded Qt core library. It may be used by several goroutines; the objects made from it have their own rule.
// A library stays loaded until the process ends, because Qt cannot be unloaded safely. A Qt 4, a Qt 5 and a Qt 6 can be
// loaded side by side. Two of one generation do not mix cleanly: on Linux the dynamic linker gives them one copy of each
// variable that their compiler marked as unique in the process (STB_GNU_UNIQUE; nm -D shows 67 to 256 of them in Qt 6.0 to
// 6.12), and everywhere the QtGui of the second gets the core library of the first.
type Qt struct {
	fn            functions
	generation    generation
	version       string
	nullString    value
	nullByteArray value
	keys          func() (*keyFunctions, error) // binds what Qt 6.6 brought, once
	gui           func() (*guiFunctions, error) // loads QtGui once
}

// Load loads the Qt core library in the file path, or on Linux that of the system for path "qt5" or "qt6". There a path
// without a slash is looked for where the dynamic linker looks, first among the libraries that are loaded. On Windows the path
// is always that of a file, a Qt5Core.dll or Qt6Core.dll, and the DLLs that it needs are looked for beside it, in the directory
// of the program and in that of the system. The error names the file and what is missing in it: the file itself, a function of
// Qt, or support for that version of Qt or for this platform.
//
// No QCoreApplication is needed or made: the classes offered here work, and print no warnings, without one. QtGui is loaded
// when a QImage first needs it.
func Load(path string) (*Qt, error) {
	lib, err := openCore(path)
	if err != nil {
		return nil, fmt.Errorf("realqt: load %s: %w", path, err)
	}
	q := new(Qt)
	if q.version, err = versionOf(lib); err != nil {
		return nil, fmt.Errorf("realqt: load %s: not a Qt core library such as %s: %w", path, coreFile, err)
	}
	major, _, _ := strings.Cut(q.version, ".")
	var known bool
	if q.generation, known = generations[major]; !known {
		return nil, fmt.Errorf("realqt: load %s: this is Qt %s, supported is Qt %s", path, q.version,
			strings.Join(slices.Sorted(maps.Keys(generations)), ", "))
	}
	if err := bind(&q.fn, lib, q.generation.names); err != nil {
		return nil, fmt.Errorf("realqt: load %s: Qt %s: %w; no build with a namespace (-qtnamespace) can be driven, "+
			"and of those for Windows only one by MSVC for x64", path, q.version, err)
	}
	q.fn.StringNew(&q.nullString, nil, 0)
	q.fn.ByteArrayNew(&q.nullByteArray, nil, 0)
	q.keys = sync.OnceValues(func() (*keyFunctions, error) { return q.bindKeys(lib) })
	directory, _ := filepath.Split(path)
	q.gui = sync.OnceValues(func() (*guiFunctions, error) { return q.openGui(directory) })
	return q, nil
}

// Version returns the version of the loaded library, such as "5.15.8" (qVersion).
func (q *Qt) Version() string { return q.version }

// TempPath returns the directory of key files, QDir::tempPath. Qt asks the environment variable TMPDIR at each call, so
// os.Setenv and os.Unsetenv take effect at once: purego hands Go's changes of the environment on to the C library.
//
// On Windows, which has no key files, Qt calls GetTempPath, which asks TMP of the process that os.Setenv changes, and returns
// the path with slashes. The variables that Qt itself asks for (qgetenv) are those with which the process started: the C
// library has them copied.
func (q *Qt) TempPath() string { return q.takeString(q.fn.TempPath()) }
