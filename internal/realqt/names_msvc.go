//go:build windows

package realqt

// generations has the supported ones by major version. Symbols are those of MSVC, 64-bit, from the tables of exports of Qt
// 5.15.2 and 6.8.3; 5.9.3 to 6.12.0 have them too. An enumeration and a QFlags go by value, like an int.
var generations = map[string]generation{
	"5": {names: with(common, qt5), view: viewQt5, streamVersion: 24, gui: wanted{"Qt5Gui.dll", besideCore}},
	"6": {names: with(common, qt6), view: viewQt6, streamVersion: 24, longSize: true, gui: wanted{"Qt6Gui.dll", besideCore}},
}

// common are the symbols that all generations share, and those of the C library that Qt itself uses, in which MSVC's
// operator delete[] ends, a function that each DLL has to itself.
var common = names{
	"Calloc":      "calloc",
	"Free":        "free",
	"DeleteArray": "free",
	"Strlen":      "strlen",

	"TempPath": "?tempPath@QDir@@SA?AVQString@@XZ",

	"StringAssign":    "??4QString@@QEAAAEAV0@AEBV0@@Z",
	"ByteArrayAssign": "??4QByteArray@@QEAAAEAV0@AEBV0@@Z",

	"MemoryNew":          "??0QSharedMemory@@QEAA@AEBVQString@@PEAVQObject@@@Z",
	"MemoryDelete":       "??1QSharedMemory@@UEAA@XZ",
	"MemoryKey":          "?key@QSharedMemory@@QEBA?AVQString@@XZ",
	"MemoryNativeKey":    "?nativeKey@QSharedMemory@@QEBA?AVQString@@XZ",
	"MemorySetKey":       "?setKey@QSharedMemory@@QEAAXAEBVQString@@@Z",
	"MemorySetNativeKey": "?setNativeKey@QSharedMemory@@QEAAXAEBVQString@@@Z",
	"MemoryAttach":       "?attach@QSharedMemory@@QEAA_NW4AccessMode@1@@Z",
	"MemoryDetach":       "?detach@QSharedMemory@@QEAA_NXZ",
	"MemoryIsAttached":   "?isAttached@QSharedMemory@@QEBA_NXZ",
	"MemoryLock":         "?lock@QSharedMemory@@QEAA_NXZ",
	"MemoryUnlock":       "?unlock@QSharedMemory@@QEAA_NXZ",
	"MemoryData":         "?data@QSharedMemory@@QEAAPEAXXZ",
	"MemoryError":        "?error@QSharedMemory@@QEBA?AW4SharedMemoryError@1@XZ",
	"MemoryErrorString":  "?errorString@QSharedMemory@@QEBA?AVQString@@XZ",

	"SemaphoreNew":         "??0QSystemSemaphore@@QEAA@AEBVQString@@HW4AccessMode@0@@Z",
	"SemaphoreDelete":      "??1QSystemSemaphore@@QEAA@XZ",
	"SemaphoreAcquire":     "?acquire@QSystemSemaphore@@QEAA_NXZ",
	"SemaphoreRelease":     "?release@QSystemSemaphore@@QEAA_NH@Z",
	"SemaphoreError":       "?error@QSystemSemaphore@@QEBA?AW4SystemSemaphoreError@1@XZ",
	"SemaphoreErrorString": "?errorString@QSystemSemaphore@@QEBA?AVQString@@XZ",

	"StreamNewReader":      "??0QDataStream@@QEAA@AEBVQByteArray@@@Z",
	"StreamDelete":         "??1QDataStream@@QEAA@XZ",
	"StreamStatus":         "?status@QDataStream@@QEBA?AW4Status@1@XZ",
	"StreamAtEnd":          "?atEnd@QDataStream@@QEBA_NXZ",
	"StreamWriteString":    "??6@YAAEAVQDataStream@@AEAV0@AEBVQString@@@Z",
	"StreamReadString":     "??5@YAAEAVQDataStream@@AEAV0@AEAVQString@@@Z",
	"StreamWriteByteArray": "??6@YAAEAVQDataStream@@AEAV0@AEBVQByteArray@@@Z",
	"StreamReadByteArray":  "??5@YAAEAVQDataStream@@AEAV0@AEAVQByteArray@@@Z",
	"StreamWriteCString":   "??6QDataStream@@QEAAAEAV0@PEBD@Z",
	"StreamReadCString":    "??5QDataStream@@QEAAAEAV0@AEAPEAD@Z",
	"StreamWriteVariant":   "??6@YAAEAVQDataStream@@AEAV0@AEBVQVariant@@@Z",
	"StreamReadVariant":    "??5@YAAEAVQDataStream@@AEAV0@AEAVQVariant@@@Z",

	"VariantClear":        "?clear@QVariant@@QEAAXXZ",
	"VariantNewBool":      "??0QVariant@@QEAA@_N@Z",
	"VariantNewInt":       "??0QVariant@@QEAA@H@Z",
	"VariantNewLongLong":  "??0QVariant@@QEAA@_J@Z",
	"VariantNewDouble":    "??0QVariant@@QEAA@N@Z",
	"VariantNewString":    "??0QVariant@@QEAA@AEBVQString@@@Z",
	"VariantNewByteArray": "??0QVariant@@QEAA@AEBVQByteArray@@@Z",
	"VariantDelete":       "??1QVariant@@QEAA@XZ",
	"VariantTypeName":     "?typeName@QVariant@@QEBAPEBDXZ",
	"VariantToBool":       "?toBool@QVariant@@QEBA_NXZ",
	"VariantToInt":        "?toInt@QVariant@@QEBAHPEA_N@Z",
	"VariantToLongLong":   "?toLongLong@QVariant@@QEBA_JPEA_N@Z",
	"VariantToDouble":     "?toDouble@QVariant@@QEBANPEA_N@Z",
	"VariantToString":     "?toString@QVariant@@QEBA?AVQString@@XZ",
	"VariantToByteArray":  "?toByteArray@QVariant@@QEBA?AVQByteArray@@XZ",
}

var qt5 = names{
	"StringNew":       "??0QString@@QEAA@PEBVQChar@@H@Z",
	"ByteArrayNew":    "??0QByteArray@@QEAA@PEBDH@Z",
	"MemoryCreate":    "?create@QSharedMemory@@QEAA_NHW4AccessMode@1@@Z",
	"MemorySize":      "?size@QSharedMemory@@QEBAHXZ",
	"StreamNewWriter": "??0QDataStream@@QEAA@PEAVQByteArray@@V?$QFlags@W4OpenModeFlag@QIODevice@@@@@Z",
}

// qt6 differs where an int (H) became a qsizetype (_J) and where a class was split.
var qt6 = names{
	"StringNew":       "??0QString@@QEAA@PEBVQChar@@_J@Z",
	"ByteArrayNew":    "??0QByteArray@@QEAA@PEBD_J@Z",
	"MemoryCreate":    "?create@QSharedMemory@@QEAA_N_JW4AccessMode@1@@Z",
	"MemorySize":      "?size@QSharedMemory@@QEBA_JXZ",
	"StreamNewWriter": "??0QDataStream@@QEAA@PEAVQByteArray@@V?$QFlags@W4OpenModeFlag@QIODeviceBase@@@@@Z",
}

// keyNames are the symbols of keyFunctions, from Qt 6.6 on.
var keyNames = names{
	"KeyFromString":    "?fromString@QNativeIpcKey@@SA?AV1@AEBVQString@@@Z",
	"KeyToString":      "?toString@QNativeIpcKey@@QEBA?AVQString@@XZ",
	"KeyDestroyLegacy": "?destroy_internal@QNativeIpcKey@@AEAAXXZ",

	"MemoryNewOfKey":     "??0QSharedMemory@@QEAA@AEBVQNativeIpcKey@@PEAVQObject@@@Z",
	"MemorySetIpcKey":    "?setNativeKey@QSharedMemory@@QEAAXAEBVQNativeIpcKey@@@Z",
	"MemoryNativeIpcKey": "?nativeIpcKey@QSharedMemory@@QEBA?AVQNativeIpcKey@@XZ",
	"MemoryKeyLegacy":    "?legacyNativeKey@QSharedMemory@@SA?AVQNativeIpcKey@@AEBVQString@@W4Type@2@@Z",
	"MemoryKeySafe":      "?platformSafeKey@QSharedMemory@@SA?AVQNativeIpcKey@@AEBVQString@@W4Type@2@@Z",

	"SemaphoreNewOfKey":  "??0QSystemSemaphore@@QEAA@AEBVQNativeIpcKey@@HW4AccessMode@0@@Z",
	"SemaphoreKeyLegacy": "?legacyNativeKey@QSystemSemaphore@@SA?AVQNativeIpcKey@@AEBVQString@@W4Type@2@@Z",
	"SemaphoreKeySafe":   "?platformSafeKey@QSystemSemaphore@@SA?AVQNativeIpcKey@@AEBVQString@@W4Type@2@@Z",
}

// guiNames are the symbols of guiFunctions in all generations.
var guiNames = names{
	"ImageNew":         "??0QImage@@QEAA@XZ",
	"ImageDelete":      "??1QImage@@UEAA@XZ",
	"ImageIsNull":      "?isNull@QImage@@QEBA_NXZ",
	"ImageLoad":        "?loadFromData@QImage@@QEAA_NPEBEHPEBD@Z",
	"ImageSave":        "?save@QImage@@QEBA_NPEAVQIODevice@@PEBDH@Z",
	"StreamWriteImage": "??6@YAAEAVQDataStream@@AEAV0@AEBVQImage@@@Z",
	"StreamReadImage":  "??5@YAAEAVQDataStream@@AEAV0@AEAVQImage@@@Z",

	"BufferNew":    "??0QBuffer@@QEAA@PEAVQByteArray@@PEAVQObject@@@Z",
	"BufferDelete": "??1QBuffer@@UEAA@XZ",
}
