//go:build !linux

package main

func onOneCPU(start func() error) error { return start() }
