package topview

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/shmbridge/shmbridge/bridge"
)

// inDetail is a view of one object with content.
func inDetail(t *testing.T, object bridge.Info, content string) *view {
	t.Helper()
	object.Size = int64(len(content))
	v := newView(t, 80, 24, object)
	v.content = []byte(content)
	v.press("enter")
	return v
}

func TestPages(t *testing.T) {
	v := inDetail(t, inUse, "Hello, world!\x00\x1b[31m and more\n"+strings.Repeat("\x00", 20))
	v.golden("info")
	v.press("2")
	v.golden("hex")
	v.press("3")
	v.golden("text")
	v.press("4")
	v.want("no picture")
	v.picture = gradient(160, 40)
	v.press("r")
	v.golden("image")
	v.send(tea.WindowSizeMsg{Width: 40, Height: 10})
	v.golden("image_40x10")
	v.colored = false
	v.golden("image_no_color")
}

// Nothing is attached to before the user asks for content, and each asking is one visit.
func TestContentIsReadWhenAskedFor(t *testing.T) {
	v := inDetail(t, inUse, "content")
	for _, step := range []struct {
		keys  string
		reads int
		want  string
	}{
		{"esc enter", 0, "attach read-only, take the lock"}, {"r", 0, "1 info"}, {"2", 1, "|content|"}, {"3", 1, "as text"}, {"4", 1, "no picture"},
		{"2", 1, "|content|"}, {"r", 2, "|content|"}, {"1 r", 2, "attached"}, {"esc enter 3", 3, " content"}, {"tab tab tab", 3, "|content|"},
	} {
		v.press(step.keys)
		v.want(step.want)
		if v.reads != step.reads {
			t.Errorf("%s: read %d times, want %d", step.keys, v.reads, step.reads)
		}
	}
}

func TestTabs(t *testing.T) {
	v := inDetail(t, inUse, "content")
	for _, step := range []struct {
		key  string
		want page
	}{
		{"tab", pageHex}, {"right", pageText}, {"l", pagePicture}, {"tab", pageInfo}, {"shift+tab", pagePicture}, {"shift+tab", pageText},
		{"1", pageInfo}, {"4", pagePicture}, {"2", pageHex}, {"3", pageText}, {"5", pageText},
	} {
		if v.press(step.key); v.detail.page != step.want {
			t.Errorf("%s: page %d, want %d", step.key, v.detail.page, step.want)
		}
	}
	for _, key := range []string{"esc", "backspace", "left", "h"} {
		v.press("enter 2 " + key)
		if v.detail != nil {
			t.Errorf("%s does not lead back", key)
		}
	}
}

// While the lock is waited for, everything else goes on, and what comes late does no harm.
func TestWaitingForTheLock(t *testing.T) {
	v := inDetail(t, posix, "content")
	_, read := v.Update(tea.KeyPressMsg{Code: '2', Text: "2"})
	v.want("    waiting for the lock ...", "Attaching read-only")
	v.press("r r 3")
	v.want("waiting for the lock ...")
	v.send(refreshMsg{v.turn})
	if v.reads != 0 {
		t.Errorf("read %d times beside the one that waits", v.reads)
	}
	v.run(read)
	v.want("lock held", "as text", " content")

	_, read = v.Update(tea.KeyPressMsg{Code: 'r', Text: "r"})
	v.press("esc")
	v.run(read) // nobody waits for it any more
	v.want("1 object")
	_, read = v.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	v.run(read)
	v.want("1 info")
}

// What comes late of one object is not taken for another's.
func TestLateContent(t *testing.T) {
	small := posix
	small.Size = 13
	for _, page := range "234" {
		v := inDetail(t, inUse, "of the first")
		v.picture, v.objects = gradient(1, 1), []bridge.Info{inUse, small}
		if page != '2' {
			v.press("2") // which reads, so that the page only decodes
		}
		_, first := v.Update(tea.KeyPressMsg{Code: page, Text: string(page)})
		late := first()
		v.press("esc r down enter")
		v.content, v.picture = []byte("of the second"), gradient(2, 2)
		_, second := v.Update(tea.KeyPressMsg{Code: page, Text: string(page)})
		v.send(late)
		v.wantNone("of the first", "1 x 1 pixels")
		v.run(second)
		v.send(late)
		v.want("journal", map[rune]string{'2': "|of the second|", '3': " of the second", '4': "2 x 2 pixels"}[page])
	}
}

// A picture that took longer to decode than the next one does not replace it.
func TestSlowPicture(t *testing.T) {
	v := inDetail(t, inUse, "content")
	v.picture = gradient(1, 1)
	v.press("2")
	_, slow := v.Update(tea.KeyPressMsg{Code: '4', Text: "4"})
	late := slow()
	v.picture = gradient(2, 2)
	v.press("r")
	v.send(late)
	v.want("2 x 2 pixels")
}

func TestLockIsNotToBeHad(t *testing.T) {
	v := inDetail(t, posix, "content")
	v.readErr, v.content = errors.New("timed out after 500ms: somebody else holds the lock"), nil
	for _, page := range []string{"2", "3", "4"} {
		v.press(page)
		v.want("timed out after 500ms", "r tries again", "lock held")
	}
	v.readErr, v.content = nil, []byte("content")
	v.press("2 r")
	v.want("|content|")
	v.wantNone("timed out")
	v.readErr, v.content = errors.New("timed out"), nil
	v.press("r")
	v.want("timed out")
	v.wantNone("|content|")
}

func TestFormats(t *testing.T) {
	v := inDetail(t, inUse, "content")
	for _, step := range []struct{ key, want string }{
		{"f", "as count"}, {"f", "as none"}, {"f", "as text"}, {"F", "as none"}, {"F", "as count"},
	} {
		v.press(step.key)
		v.want(step.want)
	}
	v.want("7 bytes", "3 decoded")
	v.press("f")
	v.want("this is none", "f and F try other formats")
	v.press("2 f")
	v.want("as text", " content")

	_, slow := v.Update(tea.KeyPressMsg{Code: 'f', Text: "f"})
	v.want("decoding ...")
	v.press("f")
	v.run(slow) // another format has been chosen
	v.want("this is none")
}

func TestLongTextIsCut(t *testing.T) {
	v := inDetail(t, inUse, strings.Repeat("x", longestText)+"end")
	v.press("3 end")
	v.want("... and 3 more bytes")
	v.wantNone("end")
}

// Of a large segment the beginning is read, which is told.
func TestLargeSegment(t *testing.T) {
	large := inUse
	large.Size = contentLimit + 1
	v := newView(t, 80, 24, large)
	v.content = bytes.Repeat([]byte{1}, contentLimit+1)
	v.press("enter 2")
	v.want(fmt.Sprintf("%d of %d bytes", contentLimit, contentLimit+1))
}

func TestScroll(t *testing.T) {
	var text strings.Builder
	for n := range 100 {
		fmt.Fprintf(&text, "line %02d %s\n", n, "....")
	}
	v := inDetail(t, inUse, text.String())
	const page = 21
	first := func() string { return strings.TrimSpace(strings.Split(v.screen(), "\n")[2]) }
	v.press("3")
	for _, step := range []struct{ key, want string }{
		{"up", "line 00 ...."}, {"down", "line 01 ...."}, {"j", "line 02 ...."}, {"k", "line 01 ...."}, {"pgdown", fmt.Sprintf("line %d ....", 1+page)},
		{"pgup", "line 01 ...."}, {"end", fmt.Sprintf("line %d ....", 100-page)}, {"down", fmt.Sprintf("line %d ....", 100-page)},
		{"home", "line 00 ...."}, {"G", fmt.Sprintf("line %d ....", 100-page)}, {"g", "line 00 ...."},
	} {
		if v.press(step.key); first() != step.want {
			t.Errorf("%s: %s, want %s", step.key, first(), step.want)
		}
	}
	v.press("end 2")
	if !strings.HasPrefix(first(), "00000000 ") {
		t.Errorf("another page begins with %s", first())
	}
	v.press("end")
	rows := (v.detail.lines(v.model))
	if want := fmt.Sprintf("%08x ", (rows-page)*16); !strings.HasPrefix(first(), want) {
		t.Errorf("the last page of the dump begins with %s, want %s", first(), want)
	}
	v.send(tea.WindowSizeMsg{Width: 80, Height: 200})
	if !strings.HasPrefix(first(), "00000000 ") {
		t.Errorf("in a large window the dump begins with %s", first())
	}
}

// The object is that of the last list, until it is gone.
func TestObjectIsFollowed(t *testing.T) {
	v := inDetail(t, inUse, "content")
	changed := inUse
	changed.Attached, changed.Semaphore.Value = 9, 0
	changed.Semaphore.Waiting = -1
	v.objects = []bridge.Info{posix, changed}
	v.press("r")
	v.want("attached 9", "lock held")
	v.objects, v.listErr = []bridge.Info{posix}, errors.New("no list of System V")
	v.press("r")
	v.wantNone("gone")
	v.listErr = nil
	v.press("r")
	v.want("gone", "attached 9")
	v.objects = []bridge.Info{inUse}
	v.press("r")
	v.want("attached 2")
	v.wantNone("gone")
}

func TestNoSegmentToRead(t *testing.T) {
	for _, object := range []bridge.Info{keyFile, lone} {
		v := inDetail(t, object, "content")
		v.wantNone("Content:")
		v.want(map[string]string{"old": "lock -", "jobs": "semaphore = 3"}[object.Key.Legacy])
		for _, page := range []string{"2", "3", "4"} {
			v.press(page)
			v.want("There is no segment")
		}
		if v.press("r"); v.reads != 0 {
			t.Error("it was read all the same")
		}
	}
}

func TestNoDescription(t *testing.T) {
	v := inDetail(t, inUse, "content")
	v.source.Describe = func(io.Writer, bridge.Info) error { return errors.New("cannot be described") }
	v.want("cannot be described")
}

func TestFooterOfEachPage(t *testing.T) {
	v := inDetail(t, inUse, "content")
	v.picture = gradient(4, 4)
	footers := []string{}
	for _, page := range []string{"1", "2", "3", "4"} {
		v.press(page)
		lines := strings.Split(strings.TrimSpace(v.screen()), "\n")
		footers = append(footers, lines[len(lines)-1])
	}
	if want := []string{
		" Esc back  Tab page  ↑↓ scroll  ? help  q quit",
		" Esc back  Tab page  r read again  ↑↓ scroll  ? help  q quit",
		" Esc back  Tab page  r read again  f F format  ↑↓ scroll  ? help  q quit",
		" Esc back  Tab page  r read again  ? help  q quit",
	}; !slices.Equal(footers, want) {
		t.Errorf("%q", footers)
	}
}
