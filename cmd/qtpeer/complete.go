package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// completeName completes NAME with the names of the segments there are in this TMPDIR, as far as the system lets them be
// known. What goes wrong is no business of somebody who presses Tab.
func (o *options) completeName(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 || o.text != "" || o.native || o.prepare(cmd, args) != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	env := bridge.Environment(o.bridge()...)
	listed, _ := bridge.List()
	for _, i := range listed {
		name, t := i.Key.Legacy, i.Key.Type
		if !i.Exists || !strings.HasPrefix(name, begun) || o.family != "" && o.family != t.Family().String() {
			continue
		}
		if key, err := ipckey.Legacy(env, ipckey.Segment, name, t); err == nil && key.Native == i.Key.Native {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
}

// completeNameCommand is completeName for verbs that run a command, which the shell completes by itself.
func (o *options) completeNameCommand(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 || o.text != "" {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return o.completeName(cmd, args, begun)
}
