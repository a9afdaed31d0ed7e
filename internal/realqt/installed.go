//go:build !windows

package realqt

// installed has the core libraries of the system, which go by a short name.
var installed = map[string]wanted{
	"qt5": {"libQt5Core.so.5", ownCore + "libqt5core5a or give the path of a Qt core library"},
	"qt6": {"libQt6Core.so.6", ownCore + "libqt6core6 or give the path of a Qt core library"},
}

// Remedies for a library that cannot be loaded. What begins with own continues with the name of a Debian package.
const (
	ownCore = "install the Debian package "
	ownGui  = "QtGui must be beside the Qt core library; the system's own is in the Debian package "

	givePath = "give the path of a Qt core library, or qt5 or qt6 for the system's own (Debian packages libqt5core5a, libqt6core6)"
)

// coreFile is the usual name of a core library.
const coreFile = "libQt6Core.so.6"
