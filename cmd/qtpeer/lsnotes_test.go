package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestNotes(t *testing.T) {
	file := func(path string, collides ...string) bridge.KeyFile {
		return bridge.KeyFile{Path: path, Exists: true, Collides: collides}
	}
	of := func(native string) ipckey.Key { return ipckey.Key{Type: ipckey.SystemV, Native: native} }
	lost := bridge.Info{Exists: true, Key: of(""), Ftok: 0x51000001}
	theirs := bridge.Info{Exists: true, Key: of(""), Ftok: 1}
	for _, c := range []struct {
		listed []bridge.Info
		want   []string
	}{
		{nil, nil},
		{[]bridge.Info{{Key: of("/a"), KeyFile: file("/a")}, theirs}, nil},
		{[]bridge.Info{lost, lost, theirs}, []string{"(KEY ?): 2; "}},
		{[]bridge.Info{{Key: of("/a"), KeyFile: file("/a", "/b")}, {Key: of("/b"), KeyFile: file("/b", "/a")}}, []string{"one object: /a, /b"}},
		{[]bridge.Info{
			{Key: of("/a"), KeyFile: file("/a"), Semaphore: bridge.SemaphoreInfo{KeyFile: file("/l", "/m", "/k")}}, lost,
		}, []string{"one object: /k, /l, /m", "(KEY ?): 1; "}},
	} {
		got := notes(c.listed)
		if !slices.EqualFunc(got, c.want, strings.Contains) {
			t.Errorf("%q, want %q", got, c.want)
		}
		var out bytes.Buffer
		printNotes(&out, c.listed)
		if lines := strings.Count(out.String(), "qtpeer: "); lines != len(c.want) || lines != strings.Count(out.String(), "\n") {
			t.Errorf("%s", out.String())
		}
	}
}
