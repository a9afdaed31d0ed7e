package main

import (
	"fmt"
	"io/fs"
	"strings"
)

// seLinux looks at whether SELinux denies what its policy does not have.
func seLinux(root fs.FS) finding {
	const id = "confinement.selinux"
	enforce, err := fs.ReadFile(root, "sys/fs/selinux/enforce")
	switch {
	case err != nil:
		return fine(id, "SELinux is not active")
	case strings.TrimSpace(string(enforce)) != "1":
		return fine(id, "SELinux only reports (permissive)")
	}
	return finding{id, levelNote, "SELinux is enforcing",
		"programs in confined domains, such as services, may be kept from key files and from segments of other domains: PermissionDenied",
		"ausearch -m avc -ts recent | grep -E 'qipc_|class=(shm|sem)' shows denials; audit2allow makes a rule of them"}
}

// appArmor looks at the profile of a process: label is what its attr/current has.
func appArmor(root fs.FS, pid int, label string) finding {
	const id = "confinement.apparmor"
	enabled, err := fs.ReadFile(root, "sys/module/apparmor/parameters/enabled")
	label = strings.TrimSpace(strings.Trim(label, "\x00"))
	switch {
	case err != nil || !strings.HasPrefix(string(enabled), "Y"):
		return fine(id, "AppArmor is not active")
	case label == "" || strings.HasPrefix(label, "unconfined") || strings.HasSuffix(label, "(complain)"):
		return fine(id, "AppArmor does not confine process %d", pid)
	}
	return finding{id, levelNote, fmt.Sprintf("AppArmor confines process %d by the profile %s", pid, label),
		"without rules for them it is kept from key files and POSIX objects: KeyError or PermissionDenied",
		`journalctl -k | grep 'apparmor="DENIED"' shows what was denied; rules that help: "owner /tmp/qipc_* rwk," and ` +
			`"owner /dev/shm/** rwk,"`}
}

// container says whether this process runs in one.
func container(box sandbox) finding {
	const id = "confinement.container"
	if box.name == "" {
		return fine(id, "this runs in no container or sandbox that can be recognised")
	}
	return finding{id, levelNote, "this runs in " + box.name,
		"programs outside, and in other containers, have other key files, System V objects and POSIX objects, " +
			"unless they were told to share them",
		"compare with the Qt program: qtpeer doctor --pid PID, outside of the container; " + either(box.ipc)}
}
