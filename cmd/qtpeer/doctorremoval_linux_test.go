package main

import (
	"strings"
	"testing"
	"testing/fstest"
)

// rootWith is a file system with files of that content; systemd runs there.
func rootWith(files map[string]string) fstest.MapFS {
	root := fstest.MapFS{"run/systemd/system/x": {}}
	for path, text := range files {
		root[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return root
}

func TestRemoveIPC(t *testing.T) {
	const on, off = "[Login]\nRemoveIPC=yes\n", "[Login]\nKillUserProcesses=no\nRemoveIPC = no\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		level level
		text  string
	}{
		{"default", nil, levelNote, `objects of user 1000 .*\(RemoveIPC=yes\); .*enable-linger alice`},
		{"comment", map[string]string{"etc/systemd/logind.conf": "[Login]\n#RemoveIPC=no\n"}, levelNote, ""},
		{"off", map[string]string{"etc/systemd/logind.conf": off}, levelOK, "RemoveIPC=no in /etc/systemd/logind.conf"},
		{"off for the vendor", map[string]string{"usr/lib/systemd/logind.conf": off}, levelOK, "/usr/lib/systemd/logind.conf"},
		{"hidden vendor", map[string]string{"usr/lib/systemd/logind.conf": off, "etc/systemd/logind.conf": "[Login]\n"},
			levelNote, ""},
		{"other section", map[string]string{"etc/systemd/logind.conf": "[Manager]\nRemoveIPC=no\n"}, levelNote, ""},
		{"no value", map[string]string{"etc/systemd/logind.conf": "[Login]\nRemoveIPC=maybe\n"}, levelNote, ""},
		{"drop-in", map[string]string{"etc/systemd/logind.conf": off, "usr/lib/systemd/logind.conf.d/50-x.conf": on}, levelNote,
			"RemoveIPC=yes in /usr/lib/systemd/logind.conf.d/50-x.conf"},
		{"later drop-in", map[string]string{"etc/systemd/logind.conf.d/10-a.conf": on,
			"usr/lib/systemd/logind.conf.d/50-x.conf": off}, levelOK, "50-x"},
		{"hidden drop-in", map[string]string{"etc/systemd/logind.conf.d/50-x.conf": "",
			"usr/lib/systemd/logind.conf.d/50-x.conf": off}, levelNote, ""},
		{"no conf", map[string]string{"etc/systemd/logind.conf.d/x.bak": off}, levelNote, ""},
		{"lingering", map[string]string{"var/lib/systemd/linger/alice": ""}, levelOK, "alice, who lingers"},
		{"lingering of another", map[string]string{"var/lib/systemd/linger/bob": ""}, levelNote, ""},
	} {
		f := removeIPC(rootWith(c.files), 1000, "alice")
		t.Run(c.name, func(t *testing.T) { checkFindings(t, []finding{f}, symptom{"removal.logind", c.level, c.text}) })
	}
	checkFindings(t, []finding{removeIPC(fstest.MapFS{}, 1000, "")}, symptom{"removal.logind", levelOK, "does not run here"})
	checkFindings(t, []finding{removeIPC(rootWith(nil), 999, "postgres")}, symptom{"removal.logind", levelOK,
		"system users such as 999"})
	checkFindings(t, []finding{removeIPC(rootWith(nil), 1000, "")}, symptom{"removal.logind", levelNote, "enable-linger"})
}

func TestTmpfilesCleaner(t *testing.T) {
	const vendor = "usr/lib/tmpfiles.d/tmp.conf"
	const tenDays = "# comment\nq /tmp 1777 root root 10d\nq /var/tmp 1777 root root 30d\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		dir   string
		age   string // "": not removed
	}{
		{"nothing", nil, "/tmp", ""},
		{"ten days", map[string]string{vendor: tenDays}, "/tmp", "10d in /tmp "},
		{"var", map[string]string{vendor: tenDays}, "/var/tmp", "30d in /var/tmp "},
		{"below", map[string]string{vendor: tenDays}, "/tmp/my/dir", "10d in /tmp "},
		{"elsewhere", map[string]string{vendor: tenDays}, "/tmpx", ""},
		{"nearer", map[string]string{vendor: tenDays, "etc/tmpfiles.d/my.conf": "d /tmp/my - - - 1h"}, "/tmp/my/dir",
			"1h in /tmp/my "},
		{"nearer without", map[string]string{vendor: tenDays, "etc/tmpfiles.d/my.conf": "d /tmp/my - - - -"}, "/tmp/my/dir", ""},
		{"Debian 12", map[string]string{vendor: "D /tmp 1777 root root -\n"}, "/tmp", ""},
		{"no age", map[string]string{vendor: "d /tmp\n"}, "/tmp", ""},
		{"zero", map[string]string{vendor: "D! /tmp 1777 root root 0\n"}, "/tmp", "0 in /tmp "},
		{"specifier", map[string]string{vendor: "q %T/ 1777 root root 10d\n"}, "/tmp", "10d in /tmp "},
		{"quoted", map[string]string{vendor: "e \"/tmp\" - - - ~10d\n"}, "/tmp", "~10d in /tmp "},
		{"pattern", map[string]string{vendor: "e /home/*/tmp - - - 5d\n"}, "/home/alice/tmp", "5d in /home/"},
		{"other type", map[string]string{vendor: "L /tmp - - - 10d /x\n"}, "/tmp", ""},
		{"overridden", map[string]string{vendor: tenDays, "etc/tmpfiles.d/tmp.conf": ""}, "/tmp", ""},
		{"overridden by another age", map[string]string{vendor: tenDays, "run/tmpfiles.d/tmp.conf": "q /tmp 1777 root root 2d"},
			"/tmp", "2d in "},
		{"excluded", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "x /tmp/qipc_*\n"}, "/tmp", ""},
		{"excluded for cleaning", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "X /tmp/qipc_*\n"}, "/tmp", ""},
		{"half", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "x /tmp/qipc_shared*\n"}, "/tmp", "10d in"},
		{"both halves", map[string]string{vendor: tenDays,
			"etc/tmpfiles.d/qt.conf": "x /tmp/qipc_shared*\nx /tmp/qipc_system*\n"}, "/tmp", ""},
		{"excluded elsewhere", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "x /var/tmp/qipc_*\n"}, "/tmp",
			"10d in"},
		{"excluded above", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "x /tmp/my\n"}, "/tmp/my/dir", ""},
		{"excluded itself only", map[string]string{vendor: tenDays, "etc/tmpfiles.d/qt.conf": "X /tmp/my\n"}, "/tmp/my/dir",
			"10d in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, want := tmpfilesCleaner(rootWith(c.files), c.dir), symptom{"removal.tmpfiles", levelOK,
				"does not remove key files in " + c.dir}
			if c.age != "" {
				want = symptom{"removal.tmpfiles", levelWarning,
					"older than " + c.age + `.*NotFound.*echo 'x ` + c.dir + `/qipc_\*'`}
			}
			checkFindings(t, []finding{f}, want)
			if c.age == "" {
				return
			}
			// what it advises helps
			rule := strings.Split(f.Do, "'")[1]
			cured := rootWith(c.files)
			cured["etc/tmpfiles.d/qt-ipc.conf"] = &fstest.MapFile{Data: []byte(rule + "\n")}
			checkFindings(t, []finding{tmpfilesCleaner(cured, c.dir)}, symptom{"removal.tmpfiles", levelOK, ""})
		})
	}
	checkFindings(t, []finding{tmpfilesCleaner(fstest.MapFS{vendor: {Data: []byte(tenDays)}}, "/tmp")},
		symptom{"removal.tmpfiles", levelOK, "does not run here"})
}

func TestCronCleaners(t *testing.T) {
	const job, conf = "etc/cron.daily/tmpreaper", "etc/tmpreaper.conf"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  symptom
	}{
		{"none", nil, symptom{"removal.cron", levelOK, ""}},
		{"settings alone", map[string]string{conf: "TMPREAPER_TIME=7d"}, symptom{"removal.cron", levelOK, ""}},
		{"tmpreaper", map[string]string{job: "tmpreaper", conf: "TMPREAPER_TIME=7d\n"},
			symptom{"removal.cron", levelWarning, "/etc/cron.daily/tmpreaper.*TMPREAPER_PROTECT_EXTRA"}},
		{"protected", map[string]string{job: "tmpreaper", conf: "TMPREAPER_PROTECT_EXTRA='/tmp/qipc_*'\n"},
			symptom{"removal.cron", levelOK, ""}},
		{"protected by a comment", map[string]string{job: "tmpreaper", conf: " # TMPREAPER_PROTECT_EXTRA='/tmp/qipc_*'\n"},
			symptom{"removal.cron", levelWarning, ""}},
		{"tmpwatch", map[string]string{"etc/cron.daily/tmpwatch": "/usr/sbin/tmpwatch 10d /tmp\n"},
			symptom{"removal.cron", levelWarning, "tmpwatch.*--exclude-pattern"}},
		{"tmpwatch, protected", map[string]string{"etc/cron.hourly/tmpwatch": "tmpwatch -X '/tmp/qipc_*' 10d /tmp"},
			symptom{"removal.cron", levelOK, ""}},
	} {
		t.Run(c.name, func(t *testing.T) { checkFindings(t, cronCleaners(rootWith(c.files)), c.want) })
	}
}

// The files of this machine are read, where the tables above have no machine.
func TestDoctorReadsConfiguration(t *testing.T) {
	found := doctorIn(t, `
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/systemd/logind.conf.d /run/tmpfiles.d
printf '[Login]\nRemoveIPC=no\n' >/run/systemd/logind.conf.d/zz.conf
echo "d $DIR - - - 5d" >/run/tmpfiles.d/zz.conf
AS='setpriv --reuid=1234 --clear-groups'`)
	checkFindings(t, found, symptom{"removal.logind", levelOK, "RemoveIPC=no in /run/systemd/logind.conf.d/zz.conf"},
		symptom{"removal.tmpfiles", levelWarning, "older than 5d in /.*/empty"}, symptom{"removal.cron", levelOK, ""})
}

func TestConfinement(t *testing.T) {
	apparmor := map[string]string{"sys/module/apparmor/parameters/enabled": "Y\n"}
	for _, c := range []struct {
		found finding
		want  symptom
	}{
		{seLinux(rootWith(nil)), symptom{"confinement.selinux", levelOK, "not active"}},
		{seLinux(rootWith(map[string]string{"sys/fs/selinux/enforce": "0"})), symptom{"confinement.selinux", levelOK, "permissive"}},
		{seLinux(rootWith(map[string]string{"sys/fs/selinux/enforce": "1"})), symptom{"confinement.selinux", levelNote,
			"enforcing; .*ausearch"}},
		{appArmor(rootWith(nil), 7, "/usr/bin/x (enforce)\n"), symptom{"confinement.apparmor", levelOK, "not active"}},
		{appArmor(rootWith(map[string]string{"sys/module/apparmor/parameters/enabled": "N\n"}), 7, "x (enforce)"),
			symptom{"confinement.apparmor", levelOK, "not active"}},
		{appArmor(rootWith(apparmor), 7, "unconfined\n"), symptom{"confinement.apparmor", levelOK, "does not confine process 7"}},
		{appArmor(rootWith(apparmor), 7, ""), symptom{"confinement.apparmor", levelOK, ""}},
		{appArmor(rootWith(apparmor), 7, "/usr/bin/x (complain)\n"), symptom{"confinement.apparmor", levelOK, ""}},
		{appArmor(rootWith(apparmor), 7, "/usr/bin/x (enforce)\n"), symptom{"confinement.apparmor", levelNote,
			`profile /usr/bin/x \(enforce\); .*/dev/shm/`}},
		{container(sandbox{}), symptom{"confinement.container", levelOK, ""}},
		{container(traces{docker: true}.container()), symptom{"confinement.container", levelNote,
			`a container \(docker\); .*--ipc=host`}},
		{container(traces{labels: "snap.x.y (enforce)"}.container()), symptom{"confinement.container", levelNote,
			"the snap x; .*--classic"}},
	} {
		checkFindings(t, []finding{c.found}, c.want)
	}
}
