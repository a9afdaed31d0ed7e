package main

import "fmt"

// finding is one thing that doctor has looked at. Its ID stays the same from version to version; up to the dot it is a group.
type finding struct {
	ID    string `json:"id"`
	Level level  `json:"level"`
	What  string `json:"what"`
	Why   string `json:"why"` // empty if all is well, like Do
	Do    string `json:"do"`
}

// level is how bad a finding is.
type level string

const (
	levelOK      level = "ok"
	levelNote    level = "note"    // matters to some
	levelWarning level = "warning" // will go wrong under circumstances that are not rare
	levelProblem level = "problem" // goes wrong
)

// fine is a finding of which nothing needs to be said but that.
func fine(id, format string, args ...any) finding {
	return finding{ID: id, Level: levelOK, What: fmt.Sprintf(format, args...)}
}
