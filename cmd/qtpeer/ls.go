package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
)

func newList(o *options) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "ls [--all]",
		Short: "List segments, their locks and semaphores",
		Long: `List the segments that have names as Qt gives them, with the value of their locks, and the semaphores that are no
locks of these. This version lists the objects of Windows: those of this session, and those in Global\.

The name that a program passed to Qt is known where it is of letters only: then the key has it as legacyKey. With --json
the result is an array of what "qtpeer info" prints. What this user may not look at has no size and no value.`,
		Example: `  qtpeer ls
  qtpeer ls --all --json | jq '.[].key'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			listed, err := bridge.List()
			if err != nil {
				return err
			}
			if !all {
				listed = slices.DeleteFunc(listed, func(i bridge.Info) bool { return !isNamedByQt(i.Key.Native) })
			}
			if o.json {
				return printListJSON(cmd.OutOrStdout(), listed)
			}
			return printList(cmd.OutOrStdout(), listed)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list those with other names too")
	return cmd
}

// isNamedByQt reports whether a native key of Windows is one that Qt may have derived from a name.
func isNamedByQt(native string) bool {
	for _, namespace := range []string{`Local\`, `Global\`} {
		native = strings.TrimPrefix(native, namespace)
	}
	return slices.ContainsFunc([]string{"qipc_sharedmemory_", "qipc_systemsem_", "shm_", "sem_"},
		func(prefix string) bool { return strings.HasPrefix(native, prefix) })
}

func printList(w io.Writer, listed []bridge.Info) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "OBJECT\tSIZE\tATTACHED\tVALUE\tKEY")
	for _, i := range listed {
		object, value := "segment", "-"
		if !i.Exists {
			object, i.Size, i.Attached = "semaphore", -1, -1
		}
		if i.Semaphore.Exists {
			value = number(i.Semaphore.Value)
		}
		key := strings.ToValidUTF8(i.Key.String(), "\ufffd") // any program may give any name
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", object, number(i.Size), number(i.Attached), value, key)
	}
	return table.Flush()
}

// number is n, unless the system does not tell.
func number[T int | int64](n T) string {
	if n < 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func printListJSON(w io.Writer, listed []bridge.Info) error {
	j := []infoJSON{}
	for _, i := range listed {
		j = append(j, asInfoJSON(i))
	}
	return printJSON(w, j)
}
