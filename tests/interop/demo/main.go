// Demo lets Go and the system's Qt 5 and Qt 6 share memory, both ways, and prints what one wrote and the other read:
//
//	go run ./tests/interop/demo -qtpeer build/bin/qtpeer
//
// Its keys are random and its key files in a directory of its own, so it meets no other program. It exits with status 1
// when something went wrong.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop"
)

func main() {
	qtpeer := flag.String("qtpeer", "build/bin/qtpeer", "the `program` that plays both sides")
	flag.Parse()
	if !play(os.Stdout, interop.GoPrograms(*qtpeer)) {
		os.Exit(1)
	}
}

// play plays the scenarios and reports whether none failed.
func play(out io.Writer, programs interop.Programs) bool {
	fmt.Fprintf(out, "Go and real Qt share memory\n\n")
	var trips, failed int
	for _, k := range interop.Cases {
		if !strings.HasPrefix(k.Name, "S") {
			continue
		}
		for _, pair := range [][2]string{{"realqt5", "go"}, {"go", "realqt5"}, {"realqt6", "go"}, {"go", "realqt6"}} {
			done, err := k.Play(programs, pair[0], pair[1])
			if err != nil {
				failed++
				fmt.Fprintf(out, "%-9s  %s -> %s  FAILED: %v\n", k.Name, pair[0], pair[1], err)
				continue
			}
			trips += len(done)
			show(out, k.Name, done)
		}
	}
	fmt.Fprintf(out, "\n%d round trips ok, %d scenarios failed\n", trips, failed)
	return failed == 0
}

func show(out io.Writer, name string, trips []interop.Trip) {
	for _, trip := range trips {
		way := trip.From.Software() + " -> " + trip.To.Software()
		fmt.Fprintf(out, "%-9s  %-16s  wrote %-31s  read %-31s  ok\n", name, way, trip.Wrote, trip.Read)
	}
}
