//go:build !windows

package realqt

// generations has the supported ones by major version. Symbols are those of the Itanium C++ ABI, 64-bit.
var generations = map[string]generation{
	"4": {names: with(common, qt4), view: viewQt4, streamVersion: 32, gui: wanted{"libQtGui.so.4", ownGui + "libqtgui4"}},
	"5": {names: with(common, qt5), view: viewQt5, streamVersion: 24, gui: wanted{"libQt5Gui.so.5", ownGui + "libqt5gui5"}},
	"6": {names: with(common, qt6), view: viewQt6, streamVersion: 24, longSize: true,
		gui: wanted{"libQt6Gui.so.6", ownGui + "libqt6gui6"}},
}

// common are the symbols that all generations share, and those of the C and C++ libraries that Qt itself uses.
var common = names{
	"Calloc":      "calloc",
	"Free":        "free",
	"DeleteArray": "_ZdaPv",
	"Strlen":      "strlen",

	"TempPath": "_ZN4QDir8tempPathEv",

	"StringAssign":    "_ZN7QStringaSERKS_",
	"ByteArrayAssign": "_ZN10QByteArrayaSERKS_",

	"MemoryNew":          "_ZN13QSharedMemoryC1ERK7QStringP7QObject",
	"MemoryDelete":       "_ZN13QSharedMemoryD1Ev",
	"MemoryKey":          "_ZNK13QSharedMemory3keyEv",
	"MemoryNativeKey":    "_ZNK13QSharedMemory9nativeKeyEv",
	"MemorySetKey":       "_ZN13QSharedMemory6setKeyERK7QString",
	"MemorySetNativeKey": "_ZN13QSharedMemory12setNativeKeyERK7QString",
	"MemoryAttach":       "_ZN13QSharedMemory6attachENS_10AccessModeE",
	"MemoryDetach":       "_ZN13QSharedMemory6detachEv",
	"MemoryIsAttached":   "_ZNK13QSharedMemory10isAttachedEv",
	"MemoryLock":         "_ZN13QSharedMemory4lockEv",
	"MemoryUnlock":       "_ZN13QSharedMemory6unlockEv",
	"MemoryData":         "_ZN13QSharedMemory4dataEv",
	"MemorySize":         "_ZNK13QSharedMemory4sizeEv",
	"MemoryError":        "_ZNK13QSharedMemory5errorEv",
	"MemoryErrorString":  "_ZNK13QSharedMemory11errorStringEv",

	"SemaphoreNew":         "_ZN16QSystemSemaphoreC1ERK7QStringiNS_10AccessModeE",
	"SemaphoreDelete":      "_ZN16QSystemSemaphoreD1Ev",
	"SemaphoreAcquire":     "_ZN16QSystemSemaphore7acquireEv",
	"SemaphoreRelease":     "_ZN16QSystemSemaphore7releaseEi",
	"SemaphoreError":       "_ZNK16QSystemSemaphore5errorEv",
	"SemaphoreErrorString": "_ZNK16QSystemSemaphore11errorStringEv",

	"StreamNewReader":      "_ZN11QDataStreamC1ERK10QByteArray",
	"StreamDelete":         "_ZN11QDataStreamD1Ev",
	"StreamStatus":         "_ZNK11QDataStream6statusEv",
	"StreamAtEnd":          "_ZNK11QDataStream5atEndEv",
	"StreamWriteString":    "_ZlsR11QDataStreamRK7QString",
	"StreamReadString":     "_ZrsR11QDataStreamR7QString",
	"StreamWriteByteArray": "_ZlsR11QDataStreamRK10QByteArray",
	"StreamReadByteArray":  "_ZrsR11QDataStreamR10QByteArray",
	"StreamWriteCString":   "_ZN11QDataStreamlsEPKc",
	"StreamReadCString":    "_ZN11QDataStreamrsERPc",
	"StreamWriteVariant":   "_ZlsR11QDataStreamRK8QVariant",
	"StreamReadVariant":    "_ZrsR11QDataStreamR8QVariant",

	"VariantClear":        "_ZN8QVariant5clearEv",
	"VariantNewBool":      "_ZN8QVariantC1Eb",
	"VariantNewInt":       "_ZN8QVariantC1Ei",
	"VariantNewLongLong":  "_ZN8QVariantC1Ex",
	"VariantNewDouble":    "_ZN8QVariantC1Ed",
	"VariantNewString":    "_ZN8QVariantC1ERK7QString",
	"VariantNewByteArray": "_ZN8QVariantC1ERK10QByteArray",
	"VariantDelete":       "_ZN8QVariantD1Ev",
	"VariantTypeName":     "_ZNK8QVariant8typeNameEv",
	"VariantToBool":       "_ZNK8QVariant6toBoolEv",
	"VariantToInt":        "_ZNK8QVariant5toIntEPb",
	"VariantToLongLong":   "_ZNK8QVariant10toLongLongEPb",
	"VariantToDouble":     "_ZNK8QVariant8toDoubleEPb",
	"VariantToString":     "_ZNK8QVariant8toStringEv",
	"VariantToByteArray":  "_ZNK8QVariant11toByteArrayEv",
}

var qt5 = names{
	"StringNew":       "_ZN7QStringC1EPK5QChari",
	"ByteArrayNew":    "_ZN10QByteArrayC1EPKci",
	"MemoryCreate":    "_ZN13QSharedMemory6createEiNS_10AccessModeE",
	"StreamNewWriter": "_ZN11QDataStreamC1EP10QByteArray6QFlagsIN9QIODevice12OpenModeFlagEE",
}

// qt4 differs where it takes a QFlags, which has a copy constructor there and goes by a hidden reference: the constructor
// that it has for programs of Qt 3 takes the mode as a plain int.
var qt4 = with(qt5, names{"StreamNewWriter": "_ZN11QDataStreamC1EP10QByteArrayi"})

// qt6 differs where an int became a qsizetype (x is long long) and where a class was split.
var qt6 = names{
	"StringNew":       "_ZN7QStringC1EPK5QCharx",
	"ByteArrayNew":    "_ZN10QByteArrayC1EPKcx",
	"MemoryCreate":    "_ZN13QSharedMemory6createExNS_10AccessModeE",
	"StreamNewWriter": "_ZN11QDataStreamC1EP10QByteArray6QFlagsIN13QIODeviceBase12OpenModeFlagEE",
}

// keyNames are the symbols of keyFunctions, from Qt 6.6 on.
var keyNames = names{
	"KeyFromString":    "_ZN13QNativeIpcKey10fromStringERK7QString",
	"KeyToString":      "_ZNK13QNativeIpcKey8toStringEv",
	"KeyDestroyLegacy": "_ZN13QNativeIpcKey16destroy_internalEv",

	"MemoryNewOfKey":     "_ZN13QSharedMemoryC1ERK13QNativeIpcKeyP7QObject",
	"MemorySetIpcKey":    "_ZN13QSharedMemory12setNativeKeyERK13QNativeIpcKey",
	"MemoryNativeIpcKey": "_ZNK13QSharedMemory12nativeIpcKeyEv",
	"MemoryKeyLegacy":    "_ZN13QSharedMemory15legacyNativeKeyERK7QStringN13QNativeIpcKey4TypeE",
	"MemoryKeySafe":      "_ZN13QSharedMemory15platformSafeKeyERK7QStringN13QNativeIpcKey4TypeE",

	"SemaphoreNewOfKey":  "_ZN16QSystemSemaphoreC1ERK13QNativeIpcKeyiNS_10AccessModeE",
	"SemaphoreKeyLegacy": "_ZN16QSystemSemaphore15legacyNativeKeyERK7QStringN13QNativeIpcKey4TypeE",
	"SemaphoreKeySafe":   "_ZN16QSystemSemaphore15platformSafeKeyERK7QStringN13QNativeIpcKey4TypeE",
}

// guiNames are the symbols of guiFunctions in all generations.
var guiNames = names{
	"ImageNew":         "_ZN6QImageC1Ev",
	"ImageDelete":      "_ZN6QImageD1Ev",
	"ImageIsNull":      "_ZNK6QImage6isNullEv",
	"ImageLoad":        "_ZN6QImage12loadFromDataEPKhiPKc",
	"ImageSave":        "_ZNK6QImage4saveEP9QIODevicePKci",
	"StreamWriteImage": "_ZlsR11QDataStreamRK6QImage",
	"StreamReadImage":  "_ZrsR11QDataStreamR6QImage",

	"BufferNew":    "_ZN7QBufferC1EP10QByteArrayP7QObject",
	"BufferDelete": "_ZN7QBufferD1Ev",
}
