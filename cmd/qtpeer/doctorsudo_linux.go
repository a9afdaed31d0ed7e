package main

import (
	"fmt"
	"os"
	"strconv"
)

// ofSudo says what becomes of objects when root acts for a user.
func ofSudo() []finding {
	user, uid := os.Getenv("SUDO_USER"), os.Getenv("SUDO_UID")
	if user == "" || uid == "0" || os.Geteuid() != 0 {
		return nil
	}
	what := fmt.Sprintf("this runs as root for %s, with TMPDIR=%s", user, os.Getenv("TMPDIR"))
	if caller, ok := ancestorOf(uid); ok && caller.environ["TMPDIR"] != os.Getenv("TMPDIR") {
		what += fmt.Sprintf("; %s has TMPDIR=%s", user, caller.environ["TMPDIR"])
	}
	return []finding{{"directories.sudo", levelWarning, what,
		fmt.Sprintf("what root makes shuts out the programs of %s, and another TMPDIR is another set of key files", user),
		fmt.Sprintf("run Qt programs and qtpeer as %s; to look or to repair, give --tmpdir the TMPDIR of %s", user, user)}}
}

// ancestorOf returns the nearest ancestor of this process that is a user's.
func ancestorOf(uid string) (p otherProcess, found bool) {
	wanted, err := strconv.Atoi(uid)
	for pid := os.Getppid(); err == nil && pid > 0; pid = p.parent {
		if p, err = lookAt(pid); err == nil && p.uid == wanted {
			return p, true
		}
	}
	return p, false
}
