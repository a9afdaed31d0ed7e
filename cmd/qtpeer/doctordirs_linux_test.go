package main

import "testing"

func TestDoctorDirectories(t *testing.T) {
	for _, c := range []struct {
		name, script string
		want         []symptom
	}{
		{"good", "mkdir -m 700 $DIR/run; export XDG_RUNTIME_DIR=$DIR/run", []symptom{
			{"directories.temp", levelOK, "all versions of Qt .* /.*/empty;"}, {"directories.runtime", levelOK, "/empty/run;"},
			{"directories.temp-sticky", "", ""}, {"directories.temp-unwritable", "", ""}, {"directories.temp-space", "", ""},
			{"directories.sudo", "", ""}}},
		{"unset", "unset TMPDIR", []symptom{{"directories.temp", levelOK, "key files in /tmp;"}}},
		{"root", "export TMPDIR=/", []symptom{{"directories.temp", levelOK, "key files in /;"}}},
		{"missing", "export TMPDIR=/nowhere", []symptom{
			{"directories.temp", levelProblem,
				"TMPDIR=/nowhere does not exist; Qt 5.12 to 6.9.1 makes its key files in / .*mkdir -p /nowhere"},
			{"directories.temp-space", "", ""}}},
		{"relative", "cd $DIR; mkdir rel; export TMPDIR=rel", []symptom{{"directories.temp", levelWarning,
			"TMPDIR=rel is relative"}}},
		{"link", "mkdir $DIR/real; ln -s real $DIR/link; export TMPDIR=$DIR/link", []symptom{{"directories.temp", levelNote,
			`Qt 4.4 to 5.11: \S+/link; Qt 5.12 to 6.9.1: \S+/real; Qt 6.9.2 and later: \S+/link; it is one directory`}}},
		{"link to nothing", "ln -s real $DIR/link; export TMPDIR=$DIR/link", []symptom{{"directories.temp", levelProblem,
			"/link does not exist"}}},
		{"file", ": >$DIR/file; export TMPDIR=$DIR/file", []symptom{{"directories.temp-file", levelProblem,
			"/file is not a directory; .*KeyError"}}},
		{"of nobody", "mkdir -m 777 $DIR/t; export TMPDIR=$DIR/t", []symptom{{"directories.temp-sticky", levelWarning,
			"sticky bit; .*chmod \\+t"}}},
		{"read-only", "mount -o remount,ro $DIR", []symptom{{"directories.temp-unwritable", levelProblem,
			"read-only file system for user 0"}}},
		{"of another", "chmod 755 $DIR; AS='setpriv --reuid=1234 --clear-groups'",
			[]symptom{{"directories.temp-unwritable", levelProblem, "permission denied for user 1234; .*KeyError"}}},
		{"closed", "mkdir $DIR/t; chmod 700 $DIR; export TMPDIR=$DIR/t; AS='setpriv --reuid=1234 --clear-groups'",
			[]symptom{{"directories.temp-closed", levelProblem, "/t: permission denied"}}},
		{"full", "mount -t tmpfs -o size=16k tmpfs $DIR; head -c 16384 /dev/zero >$DIR/x", []symptom{
			{"directories.temp-space", levelProblem, "16 KiB of 16 KiB; .*KeyError"}}},
		{"no inodes", "mount -t tmpfs -o nr_inodes=2 tmpfs $DIR; : >$DIR/x", []symptom{{"directories.temp-space-files",
			levelProblem, "2 of 2"}}},

		{"no runtime directory", "unset XDG_RUNTIME_DIR", []symptom{{"directories.runtime", levelNote,
			"Qt uses .*/runtime-root; .*/run/user/0"}}},
		{"open runtime directory", "mkdir -m 755 $DIR/run; export XDG_RUNTIME_DIR=$DIR/run",
			[]symptom{{"directories.runtime", levelWarning, "/run, but .*/runtime-root: its mode is 0755, not 0700"}}},
		{"linked runtime directory", "mkdir -m 700 $DIR/run; ln -s run $DIR/link; export XDG_RUNTIME_DIR=$DIR/link",
			[]symptom{{"directories.runtime", levelWarning, "symbolic link"}}},
		{"relative runtime directory", "export XDG_RUNTIME_DIR=run", []symptom{{"directories.runtime", levelWarning,
			"it is relative"}}},
		{"no directory", ": >$DIR/run; export XDG_RUNTIME_DIR=$DIR/run", []symptom{{"directories.runtime", levelWarning,
			"it is not a directory"}}},
		{"missing runtime directory", "export XDG_RUNTIME_DIR=$DIR/a/b", []symptom{{"directories.runtime", levelWarning,
			"it does not exist"}}},
		{"closed runtime directory",
			"mkdir -m 700 $DIR/a; export XDG_RUNTIME_DIR=$DIR/a/b; AS='setpriv --reuid=1234 --clear-groups'",
			[]symptom{{"directories.runtime", levelWarning, "permission denied"}}},
		{"runtime directory of another",
			"mkdir -m 700 $DIR/run; export XDG_RUNTIME_DIR=$DIR/run; AS='setpriv --reuid=1234 --clear-groups'",
			[]symptom{{"directories.runtime", levelWarning, "it belongs to user 0, and this is user 1234"}}},
		{"no fallback", "mkdir -m 755 $DIR/runtime-root; unset XDG_RUNTIME_DIR", []symptom{{"directories.runtime", levelNote,
			"Qt uses /;"}}},

		{"sudo", "export SUDO_USER=alice SUDO_UID=1234", []symptom{{"directories.sudo", levelWarning,
			"as root for alice, with TMPDIR=[^;]*/empty; what root"}}},
		{"sudo of root", "export SUDO_USER=root SUDO_UID=0", []symptom{{"directories.sudo", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkFindings(t, doctorIn(t, c.script), c.want...)
		})
	}
}

// The TMPDIR of the user who called sudo is that of a process above ours: here that is a shell, and a program that
// changes to root, which the dynamic linker keeps from TMPDIR, stands for sudo.
func TestDoctorSeesSudosCaller(t *testing.T) {
	found := doctorIn(t, `
cp -L "$(command -v qtpeer)" $DIR/qtpeer
chmod 4755 $DIR/qtpeer
echo 'SUDO_USER=alice SUDO_UID=1234 "$@"; exit' >$DIR/caller
AS="setpriv --reuid=1234 --clear-groups env TMPDIR=/of/alice PATH=$DIR:$PATH sh $DIR/caller"`)
	checkFindings(t, found, symptom{"directories.sudo", levelWarning, "with TMPDIR=; alice has TMPDIR=/of/alice;"})
}
