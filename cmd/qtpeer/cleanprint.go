package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func printCleaned(w io.Writer, found bridge.Info, removed, asJSON bool) error {
	if asJSON {
		return printJSON(w, struct {
			infoJSON
			Removed bool `json:"removed"`
		}{asInfoJSON(found), removed})
	}
	verb := "would remove"
	if removed {
		verb = "removed"
	}
	switch {
	case found.Exists && found.Key.Type.Family() == ipckey.FamilyPosix:
		fmt.Fprintf(w, "%s %s, %d bytes\n", verb, segmentName(found), found.Size)
	case found.Exists:
		fmt.Fprintf(w, "%s %s, %d bytes, last used by %s\n", verb, segmentName(found), found.Size, process(found.LastPID))
	}
	if found.KeyFile.Exists {
		fmt.Fprintf(w, "%s key file %s\n", verb, found.KeyFile.Path)
	}
	if found.Semaphore.Exists {
		fmt.Fprintf(w, "%s %s\n", verb, lockName(found))
	}
	return nil
}

// verdict is what clean has decided about one of many.
type verdict struct {
	info bridge.Info
	why  string // it goes, or stays
	goes bool
}

type verdictJSON struct {
	infoJSON
	Why string `json:"why"`
}

func printVerdicts(w io.Writer, verdicts []verdict, seen *census, removed, asJSON bool) error {
	if asJSON {
		j := struct {
			Removed bool          `json:"removed"`
			Goes    []verdictJSON `json:"leftovers"`
			Stays   []verdictJSON `json:"kept"`
		}{removed, []verdictJSON{}, []verdictJSON{}}
		for _, v := range verdicts {
			to := &j.Stays
			if v.goes {
				to = &j.Goes
			}
			*to = append(*to, verdictJSON{seen.infoJSON(v.info), v.why})
		}
		return printJSON(w, j)
	}
	does := map[bool]string{true: "would remove", false: "keeps"}
	if removed {
		does[true] = "removed"
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range verdicts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", does[v.goes], shownKey(v.info), v.info.Key.Type.Family(), v.why)
	}
	return table.Flush()
}
