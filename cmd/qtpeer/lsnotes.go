package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// printNotes says what is wrong with objects as such: who would be surprised, and what to do.
func printNotes(w io.Writer, listed []bridge.Info) {
	for _, note := range notes(listed) {
		fmt.Fprintln(w, "qtpeer:", note)
	}
}

func notes(listed []bridge.Info) (notes []string) {
	without := 0
	for _, i := range listed {
		for _, file := range []bridge.KeyFile{i.KeyFile, i.Semaphore.KeyFile} {
			if note := collision(file); note != "" && !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
		if i.Key.Native == "" && isQts(i) {
			without++
		}
	}
	if without > 0 {
		notes = append(notes, fmt.Sprintf("objects without a key file (KEY ?): %d; programs that come now make others in their place. "+
			"The files were removed, as cleaners of /tmp do, or are in a directory that was not searched (--tmpdir)", without))
	}
	return notes
}

// collision is the same text for each of the files.
func collision(file bridge.KeyFile) string {
	if len(file.Collides) == 0 {
		return ""
	}
	all := slices.Sorted(slices.Values(append([]string{file.Path}, file.Collides...)))
	return "one kernel key from several key files, so that their programs meet in one object: " + strings.Join(all, ", ")
}
