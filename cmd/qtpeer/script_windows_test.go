package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/windows"

	"github.com/shmbridge/shmbridge/bridge"
)

// scriptName returns a random name.
func scriptName(string) string { return letters() }

// link copies this program: Windows does not remove another name of a program that runs.
func link(name string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	code, err := os.ReadFile(program)
	return errors.Join(err, os.WriteFile(name+".exe", code, 0o700))
}

func isWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}

// leftBehind lists the objects of a name.
func leftBehind(_, name string) (left []string) {
	all, err := bridge.List()
	if err != nil {
		left = append(left, err.Error())
	}
	for _, info := range all {
		if strings.Contains(info.Key.Native, name) {
			left = append(left, info.Key.Native)
		}
	}
	return left
}

// prepareSignals is to be called before a program is started to which sendSignal is to send one.
func prepareSignals(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}

// sendSignal presses Ctrl-Break for INT: Ctrl-C is ignored in a process group of its own.
func sendSignal(process *os.Process, name string) error {
	switch name {
	case "INT":
		return windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(process.Pid))
	case "KILL":
		return process.Kill()
	}
	return errors.New("Windows has no SIG" + name)
}

func cmdWaiting(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("Windows does not tell how many wait")
}
