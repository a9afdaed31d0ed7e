package main

import (
	"cmp"
	"os"
	"os/user"
	"slices"
	"strconv"

	"github.com/shmbridge/shmbridge/bridge"
)

// system looks at the system as a whole, and at the process if there is one.
func (d diagnosis) system() (found []finding, err error) {
	who := otherProcess{pid: os.Getpid(), uid: os.Geteuid()}
	dir := bridge.Environment().TempDir
	if d.pid != 0 {
		if who, err = lookAt(d.pid); err != nil {
			return nil, err
		}
		found = compareProcess(who)
	}
	found = slices.Concat(found, kernelLimits(), posixLimits(), tempSpace(dir), ofSudo())
	root := os.DirFS("/")
	var name string
	if u, err := user.LookupId(strconv.Itoa(who.uid)); err == nil {
		name = u.Username
	}
	found = append(found, removeIPC(root, who.uid, name), tmpfilesCleaner(root, dir))
	found = append(found, cronCleaners(root)...)
	label, _ := os.ReadFile(who.file("attr/current"))
	apparmor, _ := os.ReadFile(who.file("attr/apparmor/current"))
	return append(found, seLinux(root), appArmor(root, who.pid, cmp.Or(string(apparmor), string(label))),
		container(tracesOf(otherProcess{pid: os.Getpid()}).container())), nil
}

// tempSpace looks whether the file system of the key files, which are empty, is full.
func tempSpace(dir string) (found []finding) {
	v, _ := volumeOf(dir) // what is wrong with dir itself, directories says
	for _, f := range v.space("directories.temp-space", dir, "QSharedMemory::create() cannot make its key file: KeyError",
		"remove files that nobody needs") {
		if f.Level == levelProblem {
			found = append(found, f)
		}
	}
	return found
}
