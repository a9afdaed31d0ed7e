package topview

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

const sixelTerminal, kittyTerminal = "xterm-256color", "xterm-kitty"

// withGraphics is a view of a picture, on a terminal with graphics.
func withGraphics(t *testing.T, term string) *view {
	t.Helper()
	v := newView(t, 80, 24, inUse)
	v.picture = gradient(160, 80)
	v.graphics = newGraphics(func(string) string { return term })
	v.send(uv.CellSizeEvent{Width: 10, Height: 20})
	if term == kittyTerminal {
		v.send(uv.KittyGraphicsEvent{Payload: []byte("OK")})
	} else {
		v.send(uv.PrimaryDeviceAttributesEvent{62, 4, 22})
	}
	v.raw.Reset()
	v.press("enter 4")
	return v
}

func TestTerminalIsAsked(t *testing.T) {
	for term, asked := range map[string]bool{"xterm-256color": true, "xterm-kitty": true, "linux": false, "dumb": false, "": false} {
		g := newGraphics(func(string) string { return term })
		if got := g.query() != nil; got != asked {
			t.Errorf("%q: asked: %v", term, got)
		}
	}
	if v := newView(t, 80, 24); !strings.HasSuffix(v.raw.String(), "\x1b[c") || !strings.HasPrefix(v.raw.String(), "\x1b_G") {
		t.Errorf("%q", v.raw.String())
	}
}

func TestLearn(t *testing.T) {
	ok, refused := uv.KittyGraphicsEvent{Payload: []byte("OK")}, uv.KittyGraphicsEvent{Payload: []byte("ENOTSUPPORTED")}
	for _, tt := range []struct {
		term         string
		answers      []tea.Msg
		kitty, sixel bool
	}{
		{"xterm-kitty", []tea.Msg{ok, uv.PrimaryDeviceAttributesEvent{62}}, true, false},
		{"xterm-ghostty", []tea.Msg{ok}, true, false},
		{"xterm-kitty", []tea.Msg{refused}, false, false},
		{"xterm-256color", []tea.Msg{ok, uv.PrimaryDeviceAttributesEvent{65, 4}}, false, true}, // with the one, but not in characters
		{"xterm-256color", []tea.Msg{uv.PrimaryDeviceAttributesEvent{4}}, false, false},        // a VT132
		{"xterm-256color", []tea.Msg{uv.PrimaryDeviceAttributesEvent{}}, false, false},
		{"xterm-256color", []tea.Msg{"another message", nil}, false, false},
	} {
		g := newGraphics(func(string) string { return tt.term })
		for _, answer := range tt.answers {
			g.learn(answer)
		}
		if g.kitty != tt.kitty || g.sixel != tt.sixel {
			t.Errorf("%s: %+v", tt.term, g)
		}
	}
	g := newGraphics(func(string) string { return "" })
	g.learn(uv.CellSizeEvent{})
	if g.cell != image.Pt(8, 16) {
		t.Errorf("a character is %v", g.cell)
	}
}

func TestSixelPicture(t *testing.T) {
	v := withGraphics(t, sixelTerminal)
	if got := v.raw.String(); strings.Count(got, "\x1bP") != 1 || !strings.HasPrefix(got, "\x1b7\x1b[3;1H\x1bP0;1q\"1;1;800;400") || !strings.HasSuffix(got, "\x1b8") {
		t.Errorf("%.60q", got)
	}
	v.wantNone("▀")
	if v.cleared != 1 {
		t.Errorf("cleared %d times before drawing", v.cleared)
	}
	for _, step := range []struct {
		what           string
		do             func()
		drawn, cleared int
	}{
		{"a key", func() { v.press("down") }, 0, 0},
		{"a list", func() { v.send(refreshMsg{v.turn}) }, 0, 0},
		{"another size", func() { v.send(tea.WindowSizeMsg{Width: 60, Height: 20}) }, 1, 1},
		{"help", func() { v.press("?") }, 0, 1},
		{"back from it", func() { v.press("?") }, 1, 1},
		{"read again", func() { v.press("r") }, 1, 2},
		{"the lock not to be had", func() { v.readErr = errors.New("timed out"); v.press("r") }, 0, 1},
		{"and to be had", func() { v.readErr = nil; v.press("r") }, 1, 2},
		{"suspended", func() { v.send(tea.ResumeMsg{}) }, 1, 1},
		{"another page", func() { v.press("1") }, 0, 1},
		{"a size there", func() { v.send(tea.WindowSizeMsg{Width: 80, Height: 24}) }, 0, 0},
		{"back again", func() { v.press("4") }, 1, 1},
		{"the list", func() { v.press("esc") }, 0, 1},
		{"an end there", func() { v.press("q") }, 0, 0},
	} {
		v.raw.Reset()
		before := v.cleared
		step.do()
		if drawn := strings.Count(v.raw.String(), "\x1bP"); drawn != step.drawn || v.cleared-before != step.cleared {
			t.Errorf("%s: drawn %d times, cleared %d times; want %d and %d", step.what, drawn, v.cleared-before, step.drawn, step.cleared)
		}
	}
}

func TestKittyPicture(t *testing.T) {
	v := withGraphics(t, kittyTerminal)
	got := v.raw.String()
	for _, part := range []string{"\x1b_G", "a=T", "f=100", fmt.Sprint("i=", kittyID), "U=1", "c=80", "r=20", "q=2"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %q in %.100q", part, got)
		}
	}
	screen := v.View().Content
	if n := strings.Count(screen, "\U0010eeee"); n != 80*20 {
		t.Errorf("%d placeholders, want %d", n, 80*20)
	}
	if !strings.Contains(screen, fmt.Sprintf("\x1b[38;5;%dm", kittyID)) {
		t.Error("the placeholders do not say of which picture they are")
	}
	v.screen() // they are one column each
	for _, keys := range []string{"1", "4 esc", "enter 4 ?", "? q"} {
		v.raw.Reset()
		v.press(keys)
		if !strings.HasSuffix(v.raw.String(), fmt.Sprintf("\x1b_Ga=d,d=I,i=%d,q=2\x1b\\", kittyID)) {
			t.Errorf("%s: the picture is not erased: %.60q", keys, v.raw.String())
		}
	}
}

// What is encoded when the user has gone on is not drawn.
func TestLatePicture(t *testing.T) {
	for _, term := range []string{sixelTerminal, kittyTerminal} {
		for _, keys := range []string{"1", "esc", "?"} {
			v := withGraphics(t, term)
			msg, ok := v.wanted()
			if !ok {
				t.Fatal("no picture is wanted")
			}
			v.press(keys)
			v.raw.Reset()
			v.send(msg)
			v.send(drawnMsg{msg, "late"})
			if got := v.raw.String(); got != "" {
				t.Errorf("%s: %s: %.60q is drawn", term, keys, got)
			}
		}
	}
}

func TestNoGraphicsWithoutColours(t *testing.T) {
	for _, term := range []string{sixelTerminal, kittyTerminal} {
		v := withGraphics(t, term)
		v.press("esc")
		v.raw.Reset()
		v.colored = false
		v.press("enter 4")
		if strings.ContainsAny(v.raw.String(), "q#") || strings.Contains(v.View().Content, "38;") {
			t.Errorf("%s: graphics all the same", term)
		}
		v.want(".....")
	}
}

// A picture is made for a screen once, however often that is drawn.
func TestPictureIsKept(t *testing.T) {
	v := inDetail(t, inUse, "content")
	v.picture = gradient(160, 80)
	v.press("4")
	v.screen()
	lines := &v.detail.drawn[0]
	v.screen()
	if lines != &v.detail.drawn[0] {
		t.Error("it is scaled for every frame")
	}
	v.send(tea.WindowSizeMsg{Width: 70, Height: 20})
	v.screen()
	if lines == &v.detail.drawn[0] {
		t.Error("it is not scaled for another size")
	}
}
