package main

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop"
)

// macros replaces the words with $ of rules/1-grammar.txt, which explains them, by what they are for a peer.
func macros(p *peer) *strings.Replacer {
	text := allBytes()
	return strings.NewReplacer(
		"$PID", strconv.Itoa(p.cmd.Process.Pid),
		"$T", interop.Quote(p.dir),
		"$DEMO", "demo89e495e7941cf9e40e6980d14a16bf023ccd4c91", // the letters of demo, and its SHA-1
		"$ONE", fmt.Sprintf("%x", binary.NativeEndian.AppendUint32(nil, 1)),
		"$WORD", interop.Quote(text),
		"$BYTES", fmt.Sprintf("%x", text),
		"$MIB", strings.Repeat("5a", 1<<20),
		"$CR", "\r",
		"$NUL", "\x00",
	)
}

// allBytes is a text with every byte but NUL.
func allBytes() string {
	all := make([]byte, 255)
	for i := range all {
		all[i] = byte(i + 1)
	}
	return string(all)
}
