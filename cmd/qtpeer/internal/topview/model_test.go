package topview

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/shmbridge/shmbridge/bridge"
)

// Each list is followed by the next after a second, and there is one at a time.
func TestRefresh(t *testing.T) {
	v := newView(t, 80, 24, inUse)
	if !slices.Equal(v.asked, []time.Duration{refreshInterval}) {
		t.Fatalf("the clock was asked for %v", v.asked)
	}
	v.objects = []bridge.Info{inUse, posix}
	v.send(refreshMsg{v.turn})
	v.want("2 objects", "journal")
	v.objects = nil
	v.send(refreshMsg{v.turn - 1}) // of a list that another has replaced
	v.want("2 objects")

	first := v.refresh()
	if first == nil || v.refresh() != nil {
		t.Error("two lists at a time")
	}
	v.run(first)
	v.want("0 objects")
	if len(v.asked) != 3 {
		t.Errorf("the clock was asked for %v", v.asked)
	}
}

func TestBeforeTheFirstList(t *testing.T) {
	v := newView(t, 80, 24)
	m := newModel(v.source, v.now, func(string) string { return "" })
	v.model = m
	v.want("qtpeer top", "looking ...")
	v.press("enter down s / x enter")
	v.want("looking ...")
}

func TestPause(t *testing.T) {
	for _, key := range []string{"p", "space"} {
		v := newView(t, 80, 24, inUse)
		v.press(key)
		v.want("paused 12:00:00", "p go on")
		v.objects = nil
		v.send(refreshMsg{v.turn})
		v.want("1 object")
		if len(v.asked) != 2 {
			t.Errorf("%s: the clock was asked for %v: it goes on", key, v.asked)
		}
		v.press("r")
		v.want("0 objects", "paused")
		v.objects = []bridge.Info{posix}
		v.press(key)
		v.wantNone("paused")
		v.send(refreshMsg{v.turn})
		v.want("journal")
	}
}

func TestHelp(t *testing.T) {
	v := newView(t, 80, 24, everything...)
	v.press("?")
	v.golden("help")
	v.press("down")
	v.want("camera", "Enter look into")
	if v.chosenName() == "camera" {
		t.Error("the key that ends the help does more")
	}
	v.press("enter ? x")
	v.want("1 info")
}

func TestQuit(t *testing.T) {
	for _, keys := range []string{"q", "ctrl+c", "enter q", "? q", "enter 2 ctrl+c", "enter ? q", "/ ctrl+c"} {
		v := newView(t, 80, 24, everything...)
		if v.press(keys); !v.ended {
			t.Errorf("%s does not end it", keys)
		}
	}
	for _, keys := range []string{"esc", "enter esc", "/ q", "Q"} {
		v := newView(t, 80, 24, everything...)
		if v.press(keys); v.ended {
			t.Errorf("%s ends it", keys)
		}
	}
}

func TestSuspend(t *testing.T) {
	v := newView(t, 80, 24)
	_, cmd := v.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
	if _, ok := cmd().(tea.SuspendMsg); !ok {
		t.Errorf("%T", cmd())
	}
}

func TestResize(t *testing.T) {
	v := newView(t, 80, 24, everything...)
	v.wantNone("USED BY")
	v.send(tea.WindowSizeMsg{Width: 120, Height: 30})
	v.want("USED BY", "viewer 4321")
}

func TestColours(t *testing.T) {
	for profile, want := range map[colorprofile.Profile]bool{
		colorprofile.NoTTY: false, colorprofile.ASCII: false, colorprofile.ANSI: true, colorprofile.ANSI256: true, colorprofile.TrueColor: true,
	} {
		v := newView(t, 80, 24)
		if v.send(tea.ColorProfileMsg{Profile: profile}); v.colored != want {
			t.Errorf("%v: colours: %v", profile, v.colored)
		}
	}
}

func TestAlternateScreen(t *testing.T) {
	if view := newView(t, 80, 24).View(); !view.AltScreen {
		t.Error("what was on the screen is lost")
	}
}
