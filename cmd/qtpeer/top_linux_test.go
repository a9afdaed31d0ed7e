package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

var (
	left  = color.RGBA{200, 40, 20, 255}
	right = color.RGBA{10, 60, 220, 255}
)

// aPicture is a PNG file: above, one colour left of the middle and the other right of it; below, a disc on something blue.
func aPicture(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			c := map[bool]color.RGBA{true: left, false: right}[x < 32]
			switch dx, dy := x-40, y-19; {
			case y < 6:
			case dx*dx+dy*dy < 80:
				c = color.RGBA{250, uint8(240 - 4*y), 90, 255}
			default:
				c = color.RGBA{uint8(2 * x), uint8(8 * y), 160, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// aMap is a QVariant with a QVariantMap, of the version that both Qt 5 and Qt 6 know.
func aMap(t *testing.T) []byte {
	t.Helper()
	types := datastream.Types{}
	variant, err := datastream.ParseType("QVariant", types)
	if err != nil {
		t.Fatal(err)
	}
	value, err := variant.ParseJSON([]byte(`{"type":"QVariantMap","value":{
		"serial":{"type":"QString","value":"SN-0042"},"frames":{"type":"int","value":1024}}}`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := variant.Append(datastream.Format{Version: datastream.V5_13}, nil, value)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inTop starts top and looks for one object.
func inTop(t *testing.T, name string, env ...string) *testTerminal {
	t.Helper()
	p := startInTerminal(t, 80, 24, env, "top")
	p.shows(name)
	p.press("/" + name + "\r")
	p.shows("filter: " + name[:5])
	return p
}

// A real Qt's segment is looked into, page by page, while Qt works with it.
func TestTopLooksIntoRealQt(t *testing.T) {
	for _, qt := range []string{"qt5", "qt6"} {
		t.Run(qt, func(t *testing.T) {
			privateDir(t)
			qtPeer, name := startPeer(t, qt), letters()
			qtPeer.ask("segment a " + name)
			qtPeer.wantSize("create a 4096", 4096)
			qtPeer.ask("put a qvariant-19 " + hex.EncodeToString(aMap(t)))

			p := inTop(t, name)
			p.shows("in use", "free", "4096")
			p.press("\r")
			p.shows("key ", "1 info", "attached", "lock free")
			p.press("2")
			p.shows("00000000  00 00 00 08", "|", "4096 bytes")
			p.shot(qt + "_hex")
			p.press("3")
			p.shows("QVariant", `"SN-0042"`, "1024")
			p.shot(qt + "_decoded")

			qtPeer.want("lock a", "ok")
			p.press("r")
			p.shows("r tries again", "lock held") // and nothing hangs
			p.press("1")
			p.shows("Content:")
			qtPeer.want("unlock a", "ok")
			p.press("3r")
			p.shows(`"SN-0042"`, "lock free")

			qtPeer.ask("put a qimage " + hex.EncodeToString(aPicture(t)))
			p.press("4r")
			p.shows("▀▀▀▀▀▀▀▀", "64 x 32 pixels")
			p.hides("format") // at the bottom, which is drawn last
			for x, want := range map[int]color.RGBA{0: left, 31: left, 32: right, 63: right} {
				if got := uint32(p.vt.Cell(x, 2).FG); got != uint32(want.R)<<16|uint32(want.G)<<8|uint32(want.B) {
					t.Errorf("column %d is %06x, want %v", x, got, want)
				}
			}
			p.shot(qt + "_image")
			p.press("\x1b")
			p.shows("look into")
			p.press("q")
			p.ends()
			qtPeer.want("exit", "ok")
			qtPeer.end()
		})
	}
}

// Without a terminal on both sides, or with --json, nothing is drawn.
func TestTopNeedsATerminal(t *testing.T) {
	terminal := openTerminal(t)
	for name, tt := range map[string]struct {
		in, out io.ReadWriter
		args    []string
	}{
		"no input": {nil, terminal, nil}, "no output": {terminal, nil, nil}, "JSON": {terminal, terminal, []string{"--json"}},
	} {
		cmd, stderr := qtpeer(t, append([]string{"top"}, tt.args...)...), new(strings.Builder)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = tt.in, tt.out, stderr
		if err := cmd.Run(); exitStatus(err) != 1 || !strings.Contains(stderr.String(), "top is for people at a terminal") {
			t.Errorf("%s: %v, %q", name, err, stderr)
		}
	}
}

// What a killed Qt program has left is still there after a look at it.
func TestTopLeavesOrphans(t *testing.T) {
	privateDir(t)
	qtPeer, name := startPeer(t, "qt6"), letters()
	qtPeer.ask("segment a " + name)
	qtPeer.wantSize("create a 64", 64)
	qtPeer.want("put a text left%20behind", "ok 12")
	if err := qtPeer.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = qtPeer.cmd.Wait()

	p := inTop(t, name)
	p.shows("orphan")
	p.press("\r2")
	p.shows("|left behind.....|")
	p.press("\x1b[Z") // Shift+Tab
	p.shows("clean")
	p.shot("info")
	p.press("q")
	p.ends()

	key, err := bridge.LegacyKey(name)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := bridge.Inspect(key); err != nil || !info.Orphan() || !info.Semaphore.Exists {
		t.Errorf("after the look there is %+v, %v", info, err)
	}
	if err := bridge.Remove(context.Background(), key); err != nil {
		t.Error(err)
	}
}

// The list follows what happens, unless it is paused, and a larger window.
func TestTopIsLive(t *testing.T) {
	privateDir(t)
	p := startInTerminal(t, 80, 24, nil, "top")
	p.shows("object")
	qtPeer, name := startPeer(t, "qt5"), letters()
	qtPeer.ask("segment a " + name)
	qtPeer.wantSize("create a 10", 10)
	p.shows(name, "in use")
	p.press("p")
	p.shows("paused")
	qtPeer.want("close a", "ok")
	p.press("?")
	p.shows("Nothing is removed from here")
	p.shot("help")
	p.press("?")
	p.shows(name, "paused") // it is gone, but the list is of before
	p.press("p")
	p.hides(name)
	p.resize(120, 40)
	p.shows("USED BY")
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.ends()
	qtPeer.want("exit", "ok")
	qtPeer.end()
}

var colours = regexp.MustCompile(`\x1b\[([0-9]+;)*([349][0-9]|10[0-7])[;m]`)

func TestTopWithoutColours(t *testing.T) {
	privateDir(t)
	s := withPicture(t)
	p := inTop(t, s, "NO_COLOR=1")
	p.press("\r4")
	p.shows("----::::")
	p.shot("no_color")
	p.press("q")
	p.ends()
	if found := colours.FindString(p.written()); found != "" {
		t.Errorf("a colour all the same: %q", found)
	}
}

// withPicture makes a segment with a QImage, and returns its name.
func withPicture(t *testing.T) string {
	t.Helper()
	qtPeer, name := startPeer(t, "qt6"), letters()
	qtPeer.ask("segment a " + name)
	qtPeer.wantSize("create a 4096", 4096)
	qtPeer.ask("put a qimage " + hex.EncodeToString(aPicture(t)))
	t.Cleanup(func() {
		qtPeer.want("exit", "ok")
		qtPeer.end()
	})
	return name
}

// A terminal that says it has graphics gets the picture itself.
func TestTopUsesGraphics(t *testing.T) {
	for _, tt := range []struct{ term, answer, draws, erases string }{ // draws is a pattern
		{"xterm-256color", "\x1b[?62;4;22c", `\x1bP0;1q"1;1;`, "\x1b[2J"},
		{"xterm-kitty", "\x1b_Gi=1;OK\x1b\\\x1b[?62c", `\x1b_G[^;]*i=77,[^;]*U=1,[^;]*;[^\x1b]+\x1b\\`, "\x1b_Ga=d,d=I,i=77,q=2\x1b\\"},
	} {
		t.Run(tt.term, func(t *testing.T) {
			privateDir(t)
			p := inTop(t, withPicture(t), "TERM="+tt.term)
			p.press(tt.answer)
			p.press("\r4")
			p.until("a picture", func() bool { return regexp.MustCompile(tt.draws).MatchString(p.written()) })
			if strings.Contains(p.screen(), "▀") {
				t.Errorf("half blocks all the same:\n%s", p.screen())
			}
			drawn := len(p.written())
			p.press("1")
			p.shows("Content:")
			p.until("the picture erased", func() bool { return strings.Contains(p.written()[drawn:], tt.erases) })
			p.press("q")
			p.ends()
		})
	}
}

// A held lock keeps nobody from looking at other things, on any screen.
func TestTopScreens(t *testing.T) {
	privateDir(t)
	name := withPicture(t)
	qtPeer := startPeer(t, "qt5")
	for _, command := range []string{
		"segment a telemetry", "create a 65536", "lock a", "segment b settings", "create b 2048", "sem s jobs 3 create",
	} {
		if answer := qtPeer.ask(command); !strings.HasPrefix(answer, "ok") {
			t.Fatalf("%s: %s", command, answer)
		}
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		p := startInTerminal(t, size[0], size[1], nil, "top")
		p.shows(name, "telemetry", "settings", "held", "semaphore", "jobs")
		p.shot(fmt.Sprintf("list_%dx%d", size[0], size[1]))
		p.press("/telemetry\r\r2")
		p.shows("timed out", "r tries again", "lock held")
		p.shot(fmt.Sprintf("lock_held_%dx%d", size[0], size[1]))
		p.press("\x1b")
		p.shows("look into")
		p.press("/\x15jobs\r\r") // Ctrl+U
		p.shows("semaphore  value 3, 0 waiting")
		p.shot(fmt.Sprintf("semaphore_%dx%d", size[0], size[1]))
		p.press("q")
		p.ends()
	}
	qtPeer.want("unlock a", "ok")
	qtPeer.want("exit", "ok")
	qtPeer.end()
}
