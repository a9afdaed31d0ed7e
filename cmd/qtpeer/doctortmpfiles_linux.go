package main

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// tmpRule is a line of tmpfiles.d(5).
type tmpRule struct {
	action byte // its type without modifiers
	path   string
	age    string
	file   string // in which it is
}

// tmpRules returns the lines that matter for cleaning.
func tmpRules(root fs.FS) (rules []tmpRule) {
	for _, file := range dropIns(root, "tmpfiles.d") {
		for line := range strings.Lines(file.text) {
			fields := strings.Fields(line)
			if len(fields) < 2 || !strings.Contains("dDevqQCxX", fields[0][:1]) {
				continue
			}
			rule := tmpRule{fields[0][0], strings.Trim(fields[1], `"'`), "-", file.path}
			rule.path = path.Clean(strings.NewReplacer("%T", "/tmp", "%V", "/var/tmp", "%%", "%").Replace(rule.path))
			if len(fields) > 5 {
				rule.age = fields[5]
			}
			rules = append(rules, rule)
		}
	}
	return rules
}

// ages matches an age after which something is removed: not "-", but "0" too.
var ages = regexp.MustCompile(`[0-9]`)

// ruleFor returns the rule by which systemd-tmpfiles removes files in dir, that of the nearest directory. There is none if the
// key files there are excluded.
func ruleFor(dir string, rules []tmpRule) (nearest tmpRule, found bool) {
	for _, r := range rules {
		if r.action != 'x' && r.action != 'X' && len(r.path) >= len(nearest.path) && matchesAbove(r.path, dir) {
			nearest = r
		}
	}
	excluded := true
	for _, kind := range []string{"sharedmemory", "systemsem"} {
		file := path.Join(dir, "qipc_"+kind+"_a94a8fe5ccb19ba61c4c0873d391e987982fbbd3")
		excluded = excluded && slices.ContainsFunc(rules, func(r tmpRule) bool { return r.excludes(file) })
	}
	return nearest, !excluded && ages.MatchString(nearest.age)
}

// excludes reports whether a line protects a file: x what matches and what is in it, X what matches alone.
func (r tmpRule) excludes(file string) bool {
	matched, _ := path.Match(r.path, file)
	return r.action == 'X' && matched || r.action == 'x' && matchesAbove(r.path, file)
}

// matchesAbove reports whether a pattern matches a path or a directory in which that is.
func matchesAbove(pattern, below string) bool {
	for ; ; below = path.Dir(below) {
		if matched, _ := path.Match(pattern, below); matched || below == path.Dir(below) {
			return matched
		}
	}
}

const whyKept = "Qt never touches a key file once it is made: the file goes while the segment is in use, attach() then says NotFound, " +
	"and a second instance believes that it is the first"

// tmpfilesCleaner looks at whether systemd-tmpfiles removes key files in dir.
func tmpfilesCleaner(root fs.FS, dir string) finding {
	const id = "removal.tmpfiles"
	rule, found := ruleFor(dir, tmpRules(root))
	switch {
	case !runsSystemd(root):
		return fine(id, "systemd, whose timer may remove old files, does not run here")
	case !found:
		return fine(id, "systemd-tmpfiles does not remove key files in %s", dir)
	}
	return finding{id, levelWarning, fmt.Sprintf("systemd-tmpfiles removes what is older than %s in %s (%s)", rule.age, rule.path,
		rule.file),
		whyKept, fmt.Sprintf("echo 'x %s/qipc_*' > /etc/tmpfiles.d/qt-ipc.conf", strings.TrimSuffix(dir, "/"))}
}
