package ipckey

import "testing"

func TestTypes(t *testing.T) {
	tests := []struct {
		of     Type
		family Family
		text   string
	}{
		{SystemV, FamilySystemV, "systemv"},
		{1, FamilySystemV, "systemv-1"},
		{0x50, FamilySystemV, "systemv-80"},
		{0x52, FamilySystemV, "systemv-82"},
		{0xff, FamilySystemV, "systemv-255"},
		{PosixRealtime, FamilyPosix, "posix"},
		{Windows, FamilyWindows, "windows"},
		{0, FamilyNone, "Type(0)"},
		{0x102, FamilyNone, "Type(258)"},
		{0xffff, FamilyNone, "Type(65535)"},
	}
	for _, tt := range tests {
		if got := tt.of.Family(); got != tt.family {
			t.Errorf("Type(%#x).Family() = %v, want %v", uint16(tt.of), got, tt.family)
		}
		if got := tt.of.String(); got != tt.text {
			t.Errorf("Type(%#x).String() = %q, want %q", uint16(tt.of), got, tt.text)
		}
	}
}

// TestTypeValues holds the values of QNativeIpcKey::Type.
func TestTypeValues(t *testing.T) {
	if SystemV != 'Q' || PosixRealtime != 0x100 || Windows != 0x101 {
		t.Errorf("got %#x, %#x, %#x; want 0x51, 0x100, 0x101", uint16(SystemV), uint16(PosixRealtime), uint16(Windows))
	}
}

func TestNames(t *testing.T) {
	for got, want := range map[string]string{
		FamilySystemV.String(): "systemv",
		FamilyPosix.String():   "posix",
		FamilyWindows.String(): "windows",
		FamilyNone.String():    "none",
		Family(9).String():     "none",
		Segment.String():       "segment",
		Semaphore.String():     "semaphore",
		Kind(2).String():       "Kind(2)",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDefaultTypes(t *testing.T) {
	tests := []struct {
		goos        string
		legacy, now Type
	}{
		{"linux", SystemV, PosixRealtime},
		{"freebsd", SystemV, PosixRealtime},
		{"darwin", SystemV, PosixRealtime},
		{"ios", PosixRealtime, PosixRealtime},
		{"windows", Windows, Windows},
	}
	for _, tt := range tests {
		if got := LegacyDefaultType(tt.goos); got != tt.legacy {
			t.Errorf("LegacyDefaultType(%s) = %v, want %v", tt.goos, got, tt.legacy)
		}
		if got := DefaultType(tt.goos); got != tt.now {
			t.Errorf("DefaultType(%s) = %v, want %v", tt.goos, got, tt.now)
		}
	}
}
