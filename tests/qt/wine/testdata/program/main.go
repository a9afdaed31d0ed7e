//go:build windows

// Program says what it gets:
//
//	program say STATUS ARGUMENT...   its arguments, its standard input and its directories; ends with that exit status
//	program mutex NAME               whether it creates the named mutex or finds it; keeps it until its standard input ends
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/sys/windows"
)

func main() {
	switch os.Args[1] {
	case "say":
		say(os.Args[2], os.Args[3:])
	case "mutex":
		mutex(os.Args[2])
	}
}

func say(status string, args []string) {
	input, err := io.ReadAll(os.Stdin)
	wd, wdErr := os.Getwd()
	fmt.Printf("%q %q %v\n%s %v\n%s\n", args, input, err, wd, wdErr, os.TempDir())
	fmt.Fprintln(os.Stderr, "an error")
	n, err := strconv.Atoi(status)
	if err != nil {
		panic(err)
	}
	os.Exit(n)
}

func mutex(name string) {
	name16, err := windows.UTF16PtrFromString(name)
	if err != nil {
		panic(err)
	}
	_, err = windows.CreateMutex(nil, false, name16)
	switch {
	case err == nil:
		fmt.Println("created")
	case errors.Is(err, windows.ERROR_ALREADY_EXISTS):
		fmt.Println("found")
	default:
		panic(err)
	}
	io.Copy(io.Discard, os.Stdin)
}
