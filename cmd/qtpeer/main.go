// Command qtpeer shares memory and semaphores with Qt programs from the command line: it makes, reads, writes, locks and
// inspects what QSharedMemory and QSystemSemaphore use, and needs no Qt for it. `qtpeer --help` has the verbs and the
// exit statuses.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	// A reader of our output that goes away must not end a process that is attached: writing gives an error instead.
	// (Ignoring the signal would make the commands that qtpeer runs ignore it too.)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	o := new(options)
	os.Exit(report(os.Stderr, newRoot(o).Execute(), o.json))
}

func newRoot(o *options) *cobra.Command {
	root := &cobra.Command{
		Use:   "qtpeer",
		Short: "Share memory and semaphores with Qt programs",
		Long: `qtpeer shares memory and semaphores with Qt programs, without Qt. NAME is the string that the Qt program
passes to QSharedMemory or QSystemSemaphore. Data go to standard output, words to standard error.

Verbs on a segment that exists find it in whatever family and form a program has made it, and say where if it
is not that of QSharedMemory(QString). --type, --native or --key say where to look instead.

Exit status: 0 done, 1 usage or any other error, 2 not found, 3 already exists, 4 timeout, 5 permission,
6 bad data. A command run under "lock", "sem" or "guard" passes on its own, 128+N if signal N ended it; "doctor" has 1 if
it finds a problem.`,
		Example: `  qtpeer ls                              # what is there, and who uses it
  qtpeer clean                           # what killed programs left behind
  qtpeer read test --as text             # print the C string in QSharedMemory("test")
  echo hello | qtpeer write test --as qstring
  qtpeer create test --size 1024         # make it and keep it until Ctrl-C
  qtpeer info --key posix:/test          # a POSIX segment, by its QNativeIpcKey`,
		Args:              cobra.ArbitraryArgs,
		RunE:              runGroup,
		Version:           version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: o.prepare,
	}
	root.SetVersionTemplate("qtpeer {{.Version}}\n")
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%v (see %s --help)", err, cmd.CommandPath())
	})
	o.register(root)
	root.AddCommand(newKey(o), newCreate(o), newRead(o), newWrite(o), newWatch(o), newInfo(o), newList(o), newTop(o), newLock(o), newGuard(o),
		newSem(o), newClean(o), newDoctor(o), newStream(o), newPeer(o), newVersion())
	return root
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  qtpeer version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "qtpeer", version)
			return err
		},
	}
}

// runGroup is the action of a command that only has subcommands.
func runGroup(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	cmd.SuggestionsMinimumDistance = 1
	advice := "see " + cmd.CommandPath() + " --help"
	if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
		advice = "did you mean " + strings.Join(like, " or ") + "?"
	}
	return usage("%s has no command %q: %s", cmd.CommandPath(), args[0], advice)
}

// Examples come first; they are what people look for.
const helpTemplate = `{{with .Example}}Examples:
{{.}}

{{end}}{{or .Long .Short | trimTrailingWhitespaces}}

{{.UsageString}}`

const usageTemplate = `Usage:
  {{with .Parent}}{{.CommandPath}} {{end}}{{.Use}}{{if .HasAvailableSubCommands}} COMMAND

Commands:{{range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
