//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// cache is a directory with these in it:
//
//	6.2.4/         a complete build: libQt6Core.so.6 and its ICU. It gets this name when nothing is missing
//	6.2.4-gui/     the same with Qt Gui, Qt Widgets and what these need
//	6.2.4-windows/ Qt6Core.dll and what it needs
//	files/SHA-256  every file of the builds by its content; a build's files are hard links to these, because builds share ICU
//	lock           locked by the run that adds builds
//	tmp-*          what that run works in
type cache struct {
	dir    string
	locked *os.File // lock, while this run has it
}

// openCache returns the cache in a directory, which it makes.
func openCache(dir string) (*cache, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	c := &cache{dir: dir}
	return c, os.MkdirAll(c.files(), 0o755)
}

func (c *cache) files() string        { return filepath.Join(c.dir, "files") }
func (c *cache) place(b build) string { return filepath.Join(c.dir, b.name()) }
func (c *cache) lacks(b build) bool   { _, err := os.Lstat(c.place(b)); return err != nil }

// lock waits until no other run adds builds, and removes what an earlier one was killed over. The lock is flock's: it ends
// with this process and its pips.
func (c *cache) lock(stderr io.Writer) (err error) {
	if c.locked, err = os.OpenFile(filepath.Join(c.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o644); err != nil {
		return err
	}
	err = syscall.Flock(int(c.locked.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		fmt.Fprintf(stderr, "waiting for another run that adds builds to %s\n", c.dir)
		err = syscall.Flock(int(c.locked.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", c.locked.Name(), err)
	}
	stale, err := fs.Glob(os.DirFS(c.dir), "tmp-*")
	for _, name := range stale {
		err = errors.Join(err, os.RemoveAll(filepath.Join(c.dir, name)))
	}
	return err
}

func (c *cache) unlock() { c.locked.Close() }

// complete brings a build if the cache lacks it, and returns the path of its library, which can be loaded.
func (c *cache) complete(ctx context.Context, shown *progress, b build) (string, error) {
	if c.lacks(b) {
		shown.start(b)
		err := c.add(ctx, b)
		shown.finish(b, err)
		if err != nil {
			return "", err
		}
	}
	library, err := coreLibrary(c.place(b))
	if err != nil {
		return "", err
	}
	if b.windows() {
		return library, checkDLL(library, b.version)
	}
	return library, tryLoad(library, b.version)
}

// add downloads and unpacks a build beside its place and moves it there when it is complete.
func (c *cache) add(ctx context.Context, b build) error {
	tmp, err := os.MkdirTemp(c.dir, "tmp-"+b.name()+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	wheel, err := download(ctx, b, tmp, c.locked)
	if err != nil {
		return err
	}
	unpacked := filepath.Join(tmp, "unpacked")
	if err := c.unpack(wheel, unpacked, b.wanted()); err != nil {
		return fmt.Errorf("unpack %s %s: %w", b.pkg, b.release, err)
	}
	return os.Rename(unpacked, c.place(b))
}

// coreLibrary returns the path of the one Qt core library in a directory.
func coreLibrary(dir string) (string, error) {
	linux, err := fs.Glob(os.DirFS(dir), "libQt*Core*.so.*")
	windows, windowsErr := fs.Glob(os.DirFS(dir), "Qt?Core.dll")
	found, err := append(linux, windows...), errors.Join(err, windowsErr)
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("%s has %d Qt core libraries, not one; if it stays so, remove it and run this again", dir, len(found))
	}
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, found[0]), nil
}
