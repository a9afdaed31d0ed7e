package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// compareProcess says what separates us from another process.
func compareProcess(p otherProcess) []finding {
	found := []finding{sameUser(p)}
	theirs, err := p.namespace("ipc")
	if err != nil || p.environ == nil {
		return append(found, finding{"process.hidden", levelWarning,
			fmt.Sprintf("this user may not look at the directories and namespaces of process %d (%s)", p.pid, p.command),
			"what separates us from it stays unknown", "run qtpeer doctor as its user or as root"})
	}
	box := sandboxOf(p)
	found = append(found, sameIPC(p, box, theirs), sameShm(p, box), sameTemp(p, box))
	if f, differs := sameRuntime(p); differs {
		found = append(found, f)
	}
	if box.name != "" {
		found = append(found, finding{"process.sandbox", levelNote, fmt.Sprintf("process %d runs in %s", p.pid, box.name),
			"what it shares with programs outside depends on how that was set up", ""})
	}
	if library := p.qtLibrary(); library != "" {
		found = append(found, fine("process.qt", "it uses %s", library))
	}
	return found
}

func sameUser(p otherProcess) finding {
	const id = "process.user"
	const why = "Qt makes its objects with mode 0600: for one user only, and root"
	switch uid := os.Geteuid(); uid {
	case p.uid:
		return fine(id, "process %d (%s) has our user, %d", p.pid, p.command, uid)
	case 0:
		return finding{id, levelWarning, fmt.Sprintf("process %d (%s) is user %d's, and this is root", p.pid, p.command, p.uid),
			why + ": root may use what it has made, but it may not use what root makes",
			fmt.Sprintf("setpriv --reuid=%d --clear-groups qtpeer ... (or sudo -u '#%d')", p.uid, p.uid)}
	}
	return finding{id, levelProblem, fmt.Sprintf("process %d (%s) is user %d's, and this is user %d", p.pid, p.command, p.uid,
		os.Geteuid()), why,
		fmt.Sprintf("run both as one user: sudo -u '#%d' qtpeer ...", p.uid)}
}

func sameIPC(p otherProcess, box sandbox, theirs string) finding {
	const id = "process.ipc"
	ours, err := os.Readlink("/proc/self/ns/ipc")
	if err == nil && ours == theirs {
		return fine(id, "it has our IPC namespace: System V objects are common")
	}
	return finding{id, levelProblem, fmt.Sprintf("it has another IPC namespace%s", because(box)),
		"System V segments and semaphores of one side do not exist on the other, even where key files are common",
		either(box.ipc, fmt.Sprintf("as root nsenter --target %d --ipc qtpeer ... --tmpdir %s", p.pid, p.inside(p.tempDir())))}
}

func sameShm(p otherProcess, box sandbox) finding {
	const id = "process.shm"
	if samePlace(shmDir, p.inside(shmDir)) {
		return fine(id, "it has our %s: POSIX objects are common", shmDir)
	}
	return finding{id, levelProblem, fmt.Sprintf("it has another %s%s", shmDir, because(box)),
		"POSIX segments and semaphores of one side do not exist on the other",
		either(box.shm, fmt.Sprintf("as root nsenter --target %d --mount qtpeer ..., if qtpeer is installed there too", p.pid))}
}

func sameTemp(p otherProcess, box sandbox) finding {
	const id = "process.temp"
	const why = "key files of one side do not exist on the other: attach() says NotFound, and create() makes a second segment"
	ours, theirs := bridge.Environment().TempDir, p.tempDir()
	path := theirs
	if !samePlace(theirs, p.inside(theirs)) {
		path = p.inside(theirs)
	}
	useTheirs := "qtpeer ... --tmpdir " + path
	_, err := os.Stat(p.inside(theirs))
	switch {
	case samePlace(ours, p.inside(theirs)):
		return fine(id, "it has its key files in our %s", ours)
	case err != nil:
		return finding{id, levelProblem, fmt.Sprintf("its directory of key files cannot be reached: %v", err), why,
			"give it a TMPDIR that exists, and this program the same"}
	case filepath.Clean(ours) == filepath.Clean(theirs):
		return finding{id, levelProblem, fmt.Sprintf("its %s is another directory than ours%s", theirs, because(box)), why,
			either(box.tmp, useTheirs)}
	}
	return finding{id, levelProblem, fmt.Sprintf("it has its key files in %s, and here they are in %s", theirs, ours), why,
		"give both one TMPDIR, or " + useTheirs}
}

// sameRuntime compares the directories of platform-safe System V keys, which few programs use.
func sameRuntime(p otherProcess) (f finding, differs bool) {
	ours, theirs := os.Getenv("XDG_RUNTIME_DIR"), p.environ["XDG_RUNTIME_DIR"]
	if theirs == ours && (ours == "" || samePlace(ours, p.inside(theirs))) || ours != "" && samePlace(ours, p.inside(theirs)) {
		return f, false
	}
	return finding{"process.runtime", levelNote, fmt.Sprintf("its XDG_RUNTIME_DIR is %q, and ours %q", theirs, ours),
		"platform-safe System V keys (Qt 6.6 and later) have their key files there",
		"give both the same, if the program uses such keys"}, true
}

func because(box sandbox) string {
	if box.name == "" {
		return ""
	}
	return ": it runs in " + box.name
}

// either joins the remedies that there are.
func either(remedies ...string) string {
	var given []string
	for _, r := range remedies {
		if r != "" {
			given = append(given, r)
		}
	}
	return strings.Join(given, "; or ")
}
