//go:build linux

package main

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
)

var (
	// core matches what is taken from a wheel: libQt5Core.so.5, libicudata.so.56, and for Qt 4 libQtCore-9549151f.so.4.8.7.
	core = regexp.MustCompile(`^(libQt\d?Core(-\w+)?|libicu\w+)\.so\.[\d.]+$`)
	// gui matches what is taken besides for Qt Gui and Qt Widgets, with the plug-in that shows nothing.
	gui = regexp.MustCompile(`^(libQt\d(Gui|Widgets|DBus)\.so\.\d|libqoffscreen\.so)$`)
	// windowsCore matches what is taken for Windows: Qt6Core.dll and what it needs of Visual C++'s.
	windowsCore = regexp.MustCompile(`^(Qt\dCore|(msvcp|vcruntime)140\w*)\.dll$`)
)

// wanted tells by its name whether a file of a wheel belongs to the build.
func (b build) wanted() func(name string) bool {
	if b.windows() {
		return windowsCore.MatchString
	}
	return func(name string) bool { return core.MatchString(name) || b.gui && gui.MatchString(name) }
}

// unpack makes the directory dir of the wanted files of a wheel, as links to the cache's files.
func (c *cache) unpack(wheel, dir string, wanted func(name string) bool) error {
	members, err := zip.OpenReader(wheel)
	if err != nil {
		return err
	}
	defer members.Close()
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, member := range members.File {
		name := path.Base(member.Name)
		if !wanted(name) {
			continue
		}
		if err := c.link(member, filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("%s: %w", member.Name, err)
		}
	}
	_, err = coreLibrary(dir)
	return err
}

// link makes name a file with the content of member, by linking it to the one in the cache that has it.
func (c *cache) link(member *zip.File, name string) error {
	sum, err := extract(member, name)
	if err != nil {
		return err
	}
	shared := filepath.Join(c.files(), sum)
	err = os.Link(name, shared)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Remove(name); err != nil {
		return err
	}
	return os.Link(shared, name)
}

// extract writes a member of a wheel into a new file and returns the SHA-256 of its content.
func extract(member *zip.File, name string) (string, error) {
	from, err := member.Open()
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return "", err
	}
	defer to.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), from); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), to.Sync() // on disk before anything is named complete
}
