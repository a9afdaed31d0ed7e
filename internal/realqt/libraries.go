package realqt

import "fmt"

// wanted is the file of a library, and what to do if it cannot be loaded.
type wanted struct{ file, remedy string }

// openCore loads the core library in a file, or what a short name stands for.
func openCore(path string) (library, error) {
	if short, ok := installed[path]; ok {
		return openLibrary(short.file, short.remedy)
	}
	return openLibrary(path, givePath)
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
	lib, err := openLibrary(file, q.generation.gui.remedy)
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
