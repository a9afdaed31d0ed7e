package main

import (
	"os"
	"regexp"
)

// sandbox is what keeps a process apart from others, by its name and what opens it.
type sandbox struct {
	name          string // "" for none
	ipc, shm, tmp string // how to give its programs our IPC namespace, /dev/shm and /tmp
}

// traces are what sandboxes leave in the files of a process in /proc and in its root directory.
type traces struct {
	cgroup      string
	labels      string // of AppArmor
	flatpakInfo string // /.flatpak-info
	docker      bool   // /.dockerenv exists
	podman      bool   // /run/.containerenv does
	mounts      string // mountinfo
}

func tracesOf(p otherProcess) traces {
	text := func(path string) string {
		text, _ := os.ReadFile(path)
		return string(text)
	}
	exists := func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}
	return traces{
		cgroup:      text(p.file("cgroup")),
		labels:      text(p.file("attr/apparmor/current")) + text(p.file("attr/current")),
		flatpakInfo: text(p.inside("/.flatpak-info")),
		docker:      exists(p.inside("/.dockerenv")),
		podman:      exists(p.inside("/run/.containerenv")),
		mounts:      text(p.file("mountinfo")),
	}
}

// sandboxOf recognises what a process, but not this one, runs in. What has our root directory is in no container but ours.
func sandboxOf(p otherProcess) sandbox {
	traces := tracesOf(p)
	if box := traces.container(); box.name != "" && !samePlace("/", p.inside("/")) {
		return box
	}
	return traces.privateTmp()
}

var (
	inFlatpak   = regexp.MustCompile(`(?m)^name=(\S+)$`)
	inSnap      = regexp.MustCompile(`\bsnap\.([a-z0-9-]+)\.`)
	inContainer = regexp.MustCompile(`docker|libpod|kubepods|containerd|crio|lxc`)
	inUnit      = regexp.MustCompile(`/systemd-private-[0-9a-f]+-(.+)-[^-/ ]+/tmp /tmp `)
)

// container recognises sandboxes with a root directory of their own.
func (t traces) container() sandbox {
	if m := inFlatpak.FindStringSubmatch(t.flatpakInfo); m != nil {
		override := "flatpak override --user " + m[1] + " "
		return sandbox{"the Flatpak " + m[1], override + "--share=ipc", override + "--device=shm", override + "--filesystem=/tmp"}
	}
	if m := inSnap.FindStringSubmatch(t.labels + t.cgroup); m != nil {
		const other = "a snap has a /tmp of its own, and in /dev/shm names that begin with its own; install it with --classic or --devmode, " +
			"or take another package of the program"
		return sandbox{"the snap " + m[1], other, other, other}
	}
	kind := inContainer.FindString(t.cgroup)
	if t.docker {
		kind = "docker"
	} else if t.podman {
		kind = "podman"
	}
	if kind == "" {
		return sandbox{}
	}
	const host = "start the container with --ipc=host, or both containers with one --ipc=container:NAME"
	return sandbox{"a container (" + kind + ")", host, host + ", which shares /dev/shm too",
		"start the container with --volume /tmp:/tmp"}
}

// privateTmp recognises services of systemd with PrivateTmp=yes, see systemd.exec(5).
func (t traces) privateTmp() sandbox {
	m := inUnit.FindStringSubmatch(t.mounts)
	if m == nil {
		return sandbox{}
	}
	return sandbox{name: "the unit " + m[1] + " with PrivateTmp=yes", ipc: "set PrivateIPC=no in the unit",
		tmp: "set PrivateTmp=no in the unit (systemctl edit " + m[1] + ")"}
}
