// Demo lets Go and real Qt share memory, both ways, and prints what one wrote and the other read:
//
//	go run ./tests/interop/demo [-qtpeer PROGRAM] [LIBRARY...]
//
// Each LIBRARY is the path of a Qt core library; without any, the system's Qt 5 and Qt 6 take part. Its keys are random and
// its key files in a directory of its own, so it meets no other program. It exits with status 1 when something went wrong.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop"
)

func main() {
	qtpeer := flag.String("qtpeer", "build/bin/qtpeer", "the `program` that plays both sides")
	flag.Parse()
	libraries := flag.Args()
	if len(libraries) == 0 {
		libraries = []string{"qt5", "qt6"}
	}
	if !play(os.Stdout, *qtpeer, libraries) {
		os.Exit(1)
	}
}

// play plays the scenarios between Go and each Qt and reports whether none failed.
func play(out io.Writer, qtpeer string, libraries []string) bool {
	programs := interop.GoPrograms(qtpeer)
	for _, library := range libraries {
		programs[library] = []string{qtpeer, "peer", "--qt", library}
	}
	fmt.Fprintf(out, "Go and real Qt share memory\n\n")
	var trips, failed int
	for _, k := range interop.Cases {
		if !strings.HasPrefix(k.Name, "S") {
			continue
		}
		for _, library := range libraries {
			if k.Name == "S2-image" && !hasGui(library) {
				fmt.Fprintf(out, "%-9s  not with %s: there is no QtGui beside it\n", k.Name, library)
				continue
			}
			for _, pair := range [][2]string{{library, "go"}, {"go", library}} {
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
	}
	fmt.Fprintf(out, "\n%d round trips ok, %d scenarios failed\n", trips, failed)
	return failed == 0
}

// hasGui reports whether a QImage can be had with a core library: of the system's libraries, QtGui is not looked for.
func hasGui(library string) bool {
	beside, _ := filepath.Glob(filepath.Join(filepath.Dir(library), "libQt?Gui.so.?")) // a bad pattern finds nothing
	return !strings.Contains(library, "/") || len(beside) > 0
}

func show(out io.Writer, name string, trips []interop.Trip) {
	for _, trip := range trips {
		way := trip.From.Software() + " -> " + trip.To.Software()
		fmt.Fprintf(out, "%-9s  %-16s  wrote %-31s  read %-31s  ok\n", name, way, trip.Wrote, trip.Read)
	}
}
