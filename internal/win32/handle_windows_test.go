package win32

import (
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

func TestOwnObjectsAreOwn(t *testing.T) {
	for what, h := range map[string]Handle{"mapping": createMapping(t, newName(), 1), "semaphore": createSem(t, newName(), 1)} {
		sid, own, err := Owner(h)
		if !own || err != nil || sid != "" && !strings.HasPrefix(sid, "S-1-") {
			t.Errorf("%s: %q, %v, %v", what, sid, own, err)
		}
	}
}

func TestIsOwn(t *testing.T) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	for sid, want := range map[string]bool{user.User.Sid.String(): true, "S-1-1-0": false, "S-1-5-7": false, "S-1-5-21-1-2-3-1000": false} {
		owner, err := windows.StringToSid(sid)
		if err != nil {
			t.Fatal(err)
		}
		if own, err := isOwn(owner); own != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", sid, own, err, want)
		}
	}
}

// An administrator's objects belong to the group of administrators.
func TestOwnerMayBeAGroup(t *testing.T) {
	admins, err := windows.CreateWellKnownSid(windows.WinBuiltinAdministratorsSid)
	if err != nil {
		t.Fatal(err)
	}
	h := createSem(t, newName(), 1)
	sid, _, err := Owner(h)
	if err != nil {
		t.Fatal(err)
	}
	if own, err := isOwn(admins); sid == admins.String() && !own || err != nil {
		t.Errorf("objects belong to %s; the administrators' are own: %v, %v", sid, own, err)
	}
}
