package main

import (
	"os"
	"runtime"
	"strings"
	"testing"
)

// What is no UTF-8 arrives byte by byte, but on Windows, whose environment is text; an empty value is none.
func TestSetenv(t *testing.T) {
	bytes := "a\xff\u00e9\n"
	if runtime.GOOS == "windows" {
		bytes = "a\ufffd\u00e9\n"
	}
	t.Setenv("QTPEER_TEST", "before")
	s := &session{partner: &goPartner{naming: usualNaming}}
	for _, test := range []struct {
		command, value string
		set            bool
	}{
		{"setenv QTPEER_TEST a%FF%C3%A9%0A", bytes, true},
		{"setenv QTPEER_TEST %", "", false},
		{"setenv QTPEER_TEST b", "b", true},
	} {
		answer := s.answer(test.command)
		if value, set := os.LookupEnv("QTPEER_TEST"); answer != "ok" || value != test.value || set != test.set {
			t.Errorf("%s: %s, then %q, %v; want %q, %v", test.command, answer, value, set, test.value, test.set)
		}
	}
}

// A name that Qt takes, but no native key can have, is told before an object is made of it.
func TestNameThatNoKeyCanHave(t *testing.T) {
	s := &session{partner: &goPartner{naming: naming{safe: true, family: usualNaming.family}}, segments: map[string]segment{}}
	for _, command := range []string{"key a%00b", "key a%00b semaphore", "segment a a%00b", "segment a a%00b native",
		"segment a systemv%3Aa%00b text", "sem a a%00b 1 open", "probe segment a%00b", "remove a%00b"} {
		if got := s.answer(command); !strings.HasPrefix(got, "err KeyError ") || !strings.HasSuffix(got, ": NUL in a native key") {
			t.Errorf("%s: %q, want a KeyError that tells of the NUL", command, got)
		}
	}
	if len(s.segments) > 0 {
		t.Errorf("%d objects were made", len(s.segments))
	}
}
