package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// eraKey is a key that only some versions of Qt derive.
type eraKey struct {
	era string
	derivedKey
}

// eraName is a range of versions without "Qt".
func eraName(e ipckey.Era) string { return strings.TrimPrefix(e.Name, "Qt ") }

// eraVersions completes --qt-version.
func eraVersions() (versions []cobra.Completion) {
	for _, era := range ipckey.Eras() {
		versions = append(versions, cobra.CompletionWithDesc(era.Version, era.Name))
	}
	return versions
}

// erasHelp lists what --qt-version takes: one version of each range.
func erasHelp() string {
	var lines []string
	for _, era := range ipckey.Eras() {
		lines = append(lines, fmt.Sprintf("  --qt-version %-15s %s", era.Version, era.Name))
	}
	return strings.Join(lines, "\n")
}
