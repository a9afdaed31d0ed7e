package main

import "testing"

// beside starts a process after a script in namespaces of its own, if flags of unshare say so, and makes it doctor's. The process
// says that it is ready, or ends.
func beside(flags, script string) string {
	return `
mkfifo $DIR/ready
unshare ` + flags + ` sh -ec 'exec 3>$DIR/ready
` + script + `
echo ready >&3
exec sleep 1000' &
set -- --pid $!
read said <$DIR/ready
`
}

// jail is the end of a script for beside: the process gets a root directory with what a shell needs, and the file of that name.
func jail(file, content string) string {
	return `
root=$DIR/root
mkdir -p $root/proc $root/dev $root/run $root/usr $root/tmp
mount --bind /usr $root/usr
mount --rbind /dev $root/dev
for d in bin lib lib64; do ln -s usr/$d $root/$d; done
printf "` + content + `" >$root` + file + `
exec chroot $root sh -c "echo ready >&3; exec sleep 1000"
`
}

func TestDoctorProcess(t *testing.T) {
	for _, c := range []struct {
		name, script string
		want         []symptom
	}{
		{"like us", beside("", ""), []symptom{{"process.user", levelOK, `process \d+ \((sh|sleep)\) has our user, 0;`},
			{"process.ipc", levelOK, ""},
			{"process.shm", levelOK, ""}, {"process.temp", levelOK, "our /.*/empty;"}, {"process.runtime", "", ""},
			{"process.sandbox", "", ""},
			{"process.hidden", "", ""}, {"process.qt", "", ""}}},
		{"other IPC", beside("--ipc", ""), []symptom{{"process.ipc", levelProblem,
			`it has another IPC namespace; .*nsenter --target \d+ --ipc qtpeer ... --tmpdir /proc/\d+/root/.*/empty$`},
			{"process.shm", levelOK, ""}}},
		{"other shm", beside("--mount", "mount -t tmpfs tmpfs /dev/shm"), []symptom{{"process.shm", levelProblem,
			"another /dev/shm; "},
			{"process.ipc", levelOK, ""}, {"process.temp", levelOK, ""}}},
		{"other directory of the same name", beside("--mount", "mkdir $DIR/t; export TMPDIR=$DIR/t; mount -t tmpfs tmpfs $DIR/t") +
			"export TMPDIR=$DIR/t",
			[]symptom{{"process.temp", levelProblem, `/t is another directory than ours; .*--tmpdir /proc/\d+/root/.*/t$`}}},
		{"other TMPDIR", beside("", "export TMPDIR=/var/tmp"), []symptom{
			{"process.temp", levelProblem, `in /var/tmp, and here they are in \S+/empty; .*--tmpdir /var/tmp$`}}},
		{"relative TMPDIR", beside("", "cd $DIR; mkdir rel; export TMPDIR=rel"), []symptom{{"process.temp", levelProblem,
			"/empty/rel, and here"}}},
		{"TMPDIR by a link", beside("", "ln -s . $DIR/link; export TMPDIR=$DIR/link"), []symptom{{"process.temp", levelOK, ""}}},
		{"missing TMPDIR", beside("", "export TMPDIR=/nowhere"), []symptom{{"process.temp", levelProblem,
			"root/nowhere: no such file"}}},
		{"other runtime directory", beside("", "export XDG_RUNTIME_DIR=/run/user/7"), []symptom{
			{"process.runtime", levelNote, `its XDG_RUNTIME_DIR is "/run/user/7", and ours ""`}}},
		{"PrivateTmp", beside("--mount",
			"d=$DIR/systemd-private-0a1b2c-my-app.service-XyZ123/tmp; mkdir -p $d; mount --bind $d /tmp; unset TMPDIR") +
			"unset TMPDIR", []symptom{{"process.temp", levelProblem,
			"its /tmp is another .*my-app.service with PrivateTmp=yes.*PrivateTmp=no .*; or qtpeer"},
			{"process.sandbox", levelNote, "runs in the unit my-app.service"}, {"process.ipc", levelOK, ""}}},
		{"Flatpak", beside("--mount --ipc", "unset TMPDIR"+jail("/.flatpak-info",
			`[Application]\nname=org.example.App\n`)) + "unset TMPDIR",
			[]symptom{{"process.sandbox", levelNote, "the Flatpak org.example.App"},
				{"process.ipc", levelProblem, "flatpak override --user org.example.App --share=ipc; or as root nsenter"},
				{"process.temp", levelProblem, "--filesystem=/tmp; or qtpeer"}, {"process.shm", levelOK, ""}}},
		{"Podman", beside("--mount", "unset TMPDIR"+jail("/run/.containerenv", "")) + "unset TMPDIR", []symptom{
			{"process.temp", levelProblem, `a container \(podman\); .*--volume /tmp:/tmp`}}},
		{"another's, for root", beside("", "exec setpriv --reuid=1234 --clear-groups sh -c \"echo ready >&3; exec sleep 1000\""),
			[]symptom{{"process.user", levelWarning, "is user 1234's, and this is root; .*--reuid=1234"}}},
		{"another's", beside("", "") + "AS='setpriv --reuid=1234 --clear-groups'", []symptom{
			{"process.user", levelProblem, "is user 0's, and this is user 1234; .*0600"}, {"process.hidden", levelWarning,
				"as root"},
			{"process.ipc", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkFindings(t, doctorIn(t, c.script), c.want...)
		})
	}
}

// What doctor advises works: a program in other namespaces is met.
func TestDoctorsAdviceAboutNamespaces(t *testing.T) {
	found := doctorIn(t, beside("--ipc --mount",
		"mkdir $DIR/t; mount -t tmpfs tmpfs $DIR/t; export TMPDIR=$DIR/t; qtpeer create test --size 77 >$DIR/t/out &"+
			"\nuntil grep -q ready $DIR/t/out; do :; done")+`
! qtpeer info test >/dev/null 2>&1
nsenter --target $2 --ipc qtpeer info test --tmpdir /proc/$2/root$DIR/t --json | grep -q '"size":77,"attached":1,'
set -- "$@" test`)
	checkFindings(t, found, symptom{"process.ipc", levelProblem,
		`as root nsenter --target \d+ --ipc qtpeer ... --tmpdir /proc/\d+/root/.*/empty/t$`})
}

func TestTracesOfSandboxes(t *testing.T) {
	for _, c := range []struct {
		traces traces
		name   string
	}{
		{traces{}, ""},
		{traces{cgroup: "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.kde.kate-4f3.scope\n"}, ""},
		{traces{cgroup: "12:pids:/docker/0123456789abcdef\n"}, "a container (docker)"},
		{traces{cgroup: "0::/system.slice/docker-0123456789abcdef.scope\n"}, "a container (docker)"},
		{traces{cgroup: "0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-01.scope\n"}, "a container (kubepods)"},
		{traces{cgroup: "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-01.scope\n"}, "a container (libpod)"},
		{traces{cgroup: "0::/lxc.payload.web/init.scope\n"}, "a container (lxc)"},
		{traces{docker: true}, "a container (docker)"},
		{traces{podman: true}, "a container (podman)"},
		{traces{cgroup: "0::/user.slice/app.slice/snap.ksnip.ksnip-0a1b.scope\n"}, "the snap ksnip"},
		{traces{labels: "snap.sql-client.app (enforce)\n"}, "the snap sql-client"},
		{traces{labels: "unconfined\n"}, ""},
		{traces{flatpakInfo: "[Application]\nname=org.kde.kate\nruntime=runtime/org.kde.Platform\n", docker: true},
			"the Flatpak org.kde.kate"},
	} {
		box := c.traces.container()
		if box.name != c.name || (box.name != "") != (box.ipc != "" && box.shm != "" && box.tmp != "") {
			t.Errorf("%+v: %+v, want %q", c.traces, box, c.name)
		}
	}
	for mounts, want := range map[string]string{
		"36 25 8:1 /tmp/systemd-private-0123456789abcdef-my-app.service-aBcDeF/tmp /tmp rw,relatime shared:1 - ext4 /dev/sda1 rw\n": "my-app.service",
		"36 25 8:1 /tmp/systemd-private-0123456789abcdef-a.service-aBcDeF/tmp /var/tmp rw - ext4 /dev/sda1 rw\n":                    "",
		"36 25 0:31 / /tmp rw - tmpfs tmpfs rw\n": "",
	} {
		if got := (traces{mounts: mounts}).privateTmp(); want == "" && got.name != "" || want != "" && got.name != "the unit "+want+" with PrivateTmp=yes" {
			t.Errorf("%s: %+v", mounts, got)
		}
	}
}
