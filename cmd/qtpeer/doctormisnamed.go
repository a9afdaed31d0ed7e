package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

var (
	derivedName = regexp.MustCompile(`(^|/)qipc_(sharedmemory|systemsem)_[A-Za-z]*[0-9a-f]{40}$`)
	// SingleApplication since 3.5 makes its native key of a SHA-256 in base64, with "_" for "/".
	hashedName = regexp.MustCompile(`^[A-Za-z0-9+_/-]{43}=$`)
)

// maxLetters is how many ASCII letters a name may have: with them, prefix and SHA-1 a file name has 255 bytes, of which
// glibc's semaphores need four.
const maxLetters = 196

// misnamed says that a name is probably not what a program passes to QSharedMemory.
func misnamed(name string) (found []finding) {
	_, parseErr := ipckey.Parse(name)
	letters := len(name) - len(strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return -1
		}
		return r
	}, name))
	switch {
	case derivedName.MatchString(name):
		native := "--native " + shellWord(name)
		if !strings.Contains(strings.TrimPrefix(name, "/"), "/") {
			native += " --type posix, or --type windows,"
		}
		found = append(found, finding{"name.derived", levelWarning, fmt.Sprintf("%q is what Qt makes of a name, not the name", name),
			"as a name it is hashed again, and stands for an object that nobody has", native + " takes it as it is"})
	case hashedName.MatchString(name):
		found = append(found, finding{"name.hashed", levelNote, fmt.Sprintf("%q looks like a native key of SingleApplication", name),
			"SingleApplication 3.5 and later, with Qt 6.6, uses such a hash as the native key of a POSIX object, without deriving anything",
			"--native --type posix " + shellWord(name) + " takes it as it is"})
	case parseErr == nil:
		found = append(found, finding{"name.text", levelNote, fmt.Sprintf("%q looks like the text form of a key", name),
			"as a name it is hashed, and stands for another object", "--key " + shellWord(name) + " takes it as a key"})
	}
	if letters > maxLetters {
		found = append(found, finding{"name.long", levelProblem, fmt.Sprintf("the name has %d letters, more than %d", letters,
			maxLetters),
			"no file name has room for the derived key: KeyError", "choose a shorter name; only ASCII letters count"})
	}
	return found
}

// shellWord quotes a word for sh.
func shellWord(word string) string {
	if word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+=@%") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
