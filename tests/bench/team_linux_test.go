package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestWorkerOfAnotherVersion(t *testing.T) {
	l := testLab(t)
	if _, err := l.useLibraries([]string{"/builds/6.8.3/libQt6Core.so.6"}); err != nil {
		t.Fatal(err)
	}
	for version, ok := range map[string]bool{"6.8.3": true, "6.8.30": false, "6.4.2": false, "": false} {
		script(t, l.bin, "qtbench-qt6", systemMicrosecond(version))
		s, err := side{family: posix, programs: "qt6.8.3", work: "key"}.open(l)
		if (err == nil) != ok {
			t.Errorf("a Qt %q instead of 6.8.3: %v", version, err)
		}
		if err == nil {
			err = s.close()
		} else if strings.Contains(err.Error(), "instead of 6.8.3") {
			err = nil
		}
		if err != nil {
			t.Error(err)
		}
	}
}

func TestWorkersThatFail(t *testing.T) {
	l := testLab(t)
	for name, commands := range map[string]string{
		"ends":        "exit 3\n",
		"ends later":  "echo ready 5.1\nread n; echo 5; read n; exit 3\n",
		"no number":   "echo ready 5.1\nread n; echo 5; read n; echo five\n",
		"ends badly":  "echo ready 5.1\nwhile read n; do echo 5; done; exit 3\n",
		"cannot wait": "echo ready 5.1\nread n; exit 3\n",
	} {
		script(t, l.bin, "qtbench-qt5", commands)
		s, err := side{family: systemV, programs: "qt5", work: "key"}.open(l)
		if err == nil {
			_, err = s.time(1)
			if closeErr := s.close(); err == nil {
				err = closeErr
			}
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestServeRefuses(t *testing.T) {
	for _, x := range []struct{ work, name, in string }{
		{"nonesuch", "", ""},
		{"lock", "no such segment", ""},
		{"attach", "no such segment", "1\n"},
		{"attach", "", ""},
		{"attachnew", "no such segment", "1\n"},
		{"ring0", "no such segment", ""},
		{"in", "no such segment", ""},
		{"key", "", "one\n"},
	} {
		for _, family := range []string{systemV, posix} {
			if err := serve(place{family, x.name}, x.work, strings.NewReader(x.in), new(bytes.Buffer)); err == nil {
				t.Errorf("%s, %+v: no error", family, x)
			}
		}
	}
	for _, x := range []struct{ work, in string }{{"lock", ""}, {"read-cjk", "one\n"}} {
		if err := serve(place{family: stream}, x.work, strings.NewReader(x.in), new(bytes.Buffer)); err == nil {
			t.Errorf("%s, %+v: no error", stream, x)
		}
	}
}
