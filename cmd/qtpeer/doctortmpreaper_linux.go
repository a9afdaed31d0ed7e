package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// cronCleaners looks at the daily jobs of tmpreaper and tmpwatch.
func cronCleaners(root fs.FS) (found []finding) {
	const id = "removal.cron"
	for _, cleaner := range []struct{ name, settings, remedy string }{
		{"tmpreaper", "etc/tmpreaper.conf", "TMPREAPER_PROTECT_EXTRA='/tmp/qipc_*' in /etc/tmpreaper.conf"},
		{"tmpwatch", "", "add --exclude-pattern='/tmp/qipc_*' to the call of tmpwatch"},
	} {
		jobs, _ := fs.Glob(root, path.Join("etc/cron.*", cleaner.name))
		for _, job := range jobs {
			text := settingsOf(root, job) + settingsOf(root, cleaner.settings)
			if strings.Contains(text, "qipc_") {
				continue
			}
			found = append(found, finding{id, levelWarning, fmt.Sprintf("%s removes old files in temporary directories (/%s)",
				cleaner.name, job),
				whyKept, cleaner.remedy})
		}
	}
	if len(found) == 0 {
		found = append(found, fine(id, "no job of tmpreaper or tmpwatch removes key files"))
	}
	return found
}

// settingsOf returns a file without its comments.
func settingsOf(root fs.FS, name string) string {
	text, _ := fs.ReadFile(root, name)
	var kept strings.Builder
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}
