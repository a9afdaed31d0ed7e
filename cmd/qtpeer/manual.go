//go:build share

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// writeManual writes a manual page of every command. SOURCE_DATE_EPOCH dates them, otherwise they have no date, so that the
// same source makes the same pages.
func writeManual(root *cobra.Command, dir string) error {
	var date time.Time
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
		}
		date = time.Unix(seconds, 0).UTC()
	}
	description, exit, found := strings.Cut(root.Long, "Exit status: ")
	if !found {
		return errors.New("the text of qtpeer has no paragraph that begins with \"Exit status: \"")
	}
	root.Long = description
	root.DisableAutoGenTag = true
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return writePages(root, dir, date, exit)
}

func writePages(cmd *cobra.Command, dir string, date time.Time, exit string) error {
	page, err := manualPage(cmd, date, exit)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, pageName(cmd)+".1"), page, 0o644); err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		if err := writePages(sub, dir, date, exit); err != nil {
			return err
		}
	}
	return nil
}

func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// environment is what all commands read. Whatever else Qt derives names from is no variable.
const environment = `.SH ENVIRONMENT
.TP
\fBTMPDIR\fP
The directory of the key files of System V objects, /tmp if it is not set. It has to be that of the Qt program:
\fB--tmpdir\fP sets another.
.TP
\fBXDG_RUNTIME_DIR\fP
The directory of the key files of platform-safe System V keys.
.TP
\fBNO_COLOR\fP
If it is set, and not empty, nothing is printed in colour.
`

const seeAlso = `, \fBipcs(1)\fP, \fBsysvipc(7)\fP, \fBshm_overview(7)\fP, \fBsem_overview(7)\fP
`

// noDate is how cobra writes that of the zero time.
const noDate = `"Jan 0001"`

// manualPage is what cobra makes of a command, with its options laid out as those of other programs, and with more sections.
func manualPage(cmd *cobra.Command, date time.Time, exit string) ([]byte, error) {
	cmd.InitDefaultVersionFlag()
	cmd.DisableFlagsInUseLine = true
	if cmd.HasSubCommands() {
		cmd.Use += " COMMAND"
	}
	cmd.Long = markdown(cmd.Long) + commandList(cmd)
	header := doc.GenManHeader{Date: &date, Source: "qtpeer " + version, Manual: "User Commands"}
	var b bytes.Buffer
	if err := doc.GenMan(cmd, &header, &b); err != nil {
		return nil, err
	}
	page := strings.NewReplacer(
		noDate, `""`,
		".SH OPTIONS INHERITED FROM PARENT COMMANDS", ".SH GLOBAL OPTIONS",
		".SH EXAMPLE\n", ".SH EXIT STATUS\n"+exit+"\n"+environment+".SH EXAMPLES\n",
	).Replace(b.String())
	page = option.ReplaceAllStringFunc(page, layOut)
	page = strings.TrimSpace(page) + seeAlso
	return []byte(ascii.Replace(page)), nil
}

// ascii is for what is copied from a page into a shell: roff makes typographic characters of these.
var ascii = strings.NewReplacer(`\-`, `\-`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// option is one in cobra's words: its names, its default value, what it is for, and in this the name of its argument.
var option = regexp.MustCompile(`(?:\.PP\n)?(\\fB-[\w-]+\\fP(?:, \\fB--[\w-]+\\fP)?)(\[?=.*)\n\t((?:.*?\\fB([A-Z=]+)\\fR)?.*)`)

// layOut gives an option the form of man(7), with its argument and, unless that says nothing, its default value.
func layOut(words string) string {
	match := option.FindStringSubmatch(words)
	names, value, purpose, argument := match[1], strings.Trim(match[2], `="`), match[3], match[4]
	switch {
	case value == "[=false]":
		return ".TP\n" + names + "\n" + purpose
	case argument == "":
		argument = "VALUE"
	}
	if !slices.Contains([]string{"", "[]", "0", "0s"}, value) {
		purpose += " (default " + value + ")"
	}
	purpose = strings.ReplaceAll(purpose, `\fB`+argument+`\fR`, `\fI`+argument+`\fP`)
	return ".TP\n" + names + `=\fI` + argument + `\fP` + "\n" + purpose
}

// commandList is a section in Markdown with the commands of a command.
func commandList(cmd *cobra.Command) string {
	if !cmd.HasSubCommands() {
		return ""
	}
	list := "\n\n# COMMANDS\n"
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			list += fmt.Sprintf("**%s(1)**\n: %s\n\n", pageName(sub), sub.Short)
		}
	}
	return list
}

var special = regexp.MustCompile("[\\\\`*_{}\\[\\]()#+\\-.!:|&<>~]")

// markdown is help text in the language that cobra takes it for: every character as it is, and lines that begin with
// spaces each on its own.
func markdown(text string) string {
	var b strings.Builder
	code := false
	for line := range strings.Lines(text) {
		if indented := strings.HasPrefix(line, "  "); indented != code {
			code = indented
			b.WriteString("\n```\n")
		}
		if !code {
			line = special.ReplaceAllString(line, `\$0`)
		}
		b.WriteString(line)
	}
	if code {
		b.WriteString("\n```\n")
	}
	return b.String()
}
