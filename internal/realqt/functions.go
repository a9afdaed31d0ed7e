package realqt

import (
	"fmt"
	"reflect"
	"unsafe"
)

// functions are the C++ and C functions that this package calls; the tables of names have the symbol of each. A first
// parameter called this, str, array, stream, variant, image or buffer is the C++ object. A class passed by const reference is a
// pointer; one returned by value is a value. An int stands for C++'s int or qsizetype, whichever the generation has: a callee
// that takes an int looks at the low half only.
type functions struct {
	Calloc      func(n, size uintptr) unsafe.Pointer
	Free        func(p unsafe.Pointer)
	DeleteArray func(p unsafe.Pointer)
	Strlen      func(s unsafe.Pointer) int

	TempPath func() value

	StringNew       func(str *value, utf16 *uint16, length int)
	StringAssign    func(str, from *value)
	ByteArrayNew    func(array *value, data *byte, length int)
	ByteArrayAssign func(array, from *value)

	MemoryNew          func(this unsafe.Pointer, key *value, parent unsafe.Pointer)
	MemoryDelete       func(this unsafe.Pointer)
	MemoryKey          func(this unsafe.Pointer) value
	MemoryNativeKey    func(this unsafe.Pointer) value
	MemorySetKey       func(this unsafe.Pointer, key *value)
	MemorySetNativeKey func(this unsafe.Pointer, key *value)
	MemoryCreate       func(this unsafe.Pointer, size int, mode int32) bool
	MemoryAttach       func(this unsafe.Pointer, mode int32) bool
	MemoryDetach       func(this unsafe.Pointer) bool
	MemoryIsAttached   func(this unsafe.Pointer) bool
	MemoryLock         func(this unsafe.Pointer) bool
	MemoryUnlock       func(this unsafe.Pointer) bool
	MemoryData         func(this unsafe.Pointer) unsafe.Pointer
	MemorySize         func(this unsafe.Pointer) int
	MemoryError        func(this unsafe.Pointer) int32
	MemoryErrorString  func(this unsafe.Pointer) value

	SemaphoreNew         func(this unsafe.Pointer, key *value, initial, mode int32)
	SemaphoreDelete      func(this unsafe.Pointer)
	SemaphoreAcquire     func(this unsafe.Pointer) bool
	SemaphoreRelease     func(this unsafe.Pointer, n int32) bool
	SemaphoreError       func(this unsafe.Pointer) int32
	SemaphoreErrorString func(this unsafe.Pointer) value

	StreamNewWriter      func(stream, array unsafe.Pointer, openMode int32)
	StreamNewReader      func(stream unsafe.Pointer, array *value)
	StreamDelete         func(stream unsafe.Pointer)
	StreamStatus         func(stream unsafe.Pointer) int32
	StreamAtEnd          func(stream unsafe.Pointer) bool
	StreamWriteString    func(stream unsafe.Pointer, str *value)
	StreamReadString     func(stream unsafe.Pointer, str *value)
	StreamWriteByteArray func(stream unsafe.Pointer, array *value)
	StreamReadByteArray  func(stream unsafe.Pointer, array *value)
	StreamWriteCString   func(stream unsafe.Pointer, s string)
	StreamReadCString    func(stream unsafe.Pointer, s *unsafe.Pointer)
	StreamWriteVariant   func(stream, variant unsafe.Pointer)
	StreamReadVariant    func(stream, variant unsafe.Pointer)

	VariantClear        func(variant unsafe.Pointer)
	VariantNewBool      func(variant unsafe.Pointer, content bool)
	VariantNewInt       func(variant unsafe.Pointer, content int32)
	VariantNewLongLong  func(variant unsafe.Pointer, content int64)
	VariantNewDouble    func(variant unsafe.Pointer, content float64)
	VariantNewString    func(variant unsafe.Pointer, content *value)
	VariantNewByteArray func(variant unsafe.Pointer, content *value)
	VariantDelete       func(variant unsafe.Pointer)
	VariantTypeName     func(variant unsafe.Pointer) string
	VariantToBool       func(variant unsafe.Pointer) bool
	VariantToInt        func(variant unsafe.Pointer, ok *bool) int32
	VariantToLongLong   func(variant unsafe.Pointer, ok *bool) int64
	VariantToDouble     func(variant unsafe.Pointer, ok *bool) float64
	VariantToString     func(variant unsafe.Pointer) value
	VariantToByteArray  func(variant unsafe.Pointer) value
}

// keyFunctions are those on QNativeIpcKey, which Qt 6.6 brought.
type keyFunctions struct {
	KeyFromString    func(text *value) ipcKey
	KeyToString      func(key *ipcKey) value
	KeyDestroyLegacy func(key *ipcKey)

	MemoryNewOfKey     func(this unsafe.Pointer, key *ipcKey, parent unsafe.Pointer)
	MemorySetIpcKey    func(this unsafe.Pointer, key *ipcKey)
	MemoryNativeIpcKey func(this unsafe.Pointer) ipcKey
	MemoryKeyLegacy    func(name *value, keyType uint16) ipcKey
	MemoryKeySafe      func(name *value, keyType uint16) ipcKey

	SemaphoreNewOfKey  func(this unsafe.Pointer, key *ipcKey, initial, mode int32)
	SemaphoreKeyLegacy func(name *value, keyType uint16) ipcKey
	SemaphoreKeySafe   func(name *value, keyType uint16) ipcKey
}

// guiFunctions are those of QtGui, and those of QtCore that QtGui's need.
type guiFunctions struct {
	ImageNew         func(image unsafe.Pointer)
	ImageDelete      func(image unsafe.Pointer)
	ImageIsNull      func(image unsafe.Pointer) bool
	ImageLoad        func(image unsafe.Pointer, data *byte, length int32, format string) bool
	ImageSave        func(image, buffer unsafe.Pointer, format string, quality int32) bool
	StreamWriteImage func(stream, image unsafe.Pointer)
	StreamReadImage  func(stream, image unsafe.Pointer)

	BufferNew    func(buffer, array, parent unsafe.Pointer)
	BufferDelete func(buffer unsafe.Pointer)
}

// bind sets every field of *functions to the function that lib has under its name.
func bind[F any](functions *F, lib library, symbols names) error {
	fields := reflect.ValueOf(functions).Elem()
	for i := range fields.NumField() {
		if err := lib.bind(symbols[fields.Type().Field(i).Name], fields.Field(i).Addr().Interface()); err != nil {
			return fmt.Errorf("%s: %w", fields.Type().Field(i).Name, err)
		}
	}
	return nil
}
