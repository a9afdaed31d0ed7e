package capi

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// checkQtpeer looks at the installed program, and at its manual pages and completions, where a system looks for them.
func checkQtpeer(t *testing.T, prefix string) {
	t.Helper()
	program := filepath.Join(prefix, "bin/qtpeer")
	version := fmt.Sprintf("qtpeer %s.%s.%s\n", headerNumber(t, "VERSION_MAJOR"), headerNumber(t, "VERSION_MINOR"), headerNumber(t, "VERSION_PATCH"))
	if got := run(t, program, "version"); got != version {
		t.Errorf("%s says that it is %q, want %q", program, got, version)
	}
	verbs := completeInBash(t, prefix, "qtpeer ")
	manual := does(t, []string{"MANPATH=" + filepath.Join(prefix, "share/man"), "MANWIDTH=1000", "LC_ALL=C.UTF-8"}, "man", "qtpeer")
	for _, verb := range slices.DeleteFunc(verbs, func(verb string) bool { return verb == "help" || verb == "completion" }) {
		page := filepath.Join(prefix, "share/man/man1/qtpeer-"+verb+".1")
		if content, err := os.ReadFile(page); err != nil || !strings.Contains(string(content), ".SH EXAMPLES\n") {
			t.Errorf("%s: %v, want a manual page with examples:\n%s", page, err, content)
		}
		if !strings.Contains(manual, "qtpeer-"+verb+"(1)") {
			t.Errorf("qtpeer(1) does not name %s:\n%s", verb, manual)
		}
	}
	for line, want := range map[string]string{"qtpeer rea": "read", "qtpeer stream e": "encode", "qtpeer read x --as int3": "int32", "qtpeer ls --al": "--all"} {
		if got := completeInBash(t, prefix, line); !slices.Equal(got, []string{want}) {
			t.Errorf("bash completes %q with %q, want %q", line, got, want)
		}
	}
	for shell, file := range map[string]string{"zsh": "zsh/site-functions/_qtpeer", "fish": "fish/vendor_completions.d/qtpeer.fish"} {
		file = filepath.Join(prefix, "share", file)
		if content, err := os.ReadFile(file); err != nil || !strings.Contains(string(content), "__complete") {
			t.Errorf("%s: %v, want what asks qtpeer:\n%s", file, err, content)
		}
		if _, err := exec.LookPath(shell); err == nil {
			does(t, nil, shell, "-n", file)
		}
	}
}

// completeInBash returns how bash completes a line with what is installed, without the descriptions it shows beside more than one.
func completeInBash(t *testing.T, prefix, line string) (words []string) {
	t.Helper()
	const script = `source /usr/share/bash-completion/bash_completion
_completion_loader qtpeer
COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=63 COMP_WORDS=($1)
[[ $1 != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { :; } # outside of a completion it has nothing to change
__start_qtpeer
printf '%s\n' "${COMPREPLY[@]}"`
	env := []string{"XDG_DATA_DIRS=" + filepath.Join(prefix, "share"), "PATH=" + filepath.Join(prefix, "bin") + ":" + os.Getenv("PATH")}
	for reply := range strings.Lines(does(t, env, "bash", "--norc", "-c", script, "bash", line)) {
		word, _, _ := strings.Cut(strings.TrimSpace(reply), " ")
		words = append(words, word)
	}
	return words
}
