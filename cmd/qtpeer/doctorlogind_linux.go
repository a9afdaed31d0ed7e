package main

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// lastSystemUser is the highest user id that systemd takes for one of the system.
const lastSystemUser = 999

// removeIPC looks at whether logind removes the objects of a user who logs out, see logind.conf(5).
func removeIPC(root fs.FS, uid int, user string) finding {
	const id = "removal.logind"
	on, where := removeIPCSetting(root)
	if where != "" {
		where = " in " + where
	}
	lingers := false
	if user != "" {
		_, err := fs.Stat(root, path.Join("var/lib/systemd/linger", user))
		lingers = err == nil
	}
	switch {
	case !runsSystemd(root):
		return fine(id, "systemd-logind, which may remove objects of users who log out, does not run here")
	case !on:
		return fine(id, "logind leaves objects of users who log out (RemoveIPC=no%s)", where)
	case uid <= lastSystemUser:
		return fine(id, "logind does not remove objects of system users such as %d", uid)
	case lingers:
		return fine(id, "logind does not remove objects of user %s, who lingers", user)
	}
	return finding{id, levelNote,
		fmt.Sprintf("logind removes all objects of user %d at the end of the last session (RemoveIPC=yes%s)", uid, where),
		"segments and semaphores, of System V and POSIX, vanish under programs that stay, such as those of ssh with nohup or of cron",
		"loginctl enable-linger " + user + ", or RemoveIPC=no in /etc/systemd/logind.conf.d/ipc.conf below [Login]; then log in again"}
}

// removeIPCSetting returns the setting that counts, and the file that has it or "" for the default.
func removeIPCSetting(root fs.FS) (on bool, where string) {
	on = true
	var files []confFile
	for _, dir := range confDirs {
		if text, err := fs.ReadFile(root, path.Join(dir, "systemd/logind.conf")); err == nil {
			files = append(files, confFile{"/" + path.Join(dir, "systemd/logind.conf"), string(text)})
			break
		}
	}
	for _, file := range append(files, dropIns(root, "systemd/logind.conf.d")...) {
		section := ""
		for line := range strings.Lines(file.text) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "[") {
				section = line
			}
			name, value, _ := strings.Cut(line, "=")
			if set, known := truth(strings.TrimSpace(value)); known && section == "[Login]" && strings.TrimSpace(name) == "RemoveIPC" {
				on, where = set, file.path
			}
		}
	}
	return on, where
}

// truth reads a boolean as systemd.syntax(7) has it.
func truth(word string) (value, known bool) {
	word = strings.ToLower(word)
	if slices.Contains([]string{"1", "yes", "y", "true", "t", "on"}, word) {
		return true, true
	}
	return false, slices.Contains([]string{"0", "no", "n", "false", "f", "off"}, word)
}
