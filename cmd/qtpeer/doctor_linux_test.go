package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// doctorIn runs doctor after a shell script, as root in IPC, mount and PID namespaces of their own, so that the script may set
// limits, mount what it likes and leave processes. $DIR is an empty directory, and TMPDIR. The script may set the positional
// parameters, which are doctor's arguments, and $AS, a command that runs it.
func doctorIn(t *testing.T, script string) []finding {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("changing limits and mounting need root")
	}
	dir := tempDir(t)
	if err := link(filepath.Join(dir, "qtpeer")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "unshare", "--ipc", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
		"sh", "-ec",
		"mount -t tmpfs tmpfs $DIR\nset --\n"+script+"\nexec $AS qtpeer doctor --json \"$@\"")
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "DIR=" + empty, "TMPDIR=" + empty}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var result struct{ Findings []finding }
	if jsonErr := json.Unmarshal(out, &result); jsonErr != nil {
		t.Fatalf("%v, %v: %s\n%s", err, jsonErr, out, stderr.String())
	}
	want := 0
	if slices.ContainsFunc(result.Findings, func(f finding) bool { return f.Level == levelProblem }) {
		want = 1
	}
	if got := exitStatus(err); got != want {
		t.Errorf("exit status %d, want %d: %s", got, want, stderr.String())
	}
	return result.Findings
}

// symptom is what a finding should be; its text matches the pattern "what; why; do".
type symptom struct {
	id      string
	level   level
	pattern string
}

func checkFindings(t *testing.T, found []finding, want ...symptom) {
	t.Helper()
	for _, w := range want {
		i := slices.IndexFunc(found, func(f finding) bool { return f.ID == w.id })
		if w.level == "" {
			if i >= 0 {
				t.Errorf("%+v, want no %s", found[i], w.id)
			}
			continue
		}
		if i < 0 {
			t.Errorf("no %s in %+v", w.id, found)
			continue
		}
		f := found[i]
		if text := f.What + "; " + f.Why + "; " + f.Do; f.Level != w.level || !regexp.MustCompile(w.pattern).MatchString(text) {
			t.Errorf("%s: %s: %s\nwant %s: %s", f.ID, f.Level, text, w.level, w.pattern)
		}
		if (f.Level == levelOK) != (f.Why == "") {
			t.Errorf("%+v: a reason is for what is not ok", f)
		}
	}
}

func TestDoctorLimits(t *testing.T) {
	ipcmk := func(args string, n int) string { return strings.Repeat("ipcmk "+args+" >/dev/null\n", n) }
	for _, c := range []struct {
		name, script string
		want         []symptom
	}{
		{"free", "", []symptom{
			{"limits.shmmax", levelOK, ""}, {"limits.semopm", levelOK, ""}, {"limits.shmmni", levelOK, `: 0 of \d+ are used`},
			{"limits.shmall", levelOK, "^memory of System V segments .*: 0 bytes "}, {"limits.semmni", levelOK, ": 0 of "},
			{"limits.semmns", levelOK, ": 0 of "}, {"limits.shm", levelOK, ""}, {"limits.shm-docker", "", ""}, {"limits.shm-mode",
				"", ""}}},
		{"segments, some", "echo 5 >/proc/sys/kernel/shmmni\n" + ipcmk("-M 1", 3), []symptom{{"limits.shmmni", levelOK,
			": 3 of 5 "}}},
		{"segments, near", "echo 5 >/proc/sys/kernel/shmmni\n" + ipcmk("-M 1", 4),
			[]symptom{{"limits.shmmni", levelWarning, "4 of 5 .*OutOfResources.*qtpeer clean.*kernel.shmmni=4096"}}},
		{"segments, all", "echo 5 >/proc/sys/kernel/shmmni\n" + ipcmk("-M 1", 5), []symptom{{"limits.shmmni", levelProblem,
			"all are used, 5 of 5"}}},
		{"pages", "echo 10 >/proc/sys/kernel/shmall\n" + ipcmk("-M 8193", 2), []symptom{{"limits.shmall", levelOK,
			"24 KiB of 40 KiB"}}},
		{"pages, near", "echo 10 >/proc/sys/kernel/shmall\n" + ipcmk("-M 8193", 3), []symptom{{"limits.shmall", levelWarning,
			"36 KiB of 40 KiB"}}},
		{"pages, all", "echo 10 >/proc/sys/kernel/shmall\n" + ipcmk("-M 40960", 1), []symptom{{"limits.shmall", levelProblem,
			"40 KiB of 40 KiB"}}},
		{"size, small", "echo 33554432 >/proc/sys/kernel/shmmax", []symptom{{"limits.shmmax", levelWarning,
			"up to 32 MiB; .*InvalidSize"}}},
		{"size", "echo 67108864 >/proc/sys/kernel/shmmax", []symptom{{"limits.shmmax", levelOK, "up to 64 MiB"}}},
		{"size, none", "echo 100 >/proc/sys/kernel/shmmax", []symptom{{"limits.shmmax", levelProblem, "up to 100 bytes"}}},
		{"sets, near", "echo '250 100 32 5' >/proc/sys/kernel/sem\n" + ipcmk("-S 2", 4),
			[]symptom{{"limits.semmni", levelWarning, `4 of 5 .*kernel.sem="250 1024000000 32 32000"`}, {"limits.semmns", levelOK,
				"8 of 100"}}},
		{"sets, all", "echo '250 100 32 3' >/proc/sys/kernel/sem\n" + ipcmk("-S 1", 3), []symptom{{"limits.semmni", levelProblem,
			"3 of 3"}}},
		{"semaphores, all", "echo '250 8 32 30' >/proc/sys/kernel/sem\n" + ipcmk("-S 4", 2),
			[]symptom{{"limits.semmns", levelProblem, "8 of 8"}, {"limits.semmni", levelOK, "2 of 30"}}},
		{"no operations", "echo '250 8 0 30' >/proc/sys/kernel/sem", []symptom{{"limits.semopm", levelProblem, "up to 250, 0"}}},
		{"no System V", "mount -t tmpfs tmpfs /proc/sysvipc", []symptom{{"limits.systemv", levelProblem,
			"/proc/sysvipc/shm: .*CONFIG_SYSVIPC"}}},
		{"Docker's", "mount -t tmpfs -o size=64m tmpfs /dev/shm",
			[]symptom{{"limits.shm", levelOK, "0 bytes of 64 MiB"}, {"limits.shm-docker", levelNote, "--shm-size"}}},
		{"near", "mount -t tmpfs -o size=1m tmpfs /dev/shm; head -c 900000 /dev/zero >/dev/shm/x",
			[]symptom{{"limits.shm", levelWarning, "KiB of 1 MiB are used.*SIGBUS.*remount"}}},
		{"full", "mount -t tmpfs -o size=1m tmpfs /dev/shm; head -c 1048576 /dev/zero >/dev/shm/x", []symptom{{"limits.shm",
			levelProblem, "1 MiB of 1 MiB"}}},
		{"no inodes", "mount -t tmpfs -o nr_inodes=2 tmpfs /dev/shm; : >/dev/shm/x",
			[]symptom{{"limits.shm-files", levelProblem, "files in /dev/shm: all are used, 2 of 2"}}},
		{"read-only", "mount -t tmpfs -o ro tmpfs /dev/shm", []symptom{{"limits.shm", levelProblem, "read-only.*remount,rw"}}},
		{"on disk", "mount --bind /etc /dev/shm", []symptom{{"limits.shm", levelProblem,
			"no file system in memory .*mount -t tmpfs"}}},
		{"closed", "mount -t tmpfs -o mode=755 tmpfs /dev/shm", []symptom{{"limits.shm-mode", levelWarning, "chmod 1777"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkFindings(t, doctorIn(t, c.script), c.want...)
		})
	}
}

func TestByteSize(t *testing.T) {
	for n, want := range map[uint64]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1 KiB", 1536: "1.5 KiB", 64 << 20: "64 MiB",
		1<<30 + 1<<29: "1.5 GiB", 1 << 62: "4 EiB", 1<<64 - 1: "16 EiB"} {
		if got := byteSize(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
