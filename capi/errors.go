package main

// #include "capi.h"
import "C"

import (
	"errors"
	"fmt"
	"syscall"
	"unicode/utf8"
	"unsafe"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// problem is an error that bridge does not know.
type problem struct {
	code C.int32_t
	text string
}

func (p problem) Error() string { return p.text }

const messageOffset = C.size_t(unsafe.Offsetof(C.shmbridge_error{}.message))

// run calls f and reports what went wrong. A panic must not reach C.
func run(err *C.shmbridge_error, f func() error) (code C.int32_t) {
	if err != nil && err.struct_size <= messageOffset {
		return C.SHMBRIDGE_E_ARGUMENT
	}
	defer func() {
		if p := recover(); p != nil {
			code = report(err, problem{C.SHMBRIDGE_E_INTERNAL, fmt.Sprintf("a mistake of libshmbridge: %v", p)})
		}
	}()
	return report(err, f())
}

// report returns the code of an error, and fills err with it if there is any.
func report(err *C.shmbridge_error, e error) C.int32_t {
	code := codeOf(e)
	if e == nil || err == nil {
		return code
	}
	var errno syscall.Errno
	errors.As(e, &errno)
	err.code, err.os_error = code, C.int32_t(errno)
	room := min(err.struct_size, C.size_t(unsafe.Sizeof(*err))) - messageOffset
	putText(unsafe.Slice((*byte)(unsafe.Pointer(&err.message)), room), e.Error())
	return code
}

// putText writes as much of text as fits before a NUL.
func putText(to []byte, text string) {
	end := min(len(text), len(to)-1)
	for end < len(text) && end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	to[copy(to, text[:end])] = 0
}

func codeOf(err error) C.int32_t {
	var p problem
	switch {
	case errors.As(err, &p):
		return p.code
	case errors.Is(err, ipckey.ErrNotUTF8):
		return C.SHMBRIDGE_E_UTF8
	case errors.Is(err, ipckey.ErrUnsupportedType):
		return C.SHMBRIDGE_E_RANGE
	}
	return -C.int32_t(bridge.CodeOf(err))
}
