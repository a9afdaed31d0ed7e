package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// hidden are objects whose keys do not tell their names: a segment of each family, and a semaphore.
func hidden(t *testing.T, name string) (infos []bridge.Info) {
	t.Helper()
	env := ipckey.Env{GOOS: "linux", TempDir: "/tmp/a dir"}
	add := func(kind ipckey.Kind, of ipckey.Type) {
		key, err := ipckey.Legacy(env, kind, name, of)
		if err != nil {
			t.Fatal(err)
		}
		key.Legacy = ""
		infos = append(infos, bridge.Info{Key: key})
	}
	add(ipckey.Segment, ipckey.SystemV)
	add(ipckey.Segment, ipckey.PosixRealtime)
	add(ipckey.Segment, ipckey.Windows)
	add(ipckey.Semaphore, ipckey.SystemV)
	return infos
}

// from is a revealer that takes these names only, and the letters.
func from(names ...string) *revealer {
	return &revealer{func([]string) []string { return names }, map[string]string{}}
}

func TestReveal(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"My App 1.0", "My App 1.0"},
		{"日本語", "日本語"},
		{"{8ab4ee10-9f0a}", "{8ab4ee10-9f0a}"},
		{"12345", "12345"},
		{"a\x00b", "a\x00b"},
		{"another's name, 2", ""},
	} {
		infos := hidden(t, c.name)
		names := from("My App", "My App 1.0", "MYAPP", "日本語", "12345", "\xff", "", "{8ab4ee10-9f0a}", "a\x00b", "another's name, 1")
		names.reveal(infos, newCensus())
		for _, i := range infos {
			if i.Key.Legacy != c.want {
				t.Errorf("%s: %q, want %q", i.Key, i.Key.Legacy, c.want)
			}
		}
	}
}

// A name takes effect on keys with its hash only, and what List has found stays.
func TestRevealTouchesNothingElse(t *testing.T) {
	end := legacyEnd(hidden(t, "a b")[0].Key)
	infos := []bridge.Info{
		{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/qipc_sharedmemory_" + end, Legacy: "told"}},
		{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/a b"}},
		{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/qipc_other_" + end}},
		{Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/qipc_sharedmemory_x" + end}},
		{Key: ipckey.Key{Type: ipckey.SystemV}},
	}
	want := slices.Clone(infos)
	from("a b", "xa b").reveal(infos, newCensus())
	for k := range infos {
		if infos[k].Key != want[k].Key {
			t.Errorf("%+v, want %+v", infos[k].Key, want[k].Key)
		}
	}
}

func TestLegacyEnd(t *testing.T) {
	sha := strings.Repeat("0a", 20)
	for native, want := range map[string]string{
		"/tmp/qipc_sharedmemory_Ab" + sha: "Ab" + sha, "/qipc_systemsem_" + sha: sha, "qipc_sharedmemory_x" + sha: "x" + sha,
		"": "", "/x": "", "/qipc_sharedmemory_": "", "/qipc_sharedmemory_" + sha[1:]: "", "/qipc_sharedmemory_a-" + sha: "",
		"/qipc_sharedmemory_" + strings.ToUpper(sha): "", "/xqipc_sharedmemory_" + sha: "", "/qipc_sharedmemory_1" + sha: "",
	} {
		if got := legacyEnd(ipckey.Key{Type: ipckey.SystemV, Native: native}); got != want {
			t.Errorf("%s: %q, want %q", native, got, want)
		}
	}
}

// Nobody has to be asked for names that differ from their letters by a number or by separators.
func TestSpellingsAreFound(t *testing.T) {
	for name, want := range map[string]bool{
		"letters": true, "app0": true, "app99": true, "app100": false, "deskflow-core": true, "my_shared_memory": true,
		"klog app": true, "lock_": true, "org.example.app": true, "a/b": true, "a-b_c": false, "a_b_c_d": false,
	} {
		infos := hidden(t, name)
		from().reveal(infos, newCensus())
		if got := infos[0].Key.Legacy == name; got != want {
			t.Errorf("%s: %q", name, infos[0].Key.Legacy)
		}
	}
}

func TestSpellingsAreBounded(t *testing.T) {
	for _, letters := range []string{"", "a", "ab", strings.Repeat("x", 190)} {
		all := slices.Collect(spellings(letters, 5000))
		if len(all) == 0 || len(all) > 5000 || all[0] != letters {
			t.Errorf("%q: %d spellings", letters, len(all))
		}
		for _, spelling := range all {
			if asciiLetters(spelling) != letters {
				t.Fatalf("%q has not the letters %q", spelling, letters)
			}
		}
	}
	for range spellings("abc", 5) {
		break // iter.Pull and others may stop at any time
	}
	if n := len(slices.Collect(spellings("abc", 0))); n != 0 {
		t.Errorf("%d spellings of none", n)
	}
}

// A name that was looked for once is not looked for again, as --watch would each second.
func TestRevealLooksOnce(t *testing.T) {
	asked := 0
	r := &revealer{func([]string) []string { asked++; return []string{"a b"} }, map[string]string{}}
	for range 3 {
		infos := append(hidden(t, "a b"), hidden(t, "c?d!e")...)
		r.reveal(infos, newCensus())
		if infos[0].Key.Legacy != "a b" || infos[4].Key.Legacy != "" {
			t.Errorf("%q and %q", infos[0].Key.Legacy, infos[4].Key.Legacy)
		}
	}
	r.reveal(nil, newCensus())
	if asked != 1 || len(r.found) != 2 {
		t.Errorf("asked %d times, %d names kept of 2", asked, len(r.found))
	}
}
