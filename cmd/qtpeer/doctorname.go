package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// named looks at the objects that a name, or a key, may stand for.
func (d diagnosis) named(args []string) ([]finding, error) {
	usual, err := d.onlyKey(ipckey.Segment, args)
	if err != nil {
		return nil, err
	}
	keys, found := []ipckey.Key{usual}, []finding(nil)
	if d.text == "" && !d.native {
		if keys, err = d.segmentKeys(args[0]); err != nil {
			return nil, err
		}
		found = misnamed(args[0])
	}
	listed, _ := bridge.List() // without, only a few reasons are missing
	var segments []string
	for _, key := range keys {
		info, ofKey := d.ofKey(key, listed)
		found = append(found, ofKey...)
		if info.Exists {
			segments = append(segments, key.String())
		}
	}
	elsewhere := inOtherDirectories(keys, listed)
	if len(segments) > 1 {
		found = append(found, finding{"name.ambiguous", levelWarning, "several segments have that name: " + strings.Join(segments,
			", "),
			"programs that use different ones do not meet: Qt 6.6 brought a second family and a second form of keys",
			"let all programs use the same kind of key; --key says which one qtpeer is to take"})
	} else if len(segments) == 0 && len(elsewhere) == 0 {
		found = append(found, absent(keys))
	}
	return append(found, elsewhere...), nil
}

// segmentKeys returns the keys that a segment of a name may have here.
func (d diagnosis) segmentKeys(name string) (keys []ipckey.Key, err error) {
	derived, err := d.derive(name, d.rules)
	for _, k := range derived {
		if k.object == "segment" && isHere(k.key.Type) {
			keys = append(keys, k.key)
		}
	}
	return keys, err
}

// ofKey looks at one segment, what belongs to it, and what is left of it. What this user may not look at is taken from listed.
func (d diagnosis) ofKey(key ipckey.Key, listed []bridge.Info) (info bridge.Info, found []finding) {
	info, err := bridge.Inspect(key, d.bridge()...)
	i := slices.IndexFunc(listed, func(l bridge.Info) bool {
		return l.Key.Native == key.Native && l.Key.Type.Family() == key.Type.Family()
	})
	switch {
	case errors.Is(err, bridge.ErrSymlink):
		return info, []finding{{"name.symlink", levelProblem, err.Error(),
			"Qt follows the link, to whatever object its maker chose; qtpeer refuses it",
			"look where it leads (ls -l), and remove it"}}
	case errors.Is(err, fs.ErrPermission) && i >= 0:
		info = listed[i]
		info.Key = key
	case bridge.CodeOf(err) == bridge.CodeKeyError && !d.exact():
		return info, nil // no object can have that name in this form
	case err != nil:
		return info, []finding{{"name.unknown", levelProblem, err.Error(),
			"what this user may not look at it cannot attach to either",
			"run qtpeer doctor as the user of the Qt program, or as root"}}
	}
	if info.State() == bridge.StateNone && !info.Semaphore.Exists {
		return info, nil
	}
	found = append(d.ofOwner(info), d.ofSegment(info), d.ofLock(info))
	if i >= 0 {
		found = append(found, ofCollision(listed[i])...)
	}
	found = append(found, ofSecondLock(info)...)
	return info, slices.DeleteFunc(found, func(f finding) bool { return f == finding{} })
}

// ofSegment says what has become of a segment.
func (d diagnosis) ofSegment(i bridge.Info) finding {
	const id = "name.segment"
	switch i.State() {
	case bridge.StateInUse:
		f := fine(id, "%s is in use: %d bytes, %d attached", i.Key, i.Size, i.Attached)
		if i.Key.Type.Family() != ipckey.FamilyWindows {
			f.What += ", made by user " + newCensus().user(i.Owner)
		}
		return f
	case bridge.StateOrphan:
		why := "a program that makes it to see whether it runs already gets AlreadyExists: it was killed or has crashed before"
		if i.Key.Type.Family() == ipckey.FamilyPosix {
			why += ", or has ended as usual: Qt never removes a POSIX segment"
		}
		return finding{id, levelProblem, fmt.Sprintf("%s is an orphan: nobody is attached", i.Key), why, d.clean(i.Key)}
	case bridge.StateKeyFileOnly:
		return finding{id, levelNote, fmt.Sprintf("of %s only the key file is left", i.Key),
			"attach() says NotFound; create() uses the file again", d.clean(i.Key)}
	}
	return finding{id, levelNote, fmt.Sprintf("of %s there is only the lock", i.Key),
		"somebody uses it as a QSystemSemaphore or is about to attach, or was killed", d.clean(i.Key) + ", if it is nobody's"}
}

// ofLock says what is wrong with a lock.
func (d diagnosis) ofLock(i bridge.Info) finding {
	const id = "name.lock"
	s, who := i.Semaphore, process(i.Semaphore.LastPID)
	if i.Key.Type.Family() == ipckey.FamilyPosix {
		who = processes(s.Users)
	}
	switch state := s.State(); {
	case state == bridge.LockDead:
		remedy := "end the programs that wait for it, then " + d.clean(i.Key)
		if i.Key.Type.Family() == ipckey.FamilyPosix {
			remedy = "qtpeer read, write or lock with --break-dead-lock takes it over; or " + remedy
		}
		return finding{id, levelProblem, fmt.Sprintf("the lock of %s is held by a process that has died", i.Key),
			fmt.Sprintf("attach(), lock() and detach() of Qt wait for ever; %d wait now", max(s.Waiting, 0)), remedy}
	case state == bridge.LockHeld:
		return finding{id, levelNote, fmt.Sprintf("the lock of %s is held, by %s as it seems", i.Key, who),
			fmt.Sprintf("if that lasts, others wait for ever, for Qt has no timeout; %d wait now", max(s.Waiting, 0)),
			"see whether that program has stopped between lock() and unlock()"}
	case state == bridge.LockFree && s.Value > 1 && i.Exists:
		return finding{id, levelWarning, fmt.Sprintf("the lock of %s admits %d at a time", i.Key, s.Value),
			"a create() of Qt that failed has reset it while somebody held it: it no longer protects the content",
			"end all programs that use the segment, then " + d.clean(i.Key)}
	}
	return finding{}
}

// clean is the command that removes what is left of a segment.
func (d diagnosis) clean(key ipckey.Key) string {
	command := "qtpeer clean --key " + shellWord(key.String()) + " --yes"
	if d.tmpdir != "" {
		command += " --tmpdir " + shellWord(d.tmpdir)
	}
	return command
}

// inOtherDirectories finds System V objects of the same name that have their key files where we do not look.
func inOtherDirectories(keys []ipckey.Key, listed []bridge.Info) (found []finding) {
	for _, l := range listed {
		dir, name := filepath.Split(l.Key.Native)
		sameName := func(k ipckey.Key) bool {
			return k.Type == l.Key.Type && k.Legacy != "" && filepath.Base(k.Native) == name
		}
		if !slices.ContainsFunc(keys, sameName) || slices.ContainsFunc(keys,
			func(k ipckey.Key) bool { return k.Native == l.Key.Native }) {
			continue
		}
		dir = filepath.Clean(dir)
		found = append(found, finding{"name.elsewhere", levelWarning, fmt.Sprintf("%s has the same name (%s)", l.Key.Native,
			l.State()),
			fmt.Sprintf("a program with TMPDIR=%s does not meet those with TMPDIR=%s", dir, filepath.Dir(keys[0].Native)),
			"give all programs one TMPDIR; qtpeer finds that one with --tmpdir " + shellWord(dir)})
	}
	return found
}

func absent(keys []ipckey.Key) finding {
	var texts []string
	for _, key := range keys {
		texts = append(texts, key.String())
	}
	return finding{"name.absent", levelNote, "there is no segment of that name: " + strings.Join(texts, ", "),
		"either no program has created it yet, or the name or the directory of key files is another",
		`"qtpeer ls" has what there is; --pid compares with the Qt program's directories`}
}
