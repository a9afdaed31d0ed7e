package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What users of these programs have published of their /tmp and /dev/shm is revealed.
func TestKnownNames(t *testing.T) {
	for native, want := range map[string]string{
		"/tmp/qipc_sharedmemory_CMSTConnmanSystemTrayc8d8e234905c0f830dadbb469174ad9ff2778755": "CMST - Connman System Tray", // andrew-bibb/cmst#23
		"/tmp/qipc_systemsem_CMSTConnmanSystemTrayc8d8e234905c0f830dadbb469174ad9ff2778755":    "CMST - Connman System Tray",
		"/tmp/qipc_sharedmemory_orgarntoctopi8c04c22a72d439a3db91345932ba657ade50b421":         "org.arnt.octopi", // aarnt/octopi#405
		"/qipc_sharedmemory_klogshmfb1af3dd737ffaabf27e9cc69efabf7be177b28f":                   "klogshm",         // ea4k/klog#961
		"/qipc_systemsem_klogappcfe57f8472dcf85122a473189cd87ac418e7ffe2":                      "klogapp",
	} {
		r := newRevealer(nil)
		end := legacyEnd(ipckey.Key{Type: ipckey.SystemV, Native: native})
		r.found[end] = ""
		for _, name := range r.names([]string{"alice"}) {
			r.try(name)
		}
		if r.found[end] != want {
			t.Errorf("%s: %q, want %q", native, r.found[end], want)
		}
	}
}

// Each known name may be derived from, stands there once, and under the name of a program.
func TestKnownNamesAreGood(t *testing.T) {
	if !strings.HasPrefix(known, "# ") {
		t.Error("the list does not begin with a comment")
	}
	names := namesIn(known)
	for n, name := range names {
		if _, err := ipckey.Legacy(ipckey.Env{}, ipckey.Segment, name, ipckey.SystemV); err != nil || strings.TrimSpace(name) != name {
			t.Errorf("%q: %v", name, err)
		}
		if slices.Contains(names[:n], name) {
			t.Errorf("%q is there twice", name)
		}
	}
	if len(names) < 30 {
		t.Errorf("%d names", len(names))
	}
}

func TestLikelyNames(t *testing.T) {
	host, _ := os.Hostname() // not in Wine
	names := likelyNames([]string{"tried name"}, []string{"alice", "bob"})
	for _, want := range []string{
		"tried name", "klogapp", "qpwgraph@" + host, "aliceQtPass", "bobQtPass", "qtox-2-alice", "alice-home-featherpad",
		"WSJT-X",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, name := range names {
		if strings.Contains(name, "{user}") || strings.Contains(name, "{host}") {
			t.Errorf("%q", name)
		}
	}
}

func TestTriedNames(t *testing.T) {
	file := filepath.Join(tempDir(t), "names.txt")
	if err := os.WriteFile(file, []byte("# people's\n\none name\r\n#2\n  spaces \nlast"), 0o600); err != nil {
		t.Fatal(err)
	}
	names, err := triedNames([]string{"a b", "@" + file, "c"})
	if want := []string{"a b", "one name", "#2", "  spaces ", "last", "c"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v; want %q", names, err, want)
	}
	if _, err := triedNames([]string{"@" + file + ".missing"}); statusOf(err) != statusUsage || !strings.HasPrefix(err.Error(), "--try: ") {
		t.Errorf("%v", err)
	}
}

func TestProcessWords(t *testing.T) {
	proc := tempDir(t)
	for path, text := range map[string]string{
		"1/cmdline": "/opt/Player 2.AppImage\x00--key=my key\x00-s\x00WSJT-X - rig\x00", "1/comm": "player\n", "1/environ": "no",
		"20/comm": "kthread\n", "20/cmdline": "", "self/cmdline": "no", "3/cmdline": "\xff\x00",
	} {
		name := filepath.Join(proc, path)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	programs, words := processWords(proc)
	for _, want := range []string{"/opt/Player 2.AppImage", "Player 2.AppImage", "Player 2", "my key", "WSJT-X - rig", "player", "kthread"} {
		if !slices.Contains(words, want) {
			t.Errorf("%q is missing in %q", want, words)
		}
		if got := slices.Contains(programs, want); got != slices.Contains([]string{"Player 2.AppImage", "Player 2", "player", "kthread"}, want) {
			t.Errorf("%q is a program: %v", want, got)
		}
	}
	if slices.Contains(words, "no") {
		t.Errorf("%q", words)
	}
	if programs, words := processWords(filepath.Join(proc, "missing")); programs != nil || words != nil {
		t.Errorf("%q, %q without /proc", programs, words)
	}
}
