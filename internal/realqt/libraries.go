package realqt

import "fmt"

// packaged is a library of the system: its file, and the Debian package that has it.
type packaged struct{ file, debianPackage string }

// installed has the core libraries that go by a short name.
var installed = map[string]packaged{
	"qt5": {"libQt5Core.so.5", "libqt5core5a"},
	"qt6": {"libQt6Core.so.6", "libqt6core6"},
}

// openCore loads the core library in a file, or what a short name stands for.
func openCore(path string) (library, error) {
	if short, ok := installed[path]; ok {
		return openLibrary(short.file, "install the Debian package "+short.debianPackage+
			" or give the path of a Qt core library")
	}
	return openLibrary(path, "give the path of a Qt core library, or qt5 or qt6 for the system's own "+
		"(Debian packages libqt5core5a, libqt6core6)")
}

// versionOf asks a library, or the core library that it depends on, for its version.
func versionOf(lib library) (string, error) {
	var qVersion func() string
	err := lib.bind("qVersion", &qVersion)
	if err != nil && lib.bind("_Z8qVersionv", &qVersion) != nil { // a C++ function in Qt 4
		return "", err
	}
	return qVersion(), nil
}

// openGui loads QtGui from the directory of the core library, which is empty if the dynamic linker found that by itself and
// is to find QtGui too. The linker gives QtGui the first core library that was loaded of its major version, which may be
// another than q.
func (q *Qt) openGui(directory string) (*guiFunctions, error) {
	file := directory + q.generation.gui.file
	lib, err := openLibrary(file, "QtGui must be beside the Qt core library; the system's own is in the Debian package "+
		q.generation.gui.debianPackage)
	if err != nil {
		return nil, err
	}
	version, err := versionOf(lib)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if version != q.version {
		return nil, fmt.Errorf("%s got the core library of Qt %s, which was loaded before that of Qt %s; "+
			"load one of the two in a process", file, version, q.version)
	}
	gui := new(guiFunctions)
	if err := bind(gui, lib, guiNames); err != nil {
		return nil, fmt.Errorf("%s: Qt %s: %w", file, q.version, err)
	}
	return gui, nil
}
