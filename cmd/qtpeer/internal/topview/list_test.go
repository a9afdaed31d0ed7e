package topview

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestListOnTheScreen(t *testing.T) {
	for name, size := range map[string][2]int{"list_80x24": {80, 24}, "list_120x40": {120, 40}, "list_60x10": {60, 10}} {
		newView(t, size[0], size[1], everything...).golden(name)
	}
}

// A terminal may have any size.
func TestSmallScreens(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, 24}, {80, 1}, {80, 2}, {80, 3}, {80, 4}, {10, 5}, {20, 10}} {
		v := newView(t, size[0], size[1], everything...)
		v.content, v.picture = []byte("content"), gradient(4, 4)
		for _, keys := range []string{"down", "G", "/ x", "esc", "enter", "2", "3", "4", "down", "?", "?", "esc"} {
			v.press(keys)
			v.screen() // which checks the size
		}
	}
}

// order returns the names on the screen, which are the last words.
func (v *view) order() string {
	var names []string
	for _, line := range strings.Split(v.screen(), "\n")[2 : 2+len(v.list.rows)] {
		words := strings.Fields(line)
		name := words[len(words)-1]
		names = append(names, name[:min(4, len(name))])
	}
	return strings.Join(names, " ")
}

func TestSort(t *testing.T) {
	orders := []string{
		"/tmp came jour name jobs old", // state
		"name old jobs /tmp came jour", // lock
		"name /tmp jobs old jour came", // attached
		"name jobs old /tmp came jour", // size
		"jour name came /tmp jobs old", // age
		"jobs old came jour /tmp name", // owner
		"jobs jour /tmp came name old", // type
		"/tmp jobs name old jour came", // used by
		"/tmp came jobs jour name old", // name
		"/tmp came jour name jobs old", // state again
	}
	v := newView(t, 120, 24, everything...)
	for n, want := range orders {
		if got := v.order(); got != want {
			t.Errorf("by %s: %s; want %s", v.list.columns[v.list.sort].title, got, want)
		}
		if n == len(v.list.columns)-1 {
			v.press("S")
			v.want("NAME↓")
			if got := v.order(); got != "old name jour jobs came /tmp" {
				t.Errorf("turned round: %s", got)
			}
			v.press("S")
		}
		v.want(v.list.columns[v.list.sort].title + "↑")
		v.press("s")
	}
}

// What is not on the screen is not what the list is sorted by.
func TestSortOnANarrowScreen(t *testing.T) {
	v := newView(t, 60, 24, everything...)
	for _, title := range []string{"STATE", "LOCK", "ATT", "SIZE", "AGE", "OWNER", "NAME", "STATE"} {
		v.want(title + "↑")
		v.press("s")
	}
}

func TestFilter(t *testing.T) {
	for filter, want := range map[string]string{
		"CAM": "came", "orphan": "/tmp", "dead": "/tmp", "posix": "jour jobs", "logger": "jour", "4000003": "name", "legacyKey=jo": "jour jobs",
		"/tmp/": "/tmp came old", "": "/tmp came jour name jobs old",
	} {
		v := newView(t, 120, 24, everything...)
		v.press("/ " + strings.Join(strings.Split(filter, ""), " "))
		if got := v.order(); got != want {
			t.Errorf("%s: %s, want %s", filter, got, want)
		}
		v.want("/ "+filter, "Enter keep")
		v.press("enter")
		if filter != "" {
			v.want("filter: " + filter)
			v.wantNone("Enter keep")
		}
		v.press("esc")
		if got := len(v.list.rows); got != len(everything) {
			t.Errorf("after Esc there are %d", got)
		}
	}
}

func TestTypingAFilter(t *testing.T) {
	v := newView(t, 80, 24, everything...)
	v.press("/ q s p ? /")
	v.want("/ qsp?/", "nothing has qsp?/ in it", "0 of 6 objects")
	if v.ended || v.help || v.paused {
		t.Error("keys have done something else than add to the filter")
	}
	v.press("backspace backspace backspace backspace backspace backspace")
	v.want("6 objects", "camera")
	v.press("x y z ctrl+u")
	v.want("6 objects")
	v.press("x esc")
	v.want("6 objects", "/ filter")
	v.press("/ x ctrl+c")
	if !v.ended {
		t.Error("Ctrl+C does not end it")
	}
}

// chosen returns the name of the selected object.
func (v *view) chosenName() string {
	i, _ := v.list.selected()
	return v.source.Name(i)
}

func TestMove(t *testing.T) {
	var many []bridge.Info
	for n := range 50 {
		many = append(many, bridge.Info{Exists: true, ID: n, Attached: 1,
			Key: ipckey.Key{Native: "/" + string(rune('A'+n/10)) + string(rune('0'+n%10)), Type: ipckey.PosixRealtime}})
	}
	v := newView(t, 80, 24, many...)
	const page = 21
	for _, step := range []struct{ key, want, first string }{
		{"up", "/A0", "/A0"}, {"down", "/A1", "/A0"}, {"j", "/A2", "/A0"}, {"k", "/A1", "/A0"}, {"pgdown", "/C2", "/A2"},
		{"end", "/E9", "/C9"}, {"down", "/E9", "/C9"}, {"up", "/E8", "/C9"}, {"pgup", "/C7", "/C7"}, {"home", "/A0", "/A0"},
		{"G", "/E9", "/C9"}, {"g", "/A0", "/A0"},
	} {
		v.press(step.key)
		v.screen()
		if got := v.chosenName(); got != step.want {
			t.Errorf("%s: at %s, want %s", step.key, got, step.want)
		}
		if got := v.source.Name(v.list.rows[v.list.first]); got != step.first {
			t.Errorf("%s: the first on the screen is %s, want %s", step.key, got, step.first)
		}
		if v.list.cursor < v.list.first || v.list.cursor >= v.list.first+page {
			t.Errorf("%s: the selected one is not on the screen", step.key)
		}
	}
}

// The selection stays with an object, wherever it goes.
func TestSelectionFollows(t *testing.T) {
	v := newView(t, 80, 24, everything...)
	v.press("down down")
	if got := v.chosenName(); got != "journal" {
		t.Fatal(got)
	}
	v.press("s s s S")
	if got := v.chosenName(); got != "journal" {
		t.Errorf("sorting selects %s", got)
	}
	changed := posix
	changed.Size, changed.Attached = 5, 0
	v.objects = []bridge.Info{changed, lone}
	v.press("r")
	if got := v.chosenName(); got != "journal" || len(v.list.rows) != 2 {
		t.Errorf("a new list selects %s", got)
	}
	v.objects = []bridge.Info{lone}
	v.press("r")
	if got := v.chosenName(); got != "jobs" {
		t.Errorf("without it, selected is %s", got)
	}
	v.objects = nil
	v.press("r enter")
	v.want("There are no segments")
}

func TestIdentity(t *testing.T) {
	other := nameless
	other.ID = 10
	segment, semaphore := posix, lone
	segment.Key.Native, semaphore.Key.Native = "/x", "/x"
	systemV := inUse
	systemV.Key.Native = "/x"
	var all []string
	for _, i := range append(slices.Clone(everything), other, segment, semaphore, systemV) {
		if id := identity(i); slices.Contains(all, id) {
			t.Errorf("another object is %s as well", id)
		} else {
			all = append(all, id)
		}
	}
}

func TestSummary(t *testing.T) {
	twice := orphan
	twice.ID, twice.Key.Native = 20, "/tmp/other"
	for _, tt := range []struct {
		objects []bridge.Info
		want    string
	}{
		{nil, " 0 objects "},
		{[]bridge.Info{inUse}, " 1 object "},
		{[]bridge.Info{inUse, orphan}, " 2 objects, 1 orphan, 1 dead lock "},
		{[]bridge.Info{orphan, twice}, " 2 objects, 2 orphans, 2 dead locks "},
	} {
		newView(t, 80, 24, tt.objects...).want(tt.want)
	}
}

// What could not be listed is told, and what could is shown.
func TestListErrors(t *testing.T) {
	v := newView(t, 80, 24, everything...)
	v.objects, v.listErr = nil, errors.New("no /proc\nhere \x1b[31m")
	v.press("r")
	v.want("no /proc; here \ufffd[31m", "camera")
	v.objects = []bridge.Info{posix}
	v.press("r")
	v.want("no /proc", "journal")
	v.wantNone("camera")
	v.listErr = nil
	v.press("r")
	v.want("1 object")
	v.wantNone("no /proc")
}

// Names are of other programs: none of them may command the terminal.
func TestNamesAreHarmless(t *testing.T) {
	evil := inUse
	evil.Key.Legacy = "a\x1b]0;title\x07b\x9b31m\nc\xff"
	v := newView(t, 120, 24, evil)
	for _, keys := range []string{"", "enter"} {
		v.press(keys)
		if content := v.View().Content; strings.Contains(content, "\x1b]") || strings.ContainsAny(content, "\x07\u009b") {
			t.Errorf("%q", content)
		}
	}
	v.press("esc / \x1b]")
	v.screen()
}

func TestCells(t *testing.T) {
	broken, unknown, held := inUse, inUse, inUse
	broken.Semaphore.Value, unknown.Semaphore.Value, held.Semaphore.Value = 2, -1, 0
	held.Semaphore.Waiting = -1
	for name, tt := range map[string]struct {
		object              bridge.Info
		state, lock         string
		attached, size      string
		stateStyle, lockSty string
	}{
		"in use":       {inUse, "in use", "free", "2", "900K", green, ""},
		"orphan":       {orphan, "orphan", "dead", "0", "1024", yellow, red},
		"held":         {posix, "in use", "held", "1", "1.0M", green, cyan},
		"key file":     {keyFile, "key file", "-", "-", "-", "", ""},
		"semaphore":    {lone, "semaphore", "= 3", "-", "-", "", ""},
		"no rights":    {nameless, "in use", "-", "?", "?", green, ""},
		"broken lock":  {broken, "in use", "= 2", "2", "900K", green, red},
		"unknown lock": {unknown, "in use", "unknown", "2", "900K", green, ""},
		"of Windows":   {held, "in use", "held", "2", "900K", green, cyan},
	} {
		i := tt.object
		if stateOf(i) != tt.state || lockOf(i) != tt.lock || attachedOf(i) != tt.attached || sizeOf(i) != tt.size {
			t.Errorf("%s: %s, %s, %s, %s", name, stateOf(i), lockOf(i), attachedOf(i), sizeOf(i))
		}
		if stateStyle(i) != tt.stateStyle || lockStyle(i) != tt.lockSty {
			t.Errorf("%s: styles %q, %q", name, stateStyle(i), lockStyle(i))
		}
	}
}
