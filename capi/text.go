package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"fmt"
	"unicode/utf8"
	"unsafe"
)

// textOf is the text at p, which the error calls what.
func textOf(p *C.shmbridge_cchar, what string) (string, error) {
	if p == nil {
		return "", missing(what)
	}
	text := C.GoString(p)
	if !utf8.ValidString(text) {
		return "", problem{C.SHMBRIDGE_E_UTF8, fmt.Sprintf("%s %.80q is not valid UTF-8", what, text)}
	}
	return text, nil
}

func missing(what string) error { return problem{C.SHMBRIDGE_E_ARGUMENT, what + " is NULL"} }

// giveText copies text to a buffer of cap bytes if it fits.
func giveText(text string, buf *C.char, capacity C.size_t, length *C.size_t) error {
	if length != nil {
		*length = C.size_t(len(text))
	}
	if capacity <= C.size_t(len(text)) {
		return problem{C.SHMBRIDGE_E_BUFFER, fmt.Sprintf("a buffer of %d bytes is too small: %d are needed", capacity, len(text)+1)}
	}
	if buf == nil {
		return missing("buf")
	}
	putText(unsafe.Slice((*byte)(unsafe.Pointer(buf)), len(text)+1), text)
	return nil
}

// getenv is getenv(3), which sees what setenv(3) has changed.
func getenv(name string) string {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	return C.GoString(C.getenv(c))
}
