package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// writtenShare returns the files that the program writes with the tag share, by their names.
func writtenShare(t *testing.T, env ...string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "share")
	cmd := exec.CommandContext(t.Context(), "go", "run", "-tags", "share", ".", dir)
	cmd.Env = append(os.Environ(), env...)
	for _, source := range []string{"share.go", "manual.go"} {
		readString(t, source) // go test caches no result of other versions
	}
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%q: %v\n%s", cmd.Args, err, out)
	}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			files[name] = readString(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestShareHasDate(t *testing.T) {
	// In no time zone is it another.
	page := writtenShare(t, "SOURCE_DATE_EPOCH=1793491200", "TZ=America/New_York")["man/man1/qtpeer-read.1"] // 2026-11-01 00:00 UTC
	if want := `.TH "QTPEER\-READ" "1" "Nov 2026" "qtpeer ` + version + `" "User Commands"`; !strings.Contains(page, want) {
		t.Errorf("no %s in:\n%s", want, page)
	}
}

func TestShare(t *testing.T) {
	files := writtenShare(t, "SOURCE_DATE_EPOCH=")
	pages := map[string]*cobra.Command{}
	var find func(cmd *cobra.Command)
	find = func(cmd *cobra.Command) {
		pages["man/man1/"+strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1"] = cmd
		for _, sub := range cmd.Commands() {
			find(sub)
		}
	}
	find(newRoot(new(options)))
	completions := map[string]string{
		"bash-completion/completions/qtpeer":    "bash",
		"zsh/site-functions/_qtpeer":            "zsh",
		"fish/vendor_completions.d/qtpeer.fish": "fish",
	}
	want := slices.Sorted(maps.Keys(pages))
	want = slices.Sorted(slices.Values(append(want, slices.Collect(maps.Keys(completions))...)))
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(files))); diff != "" {
		t.Fatalf("files (-want +got):\n%s", diff)
	}
	for file, shell := range completions {
		out, err := qtpeer(t, "completion", shell).Output()
		if err != nil || string(out) != files[file] {
			t.Errorf("%s is not what \"qtpeer completion %s\" prints (%v)", file, shell, err)
		}
	}
	if page := files["man/man1/qtpeer.1"]; !strings.Contains(page, `.TH "QTPEER" "1" "" `) {
		t.Errorf("the page has a date that nobody gave:\n%s", page)
	}
	for file, cmd := range pages {
		t.Run(filepath.Base(file), func(t *testing.T) { checkPage(t, cmd, files[file]) })
	}
}

// checkPage compares a manual page, as a screen without bounds shows it, with the help of its command.
func checkPage(t *testing.T, cmd *cobra.Command, page string) {
	if plain := strings.ReplaceAll(page, `\-`, ""); strings.ContainsAny(plain, "-'`^~") || strings.Contains(plain, `\fR`) {
		t.Errorf("roff changes a character of -'`^~, or a placeholder is not in italics, in:\n%s", page)
	}
	shown := groff(t, page)
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	if head := strings.ToUpper(name) + "(1)"; !strings.HasPrefix(shown, head) {
		t.Errorf("the page does not begin with %s:\n%s", head, shown)
	}
	for line := range strings.Lines(cmd.Example) {
		if !strings.Contains(shown, "\n       "+strings.TrimSuffix(line, "\n")+"\n") {
			t.Errorf("no example %q in:\n%s", line, shown)
		}
	}
	text := strings.Join(strings.Fields(shown), " ")
	description, _, _ := strings.Cut(cmd.Long, "Exit status: ")
	_, exit, _ := strings.Cut(cmd.Root().Long, "Exit status: ")
	use := strings.TrimSuffix(cmd.CommandPath(), cmd.Name()) + cmd.Use
	if cmd.HasSubCommands() {
		use += " COMMAND"
	}
	for _, words := range []string{name + " - " + cmd.Short + " SYNOPSIS " + use + " DESCRIPTION " + description, "EXIT STATUS " + exit + " ENVIRONMENT "} {
		if words = strings.Join(strings.Fields(words), " "); !strings.Contains(text, words) {
			t.Errorf("the page has no %q:\n%s", words, shown)
		}
	}
	for _, sub := range cmd.Commands() {
		if entry := name + "-" + sub.Name() + "(1) " + sub.Short + " "; !strings.Contains(text, entry) {
			t.Errorf("the page has no %q:\n%s", entry, shown)
		}
	}
	checkOptions(t, cmd, shown)
	checkSections(t, cmd, shown)
}

// helped is an option as --help prints it, in one line.
var helped = regexp.MustCompile(`(--[\w-]+)(?: (\S+))? {2,}(.*)\n`)

// checkOptions compares the options on a page with those of --help.
func checkOptions(t *testing.T, cmd *cobra.Command, shown string) {
	_, got, _ := strings.Cut(shown, "\nOPTIONS\n")
	got, _, _ = strings.Cut(got, "\nEXIT STATUS\n")
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	want := cmd.LocalFlags().FlagUsages()
	if cmd.HasParent() {
		want += "GLOBAL OPTIONS " + cmd.InheritedFlags().FlagUsages()
	}
	want = helped.ReplaceAllStringFunc(want, func(line string) string {
		match := helped.FindStringSubmatch(line)
		option, argument, purpose := match[1], match[2], strings.ReplaceAll(match[3], `"`, "")
		switch {
		case argument == "":
			return option + " " + purpose + " "
		case argument != strings.ToUpper(argument): // the name of a Go type
			argument = "VALUE"
		}
		return option + "=" + argument + " " + purpose + " "
	})
	if diff := cmp.Diff(strings.Fields(want), strings.Fields(got)); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
}

// checkSections looks for all sections, in the order of man-pages(7).
func checkSections(t *testing.T, cmd *cobra.Command, shown string) {
	want := []string{"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "GLOBAL OPTIONS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"}
	if cmd.HasSubCommands() {
		want = slices.Insert(want, 3, "COMMANDS")
	}
	if !cmd.HasParent() {
		want = slices.DeleteFunc(want, func(s string) bool { return s == "GLOBAL OPTIONS" })
	}
	var got []string
	for line := range strings.Lines(shown) {
		if title := strings.TrimSuffix(line, "\n"); title != "" && title[0] != ' ' && strings.ToUpper(title) == title {
			got = append(got, title)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s\n%s", diff, shown)
	}
}

// groff shows a page. It must have nothing to complain of.
func groff(t *testing.T, page string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-rLL=4000n", "-P-cbou")
	cmd.Stdin = strings.NewReader(page)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Errorf("groff: %v\n%s\n%s", err, &complaints, page)
	}
	return string(out)
}
