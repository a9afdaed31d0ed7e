package ipckey

import "testing"

// fakeRealpath is a small file system: /tmp, /a with the directories real, real/sub and cwd/rel, and symbolic links, of which
// loop leads to itself.
func fakeRealpath(path string) (string, bool) {
	real, exists := map[string]string{
		"/": "/", "/..": "/", "/tmp": "/tmp", "/../tmp": "/tmp", "/a": "/a", "/a/real": "/a/real", "/a/real/sub": "/a/real/sub",
		"/a/cwd": "/a/cwd", "/a/cwd/rel": "/a/cwd/rel", "/a/link": "/a/real", "/a/sublink": "/a/real/sub",
		"/a/badlink": "/a/bad\xff", "/a/loop": "",
	}[path]
	if !exists {
		return path, false
	}
	return real, true
}

// TestTempDir holds what Qt answered in /a/cwd: lexical is 5.6.0 to 5.11.2 (6 versions), canonical 5.12.10 to 6.9.1 (19
// versions), absolute 6.9.2 to 6.12.0 (4 versions). Qt 4.8.7 is lexical as well, but for "/." and "./", which it makes
// empty, and for bytes that are not UTF-8, which it leaves out.
func TestTempDir(t *testing.T) {
	tests := []struct{ tmpdir, lexical, canonical, absolute string }{
		{"", "/tmp", "/tmp", "/tmp"},
		{"/tmp", "/tmp", "/tmp", "/tmp"},
		{"/tmp/", "/tmp", "/tmp", "/tmp"},
		{"/tmp//", "/tmp", "/tmp", "/tmp/"},
		{"/tmp///", "/tmp", "/tmp", "/tmp/"},
		{"/", "/", "/", "/"},
		{"//", "/", "/", "/"},
		{"///", "/", "/", "//"},
		{"//tmp", "/tmp", "/tmp", "/tmp"},
		{"/tmp/.", "/tmp", "/tmp", "/tmp"},
		{"/tmp/./", "/tmp", "/tmp", "/tmp"},
		{"/tmp/../tmp/x/..", "/tmp", "/tmp", "/tmp"},
		{"/tmp/..", "/", "/", "/"},
		{"/.", "/", "/", "/"},
		{"/..", "/..", "/", "/.."},
		{"/../tmp", "/../tmp", "/tmp", "/../tmp"},
		{"/a/link", "/a/link", "/a/real", "/a/link"},
		{"/a/link/", "/a/link", "/a/real", "/a/link"},
		{"/a/link/..", "/a", "/a", "/a"},
		{"/a/sublink", "/a/sublink", "/a/real/sub", "/a/sublink"},
		{"/a/sublink/..", "/a", "/a", "/a"},
		{"/a/missing", "/a/missing", "", "/a/missing"},
		{"/a/loop/", "/a/loop", "/a/loop", "/a/loop"},
		{"./../loop", "../loop", "../loop", "/a/loop"},
		{"/a/missing/..", "/a", "/a", "/a"},
		{"rel", "rel", "/a/cwd/rel", "/a/cwd/rel"},
		{"rel//", "rel", "/a/cwd/rel", "/a/cwd/rel/"},
		{"./rel", "rel", "/a/cwd/rel", "/a/cwd/rel"},
		{".", ".", "/a/cwd", "/a/cwd"},
		{"./", ".", "/a/cwd", "/a/cwd"},
		{"..", "..", "/a", "/a"},
		{"../link/", "../link", "/a/real", "/a/link"},
		{"x/../..", "..", "/a", "/a"},
		{"missing", "missing", "", "/a/cwd/missing"},
		{"~/x", "~/x", "", "/a/cwd/~/x"},
		{":/x", ":/x", ":/x", "/a/cwd/:/x"},
		{"bad\xff", "bad\ufffd", "", "/a/cwd/bad\ufffd"},
		{"/bad\xff\xe3\x81x", "/bad\ufffd\ufffd\ufffdx", "", "/bad\ufffd\ufffd\ufffdx"},
		{"/a/badlink", "/a/badlink", "/a/bad\ufffd", "/a/badlink"},
	}
	for _, tt := range tests {
		for rule, want := range map[TempRule]string{TempLexical: tt.lexical, TempCanonical: tt.canonical, TempAbsolute: tt.absolute} {
			if got := TempDir(rule, tt.tmpdir, "/a/cwd", fakeRealpath); got != want {
				t.Errorf("TempDir(%d, %q) = %q, want %q", rule, tt.tmpdir, got, want)
			}
		}
	}
}

// TestTempDirInOddPlaces holds what Qt 6.12.0 answered for a relative TMPDIR.
func TestTempDirInOddPlaces(t *testing.T) {
	tests := []struct{ tmpdir, cwd, want string }{
		{"rel", "", "rel"}, // the working directory has been removed
		{"rel", "/", "/rel"},
		{"rel//", "/", "/rel/"},
		{"..", "/", "/.."},
		{"x", "/bad\xff", "/bad\ufffd/x"},
		{"/tmp", "", "/tmp"},
		{"", "", "/tmp"},
	}
	for _, tt := range tests {
		if got := TempDir(TempAbsolute, tt.tmpdir, tt.cwd, nil); got != tt.want {
			t.Errorf("TempDir(TempAbsolute, %q, %q) = %q, want %q", tt.tmpdir, tt.cwd, got, tt.want)
		}
	}
}

func TestZeroTempRuleIsTheNewest(t *testing.T) {
	var rule TempRule
	if rule != TempAbsolute {
		t.Errorf("the zero TempRule is not TempAbsolute (%d)", TempAbsolute)
	}
}
