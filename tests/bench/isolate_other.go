//go:build !linux

package main

import "syscall"

func namespace() *syscall.SysProcAttr { return nil }
