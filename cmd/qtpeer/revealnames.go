package main

import (
	_ "embed" // revealknown.txt
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// known has names that programs are known to use, one on each line.
//
//go:embed revealknown.txt
var known string

// triedNames returns what --try says: names, and with @ the files that have one on each line.
func triedNames(try []string) (names []string, err error) {
	for _, name := range try {
		file, ok := strings.CutPrefix(name, "@")
		if !ok {
			names = append(names, name)
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, usage("--try: %w", err)
		}
		names = append(names, namesIn(string(text))...)
	}
	return names, nil
}

// likelyNames are names that an object of one of the users may have, besides those in tried: known ones, and what the
// processes of this system are called and have been told.
func likelyNames(tried, users []string) []string {
	programs, words := processWords("/proc")
	host, _ := os.Hostname()
	patterns := namesIn(strings.ReplaceAll(known, "{host}", host))
	for _, p := range programs {
		patterns = append(patterns, p+"{user}", p+"-{user}", p+"_{user}", p+".{user}", p+" {user}", "{user}"+p, "{user}-"+p, "{user}_"+p)
	}
	return slices.Concat(tried, words, ofUsers(patterns, users))
}

// ofUsers puts each of the users in the place of {user}.
func ofUsers(patterns, users []string) (names []string) {
	for _, pattern := range patterns {
		if !strings.Contains(pattern, "{user}") {
			names = append(names, pattern)
			continue
		}
		for _, user := range users {
			names = append(names, strings.ReplaceAll(pattern, "{user}", user))
		}
	}
	return names
}

// namesIn are the lines of a text that are neither empty nor a comment.
func namesIn(text string) (names []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "# ") {
			names = append(names, line)
		}
	}
	return names
}

// processWords returns what the programs that run are called, and these names and the arguments of the processes, or parts
// that may be a name, all from Linux's /proc and each once.
func processWords(proc string) (programs, words []string) {
	isProgram, isWord := map[string]bool{}, map[string]bool{}
	called := func(name string) {
		isProgram[name], isWord[name] = true, true
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		isProgram[stem], isWord[stem] = true, true
	}
	processes, _ := os.ReadDir(proc) // there is none elsewhere
	for _, process := range processes {
		if strings.Trim(process.Name(), "0123456789") != "" {
			continue
		}
		name, _ := os.ReadFile(filepath.Join(proc, process.Name(), "comm")) // it may have ended
		called(strings.TrimSuffix(string(name), "\n"))
		line, _ := os.ReadFile(filepath.Join(proc, process.Name(), "cmdline"))
		for n, word := range strings.Split(string(line), "\x00") {
			if n == 0 {
				called(filepath.Base(word))
			}
			isWord[word], isWord[filepath.Base(word)] = true, true
			if _, value, ok := strings.Cut(word, "="); ok {
				isWord[value] = true
			}
		}
	}
	return slices.Collect(maps.Keys(isProgram)), slices.Collect(maps.Keys(isWord))
}
