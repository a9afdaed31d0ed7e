package ipckey

import (
	"slices"
	"testing"
)

// TestRuntimeDir holds what ten versions from Qt 6.6.0 to 6.12.0 answered. Which directories are usable is a matter of
// the file system, and bridge's test.
func TestRuntimeDir(t *testing.T) {
	tests := []struct {
		xdg, tempDir, user string
		usable             []string
		want               string
	}{
		{"/run/me", "/tmp", "me", []string{"/run/me", "/tmp/runtime-me"}, "/run/me"},
		{"/run/me/", "/tmp", "me", []string{"/run/me/", "/tmp/runtime-me"}, "/run/me/"},
		{"//run/./me//", "/tmp", "me", []string{"//run/./me//"}, "//run/./me//"},
		{"/", "/tmp", "me", []string{"/", "/tmp/runtime-me"}, "/"},
		{"/run/me", "/tmp", "me", []string{"/tmp/runtime-me"}, "/tmp/runtime-me"},
		{"", "/tmp", "me", []string{"", "/tmp/runtime-me"}, "/tmp/runtime-me"},
		{"rel", "/tmp", "me", []string{"rel", "/tmp/runtime-me"}, "/tmp/runtime-me"},
		{".", "/tmp", "me", []string{".", "/tmp/runtime-me"}, "/tmp/runtime-me"},
		{"~/x", "/tmp", "me", []string{"~/x", "/tmp/runtime-me"}, "/tmp/runtime-me"},
		{":/x", "/tmp", "me", []string{":/x", "/tmp/runtime-me"}, "/tmp/runtime-me"},
		{"/bad\xff", "/tmp", "me", []string{"/bad\ufffd", "/bad\xff"}, "/bad\ufffd"},
		{"", "/tmp", "", []string{"/tmp/runtime-"}, "/tmp/runtime-"},
		{"", "/tmp/", "me", []string{"/tmp//runtime-me"}, "/tmp//runtime-me"},
		{"", "", "me", []string{"/runtime-me"}, "/runtime-me"},
		{"/run/me", "/tmp", "me", nil, ""},
	}
	for _, tt := range tests {
		usable := func(path string) bool { return slices.Contains(tt.usable, path) }
		if got := RuntimeDir(tt.xdg, tt.tempDir, tt.user, usable); got != tt.want {
			t.Errorf("RuntimeDir(%q, %q, %q) with %q = %q, want %q", tt.xdg, tt.tempDir, tt.user, tt.usable, got, tt.want)
		}
	}
}

// TestKeyInNoRuntimeDir: a safe key without a usable directory is in the root directory, as in Qt 6.6.0 to 6.12.0.
func TestKeyInNoRuntimeDir(t *testing.T) {
	env := Env{GOOS: "linux", RuntimeDir: RuntimeDir("", "/tmp", "me", func(string) bool { return false })}
	got, err := PlatformSafe(env, Segment, "k", SystemV)
	if want := (Key{Type: SystemV, Native: "/k"}); err != nil || got != want {
		t.Errorf("PlatformSafe = %+v, %v; want %+v", got, err, want)
	}
}
