// Forwarder writes the libraries that Wine 8 lacks, for Windows on x86-64, into a directory:
//
//	go run ./tests/qt/wine/forwarder DIRECTORY
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// crash is a function that ends the program with a breakpoint exception.
const crash = "kernel32.DebugBreak"

// libraries has the exports of each library and where they lead.
var libraries = map[string]map[string]string{
	// Every Go program since Go 1.22 takes random numbers from it (runtime/os_windows.go in Go). SystemFunction036 is
	// RtlGenRandom, with the same arguments, but for their types, and the same result.
	"bcryptprimitives.dll": {"ProcessPrng": "advapi32.SystemFunction036"},

	// Qt Core from 6.10 on does not load without these functions of ICU. It calls them to convert text of encodings that
	// are neither Unicode nor Latin 1 nor the system's (QStringConverter), which this project never does.
	"icuuc.dll": {
		"UCNV_FROM_U_CALLBACK_SUBSTITUTE": crash,
		"UCNV_TO_U_CALLBACK_SUBSTITUTE":   crash,
		"ucnv_cbFromUWriteUChars":         crash,
		"ucnv_cbToUWriteUChars":           crash,
		"ucnv_close":                      crash,
		"ucnv_countAvailable":             crash,
		"ucnv_fromUCountPending":          crash,
		"ucnv_fromUnicode":                crash,
		"ucnv_getAvailableName":           crash,
		"ucnv_getFromUCallBack":           crash,
		"ucnv_getMaxCharSize":             crash,
		"ucnv_getName":                    crash,
		"ucnv_getStandardName":            crash,
		"ucnv_getToUCallBack":             crash,
		"ucnv_open":                       crash,
		"ucnv_reset":                      crash,
		"ucnv_setFromUCallBack":           crash,
		"ucnv_setToUCallBack":             crash,
		"ucnv_toUCountPending":            crash,
		"ucnv_toUnicode":                  crash,
	},
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./tests/qt/wine/forwarder DIRECTORY")
		os.Exit(2)
	}
	if err := writeLibraries(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeLibraries(dir string) error {
	for name, exports := range libraries {
		if err := os.WriteFile(filepath.Join(dir, name), library(name, exports), 0o644); err != nil {
			return err
		}
	}
	return nil
}
