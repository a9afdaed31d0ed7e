package main

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
)

// confDirs are the places of systemd's configuration below the root directory, the most important one first.
var confDirs = []string{"etc", "run", "usr/local/lib", "usr/lib"}

// confFile is a file of configuration that counts.
type confFile struct{ path, text string }

// dropIns returns the files *.conf in the directory of that name in each of confDirs, by their names. A file hides those
// of its name in less important places, as the link to /dev/null does by which administrators disable one.
func dropIns(root fs.FS, name string) (files []confFile) {
	hidden := map[string]bool{}
	for _, dir := range confDirs {
		paths, _ := fs.Glob(root, path.Join(dir, name, "*.conf"))
		for _, p := range paths {
			if text, err := fs.ReadFile(root, p); err == nil && !hidden[path.Base(p)] {
				files = append(files, confFile{"/" + p, string(text)})
			}
			hidden[path.Base(p)] = true
		}
	}
	slices.SortFunc(files, func(a, b confFile) int { return cmp.Compare(path.Base(a.path), path.Base(b.path)) })
	return files
}

// runsSystemd reports whether systemd is the init of this machine or container, see sd_booted(3).
func runsSystemd(root fs.FS) bool {
	_, err := fs.Stat(root, "run/systemd/system")
	return err == nil
}
