package main

import (
	"slices"

	"github.com/spf13/cobra"
)

// diagnosis is what doctor was asked for.
type diagnosis struct {
	*options
	pid     int    // of a Qt program, or 0
	library string // a Qt library, or ""
}

func newDoctor(o *options) *cobra.Command {
	d := diagnosis{options: o}
	cmd := &cobra.Command{
		Use:   "doctor [NAME] [--pid PID] [--qt LIBRARY]",
		Short: "Find out what keeps programs from sharing memory",
		Long: `Look for what keeps Qt programs, and programs that want to meet them, from sharing memory: kernel limits, directories of
key files by the rules of every version of Qt, containers, and what removes objects that are in use. Each finding says
what there is, why that matters to a user of Qt, and what to do. Limits, containers and removal are looked at on Linux.

With NAME also the objects of that name: who made them, who is attached, and what is wrong with them. With --pid also
what separates us from that process: its user, directories, namespaces and sandbox. With --qt also whether that Qt
library names things as qtpeer does; it does so in a directory of its own, and meets no other program.

Nothing is removed or repaired. With --json the result is {"findings":[...]}, each with "id", "level", "what", "why" and
"do"; the level is ok, note, warning or problem. Exit status: 0 if there is no problem, 1 if there is one.`,
		Example: `  qtpeer doctor
  qtpeer doctor test                    # why does the program say that it is running already?
  qtpeer doctor --pid $(pidof my-qt-app)
  qtpeer doctor --qt /opt/qt/lib/libQt6Core.so.6
  qtpeer doctor --key posix:/test --json | jq '.findings[] | select(.level != "ok")'`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := d.examine(args)
			if err != nil {
				return err
			}
			if err := printFindings(cmd.OutOrStdout(), found, o.json); err != nil {
				return err
			}
			if slices.ContainsFunc(found, func(f finding) bool { return f.Level == levelProblem }) {
				return commandStatus(1)
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&d.pid, "pid", 0, "compare with the surroundings of process `PID`")
	cmd.Flags().StringVar(&d.library, "qt", "", "compare with a Qt core `LIBRARY`: a file, or qt5 or qt6 for the system's")
	return cmd
}

// examine returns all findings, group by group.
func (d diagnosis) examine(args []string) ([]finding, error) {
	ofSystem, err := d.system()
	if err != nil {
		return nil, err
	}
	found := append(directories(), ofSystem...)
	if len(args) > 0 || d.text != "" {
		ofName, err := d.named(args)
		if err != nil {
			return nil, err
		}
		found = append(found, ofName...)
	}
	if d.library != "" {
		ofQt, err := d.compareQt(args)
		if err != nil {
			return nil, err
		}
		found = append(found, ofQt...)
	}
	slices.SortStableFunc(found, func(a, b finding) int { return a.group() - b.group() })
	return found, nil
}
