package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// hostile is a text that must be seen as it is.
const hostile = `</script><script>document.title = "taken"</script><img src="http://127.0.0.1:9/" onerror="document.title = 'taken'">|`

// small is a run of seven peers with every verdict.
func small() *results.Run {
	all, old := []string{"systemv-legacy", "posix-safe"}, []string{"systemv-legacy"}
	cell := func(name, world, creator, partner string, verdict results.Verdict, reason string) results.Cell {
		return results.Cell{Case: name, World: world, Creator: creator, Partner: partner, Verdict: verdict, Reason: reason, Transcript: -1, Millis: 12}
	}
	r := &results.Run{
		Started: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Seconds: 61.4,
		Machine: results.Machine{OS: "linux", Arch: "amd64", CPUs: 2, Kernel: "6.1.0-18-amd64"},
		Peers: []results.Peer{
			{ID: "go", Software: "Go", Arch: "amd64", Worlds: all},
			{ID: "go-386", Software: "Go", Arch: "386", Worlds: all},
			{ID: "c", Arch: "amd64", Missing: hostile},
			{ID: "c++", Arch: "amd64", Missing: "not built"},
			{ID: "qt-5.15.8", Software: "Qt 5.15.8", Arch: "amd64", Worlds: old},
			{ID: "qt-6.4.2-386", Software: "Qt 6.4.2", Arch: "386", Worlds: old},
			{ID: "qt-6.8.3", Software: "Qt 6.8.3", Arch: "amd64", Worlds: all},
		},
		Worlds: all,
		Known:  []results.Known{{ID: "K1", Text: "Qt replaces | the lock " + hostile}, {ID: "K2", Text: "not met"}},
		Cells: []results.Cell{
			cell("S1-text", "systemv-legacy", "go", "go", results.Pass, ""),
			cell("S1-text", "systemv-legacy", "go", "go-386", results.Pass, ""),
			cell("S1-text", "systemv-legacy", "go-386", "go", results.Pass, ""),
			cell("S1-text", "systemv-legacy", "c", "go", results.Missing, hostile),
			cell("S1-text", "systemv-legacy", "go", "qt-5.15.8", results.Pass, ""),
			cell("S3-int", "systemv-legacy", "go", "qt-5.15.8", results.Fail, hostile),
			cell("S1-text", "systemv-legacy", "qt-5.15.8", "go", results.Pass, ""),
			cell("S1-text", "systemv-legacy", "qt-6.4.2-386", "go", results.Unsupported, "go does not support: image"),
			cell("S1-text", "systemv-legacy", "go", "qt-6.8.3", results.Pass, ""),
			cell("S1-text", "posix-safe", "go", "qt-6.8.3", results.Pass, ""),
			cell("S3-int", "posix-safe", "qt-6.8.3", "go", results.KnownFault, "attach fails"),
			cell("S1-text", "systemv-legacy", "qt-6.8.3", "qt-6.8.3", results.Pass, ""),
			cell("S1-text", "systemv-legacy", "qt-5.15.8", "qt-6.8.3", results.Pass, ""),
		},
		Transcripts: []string{"creator -> create\n" + hostile, "partner -> attach"},
	}
	r.Cells[5].Transcript, r.Cells[6].Transcript, r.Cells[10].Transcript, r.Cells[10].Known = 0, 1, 1, "K1"
	return r
}

// both is small with four more cells, of Windows programs.
func both() *results.Run {
	r := small()
	world := []string{"windows-legacy"}
	r.Worlds = append(r.Worlds, world...)
	r.Peers = append(r.Peers, results.Peer{ID: "go-windows", Worlds: world}, results.Peer{ID: "qt-6.8.3-windows", Worlds: world})
	for _, pair := range [][2]string{{"go", "go"}, {"go", "qt-6.8.3"}, {"qt-6.8.3", "go"}, {"qt-6.8.3", "qt-6.8.3"}} {
		r.Cells = append(r.Cells, results.Cell{Case: "S1-text", World: world[0], Creator: pair[0] + "-windows", Partner: pair[1] + "-windows",
			Verdict: results.Pass, Transcript: -1})
	}
	return r
}

// whole is a run as large as that of every peer with every other: 38 peers, 40,000 cells and 4,000 transcripts of 3 KB.
func whole() *results.Run {
	r := small()
	r.Cells, r.Transcripts, r.Peers = nil, nil, nil
	r.Worlds = []string{"systemv-legacy", "systemv-safe", "posix-legacy", "posix-safe"}
	ours := []results.Peer{{ID: "go", Software: "Go"}, {ID: "c", Software: "C"}, {ID: "c++", Software: "C++"}, {ID: "go-386", Software: "Go"}, {ID: "go-arm64", Software: "Go"}}
	for _, p := range ours {
		p.Worlds = r.Worlds
		r.Peers = append(r.Peers, p)
	}
	for _, version := range strings.Fields(versions) {
		software, _, _ := strings.Cut(version, "-")
		p := results.Peer{ID: "qt-" + version, Software: "Qt " + software, Worlds: r.Worlds[:1]}
		if len(software) > len("6.5.3") && software[0] == '6' || software >= "6.6" {
			p.Worlds = r.Worlds
		}
		r.Peers = append(r.Peers, p)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		r.Transcripts = append(r.Transcripts, transcript(random))
	}
	for _, creator := range r.Peers {
		for _, partner := range r.Peers {
			r.Cells = append(r.Cells, cellsOf(r, creator, partner, random)...)
		}
	}
	return r
}

const versions = `4.8.7 5.6.0 5.7.1 5.8.0 5.9.3 5.10.1 5.11.2 5.12.10 5.13.2 5.14.2 5.15.2 5.15.8 5.15.8-386 5.15.8-arm64 5.15.18
	6.0.2 6.1.3 6.2.4 6.3.2 6.4.2 6.4.2-386 6.4.2-arm64 6.4.3 6.5.3 6.6.0 6.6.1 6.6.3 6.7.3 6.8.2-trixie 6.8.3 6.9.2 6.10.3 6.12.0`

func cellsOf(r *results.Run, creator, partner results.Peer, random *rand.Rand) (cells []results.Cell) {
	for _, world := range r.Worlds[:min(len(creator.Worlds), len(partner.Worlds))] {
		for i := range 20 {
			cell := results.Cell{Case: fmt.Sprintf("L-case-%d", i), World: world, Creator: creator.ID, Partner: partner.ID, Verdict: results.Pass, Transcript: random.IntN(len(r.Transcripts)), Millis: random.IntN(900)}
			switch n := random.IntN(20_000); {
			case n < 2:
				cell.Verdict, cell.Reason = results.Fail, "Qt 5.15.8 reads 7, want 42"
			case n < 80:
				cell.Verdict, cell.Reason, cell.Known = results.KnownFault, "attach: NotFound", "K1"
			case i == 3 && creator.ID == "c":
				cell.Verdict, cell.Reason = results.Unsupported, "C does not support: encode qimage"
			}
			cells = append(cells, cell)
		}
	}
	return cells
}

func transcript(random *rand.Rand) string {
	var text strings.Builder
	verbs := strings.Fields("segment create attach lock unlock read write put get detach close probe")
	for text.Len() < 3000 {
		fmt.Fprintf(&text, "    %-10s %-6s %s %d %d\n", []string{"creator", "partner", "observer"}[random.IntN(3)], []string{"->", "<-"}[random.IntN(2)], verbs[random.IntN(len(verbs))], random.IntN(9), random.IntN(4096))
	}
	return text.String()
}

func TestTheWholeRunIsWhole(t *testing.T) {
	if r := whole(); len(r.Peers) != 38 || len(r.Cells) < 35_000 || len(r.Transcripts) != 4000 {
		t.Errorf("%d peers, %d cells, %d transcripts", len(r.Peers), len(r.Cells), len(r.Transcripts))
	}
}
