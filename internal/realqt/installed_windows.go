package realqt

// installed is empty: Windows has no Qt of its own.
var installed map[string]wanted

// Remedies for a library that cannot be loaded.
const (
	givePath = "give the path of a Qt5Core.dll or Qt6Core.dll with the DLLs that it needs beside it, such as msvcp140.dll " +
		"(Windows has no Qt of its own that qt5 or qt6 could stand for)"
	besideCore = "QtGui must be beside the Qt core library"
)

// coreFile is the usual name of a core library.
const coreFile = "Qt6Core.dll"
