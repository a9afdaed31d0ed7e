package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// writeOutput writes to a file, or to standard output for "" and "-".
func writeOutput(path string, data []byte) error {
	if path == "" || path == "-" {
		_, err := os.Stdout.Write(data)
		return err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeFile(path, os.O_WRONLY, data) // a device or a pipe, which must not be replaced
	}
	return replaceFile(path, data)
}

// replaceFile writes a file so that its name stands for the old content or for the new one, never for a part.
func replaceFile(path string, data []byte) error {
	unfinished := path + "." + rand.Text()
	err := writeFile(unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, data)
	if err == nil {
		err = os.Rename(unfinished, path)
	}
	if err == nil {
		return nil
	}
	if removeErr := os.Remove(unfinished); !errors.Is(removeErr, fs.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}

func writeFile(path string, flag int, data []byte) error {
	file, err := os.OpenFile(path, flag, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}
