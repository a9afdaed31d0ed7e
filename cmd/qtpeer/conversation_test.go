package main

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestConversation holds the conversation of testdata/conversation.txt with each peer.
func TestConversation(t *testing.T) {
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			dir := privateDir(t)
			p := startPeer(t, name)
			release := releaseOf(qtVersion(t, name))
			for line := range strings.Lines(conversation(t, name, p.cmd.Process.Pid, textWord([]byte(dir)))) {
				columns := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
				switch command := columns[0]; {
				case len(columns) < 2:
				case isBuild(name) && strings.Contains(command, " qimage "):
					p.want(command, "unsupported")
				default:
					p.want(command, answerOf(release, columns[1:]))
				}
			}
			p.end()
		})
	}
}

// conversation returns testdata/conversation.txt for a peer on this system. dir is the word of its TMPDIR.
func conversation(t *testing.T, implementation string, pid int, dir string) string {
	t.Helper()
	qt := qtVersion(t, implementation)
	hello, huge := "qt "+qt, "OutOfResources"
	switch {
	case qt == "":
		hello = "go " + version
	case releaseOf(qt) < 600:
		huge = "InvalidSize" // create() takes an int
	}
	name, of := letters(), macrosOfLinux(dir)
	if runtime.GOOS == "windows" {
		of = macrosOfWindows
	}
	macros := append(of, "$HELLO", fmt.Sprintf("%s %d", hello, pid), "$HUGE", huge, "$T", dir,
		"$NAME", name, "$JOBS", letters(), "$SHA", sha(name), "$GLOBALSHA", sha(`Global\`+name),
		"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
	var lines strings.Builder
	for line := range strings.Lines(readString(t, "testdata/conversation.txt")) {
		system, rest, conditional := strings.Cut(line, ": ")
		switch {
		case !conditional || strings.HasPrefix(line, "#"):
			lines.WriteString(line)
		case system == runtime.GOOS:
			lines.WriteString(rest)
		}
	}
	return strings.NewReplacer(macros...).Replace(lines.String())
}

func macrosOfLinux(dir string) []string {
	return []string{"$TYPE", "systemv", "$MEM", dir + "%2Fqipc_sharedmemory_", "$SEM", dir + "%2Fqipc_systemsem_",
		"$4", "4", "$8", "8", "$16", "16", "$LAST", "15", "$END", "16", "$BEYOND", "17"}
}

var macrosOfWindows = []string{"$TYPE", "windows", "$MEM", "qipc_sharedmemory_", "$SEM", "qipc_systemsem_",
	"$4", "4096", "$8", "4096", "$16", "4096", "$LAST", "4095", "$END", "4096", "$BEYOND", "4097"}

func sha(name string) string { return fmt.Sprintf("%x", sha1.Sum([]byte(name))) }

// answerOf returns the answer of a release of Qt, of Go if that is 0.
func answerOf(release int, answers []string) string {
	answer := answers[len(answers)-1]
	switch {
	case release == 0:
		answer = answers[0]
	case release >= 606 && len(answers) > 1:
		answer = answers[1]
	}
	if answer == "=" {
		return answers[0]
	}
	return answer
}
