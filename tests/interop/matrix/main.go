// Matrix plays every case of tests/interop/CASES.md between the peers, each as creator and as partner, in every world in which both
// can be, and writes what came of it:
//
//	go run ./tests/interop/matrix [-qt VERSION,...|all] [-peer ID,...] [-with ID,...] [-case NAME,...] [-world NAME,...] [-all-pairs] [-o RESULTS.json]
//	go run ./tests/interop/matrix -cell 'L-lock-dies/posix-safe/go->qt-6.8.3'
//
// The second form plays one cell and prints its transcript. Cells are played at the same time by some workers, each in IPC
// namespaces of its own, so that they meet neither each other nor anything else on the machine. A cell that fails as a row
// of KNOWN.md says is known. The last line is the summary; the exit status is 1 unless it says "0 fail" and nothing is missing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop"
)

// workerFlag makes this program a worker.
const workerFlag = "-worker"

// options are those of the command line.
type options struct {
	bin, wine, qt, known, out string
	filter                    filter
	cell                      string
	jobs                      int
	allowMissing              bool
	patience                  time.Duration
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == workerFlag {
		exit(work(os.Stdin, os.Stdout))
	}
	var o options
	list := func(name, usage string) *string { return flag.String(name, "", usage) }
	flag.StringVar(&o.bin, "bin", "build/bin", "the `directory` with the peers that make has built")
	flag.StringVar(&o.wine, "wine", ".cache/wine/wine", "the `program` that runs Windows programs")
	flag.StringVar(&o.qt, "qt", "", "builds of real Qt that take part, too: `versions` of tests/qt/builds.txt, or all")
	flag.StringVar(&o.known, "known", "tests/interop/KNOWN.md", "the `file` with the known faults of Qt")
	flag.StringVar(&o.out, "o", "", "write the results into a `file`, in JSON")
	flag.StringVar(&o.cell, "cell", "", "play one cell, named `CASE/WORLD/CREATOR->PARTNER`, and print its transcript")
	flag.BoolVar(&o.filter.allPairs, "all-pairs", false, "let any two Qts meet; otherwise one of them is "+strings.Join(landmarks, ", "))
	flag.IntVar(&o.jobs, "j", runtime.NumCPU()+1, "how many cells to play at the same time")
	flag.DurationVar(&o.patience, "patience", interop.Patience, "how long a peer may take to answer before it counts as hanging")
	flag.BoolVar(&o.allowMissing, "allow-missing", false, "do not fail for a peer that cannot be had")
	peers := list("peer", "only these peers: `IDs`, or patterns such as qt-6.*")
	with := list("with", "only the pairs of which one is of these: `IDs` or patterns")
	cases := list("case", "only these cases: `names` or patterns")
	worlds := list("world", "only these worlds: `names` or patterns")
	flag.Parse()
	o.filter.peers, o.filter.with, o.filter.cases, o.filter.worlds = words(*peers), words(*with), words(*cases), words(*worlds)
	if flag.NArg() > 0 {
		exit(fmt.Errorf("%q is no flag; -help lists them", flag.Arg(0)))
	}
	stop := make(chan struct{})
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		fmt.Fprintln(os.Stderr, "\nmatrix: interrupted; the cells that have begun are played to their end")
		close(stop)
		<-signals
		os.Exit(130)
	}()
	exit(o.run(stop))
}

// words are those of a list with commas or spaces between.
func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// errFailed is that of a run that says itself what failed.
var errFailed = errors.New("")

func exit(err error) {
	switch {
	case err == nil:
		os.Exit(0)
	case !errors.Is(err, errFailed):
		fmt.Fprintln(os.Stderr, "matrix:", err)
	}
	os.Exit(1)
}
