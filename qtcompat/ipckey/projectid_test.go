package ipckey

import "testing"

func TestProjectIDVectors(t *testing.T) {
	for _, row := range vectors(t, "projectid.txt") {
		k := Key{Type: SystemV, Native: row[0]}
		for _, tt := range []struct {
			rule   ProjectRule
			column string
		}{{ProjectCRC32C, row[1]}, {ProjectHash31, row[2]}} {
			want := uint8(numberColumn(t, tt.column))
			if got := k.ProjectID(Rules{Project: tt.rule}); got != want {
				t.Errorf("rule %d: %+q has the project id %d, want %d", tt.rule, row[0], got, want)
			}
		}
	}
}

// TestProjectIDOfLegacyKeys goes all the way from a name: by these rules Qt 5.8.0 has 0xbb for the segment "test" and
// 0xbf for its lock.
func TestProjectIDOfLegacyKeys(t *testing.T) {
	rules, err := RulesOf("5.8.0")
	if err != nil {
		t.Fatal(err)
	}
	env := Env{GOOS: "linux", TempDir: TempDir(rules.Temp, "", "", nil), Rules: rules}
	for kind, want := range map[Kind]uint8{Segment: 0xbb, Semaphore: 0xbf} {
		k, err := Legacy(env, kind, "test", SystemV)
		if err != nil || k.Type != SystemV || k.ProjectID(env.Rules) != want {
			t.Errorf("%v: %+v, %v, project id %#x; want %#x", kind, k, err, k.ProjectID(env.Rules), want)
		}
	}
}

func TestProjectIDOfTypes(t *testing.T) {
	tests := []struct {
		rule ProjectRule
		of   Type
		want uint8
	}{
		{ProjectFixed, SystemV, 'Q'},
		{ProjectFixed, 1, 1},
		{ProjectFixed, 255, 255},
		{ProjectFixed, PosixRealtime, 0},
		{ProjectFixed, Windows, 0},
		{ProjectCRC32C, Windows, 0},
		{ProjectHash31, PosixRealtime, 0},
	}
	for _, tt := range tests {
		if got := (Key{Type: tt.of, Native: "/k"}).ProjectID(Rules{Project: tt.rule}); got != tt.want {
			t.Errorf("rule %d, type %v: project id %d, want %d", tt.rule, tt.of, got, tt.want)
		}
	}
}
