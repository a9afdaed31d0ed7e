package topview

import (
	stdcmp "cmp"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

var update = flag.Bool("update", false, "write the golden files")

var noon = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

// view drives a model as Bubble Tea does, one message at a time.
type view struct {
	t *testing.T
	*model
	objects []bridge.Info
	listErr error
	content []byte
	readErr error
	reads   int
	picture image.Image
	raw     strings.Builder // what was written beside the frames
	cleared int             // how often the screen was
	asked   []time.Duration // of the clock
	ended   bool
}

// newView returns a view of the objects on a screen, with the first list.
func newView(t *testing.T, width, height int, objects ...bridge.Info) *view {
	t.Helper()
	v := &view{t: t, objects: objects}
	v.model = newModel(Source{
		List: func() ([]bridge.Info, error) { return v.objects, v.listErr },
		Describe: func(w io.Writer, i bridge.Info) error {
			_, err := fmt.Fprintf(w, "key      %s\nattached %d\n", i.Key, i.Attached)
			return err
		},
		Name:  func(i bridge.Info) string { return stdcmp.Or(i.Key.Legacy, i.Key.Native, "nameless") },
		Owner: func(i bridge.Info) string { return fmt.Sprint(i.Owner) },
		Users: func(i bridge.Info) string {
			if len(i.Users) == 0 {
				return "-"
			}
			return fmt.Sprint(i.Users[0].Command, " ", i.Users[0].PID)
		},
		Made: func(i bridge.Info) time.Time { return i.Created },
		Read: func(_ bridge.Info, limit int) ([]byte, error) {
			v.reads++
			return v.content[:min(limit, len(v.content))], v.readErr
		},
		Formats: []Format{
			{"text", func(data []byte) (string, error) { return string(data), nil }},
			{"count", func(data []byte) (string, error) { return fmt.Sprintf("%d bytes", len(data)), nil }},
			{"none", func([]byte) (string, error) { return "", errors.New("this is none") }},
		},
		Picture: func([]byte) (image.Image, error) {
			if v.picture == nil {
				return nil, errors.New("no picture")
			}
			return v.picture, nil
		},
	}, func() time.Time { return noon }, func(string) string { return "xterm-256color" })
	v.after = func(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
		v.asked = append(v.asked, d)
		if d == refreshInterval {
			return nil
		}
		return func() tea.Msg { return fn(noon) }
	}
	v.run(v.Init())
	v.send(tea.WindowSizeMsg{Width: width, Height: height})
	return v
}

func (v *view) send(msg tea.Msg) {
	_, cmd := v.Update(msg)
	v.run(cmd)
}

// run carries out a command and sends what comes of it.
func (v *view) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.RawMsg:
		fmt.Fprint(&v.raw, msg.Msg)
	case tea.QuitMsg:
		v.ended = true
	default:
		if msg == tea.ClearScreen() {
			v.cleared++
		} else if all := reflect.ValueOf(msg); all.Kind() == reflect.Slice && all.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for _, cmd := range all.Seq2() {
				v.run(cmd.Interface().(tea.Cmd))
			}
		} else {
			v.send(msg)
		}
	}
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "up": tea.KeyUp, "down": tea.KeyDown,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "left": tea.KeyLeft, "right": tea.KeyRight,
}

// press presses keys, with spaces between them.
func (v *view) press(keys string) {
	v.t.Helper()
	for _, name := range strings.Fields(keys) {
		key := tea.Key{Code: namedKeys[name]}
		if base, found := strings.CutPrefix(name, "ctrl+"); found {
			key = tea.Key{Code: rune(base[0]), Mod: tea.ModCtrl}
		} else if base, found := strings.CutPrefix(name, "shift+"); found {
			key = tea.Key{Code: namedKeys[base], Mod: tea.ModShift}
		} else if key.Code == 0 {
			key = tea.Key{Code: []rune(name)[0], Text: name}
		}
		v.send(tea.KeyPressMsg(key))
	}
}

// screen is the text on the screen. All of it fits.
func (v *view) screen() string {
	v.t.Helper()
	text := ansi.Strip(v.View().Content)
	lines := strings.Split(text, "\n")
	if len(lines) != v.height {
		v.t.Errorf("%d lines on a screen of %d", len(lines), v.height)
	}
	for n, line := range lines {
		if w := ansi.StringWidth(line); w > v.width {
			v.t.Errorf("line %d has %d columns on a screen of %d: %s", n+1, w, v.width, line)
		}
		lines[n] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (v *view) want(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if screen := v.screen(); !strings.Contains(screen, text) {
			v.t.Errorf("no %q on the screen:\n%s", text, screen)
		}
	}
}

func (v *view) wantNone(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if screen := v.screen(); strings.Contains(screen, text) {
			v.t.Errorf("%q is on the screen:\n%s", text, screen)
		}
	}
}

// golden compares the screen with that in a file.
func (v *view) golden(name string) {
	v.t.Helper()
	file := filepath.Join("testdata", name+".golden")
	got := v.screen()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			v.t.Error(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		v.t.Error(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		v.t.Errorf("not the screen of %s (-want +got):\n%s", file, diff)
	}
}

// Objects of every kind.
var (
	inUse = bridge.Info{
		Key:    ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_sharedmemory_camera2ab4", Legacy: "camera"},
		Exists: true, ID: 7, Size: 921652, Attached: 2, Owner: 4000001, Created: noon.Add(-90 * time.Minute),
		Users:     []bridge.Process{{PID: 4321, Command: "viewer"}, {PID: 4300, Command: "grabber"}},
		KeyFile:   bridge.KeyFile{Path: "/tmp/qipc_sharedmemory_camera2ab4", Exists: true},
		Semaphore: bridge.SemaphoreInfo{Native: "/tmp/qipc_systemsem_camera2ab4", Exists: true, Value: 1},
	}
	orphan = bridge.Info{
		Key:    ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_sharedmemory_a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"},
		Exists: true, ID: 8, Size: 1024, Owner: 4000002, Created: noon.Add(-50 * time.Hour),
		Semaphore: bridge.SemaphoreInfo{Native: "/tmp/qipc_systemsem_a94a", Exists: true},
	}
	posix = bridge.Info{
		Key:    ipckey.Key{Type: ipckey.PosixRealtime, Native: "/journal", Legacy: "journal"},
		Exists: true, Size: 1 << 20, Attached: 1, Owner: 4000001, Created: noon.Add(-12 * time.Second),
		Users:     []bridge.Process{{PID: 99, Command: "logger"}},
		Semaphore: bridge.SemaphoreInfo{Native: "/journal_sem", Exists: true, Value: 0, Users: []bridge.Process{{PID: 99, Command: "logger"}}},
	}
	keyFile = bridge.Info{
		Key:     ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_sharedmemory_old77", Legacy: "old"},
		KeyFile: bridge.KeyFile{Path: "/tmp/qipc_sharedmemory_old77", Exists: true, Owner: 4000001, Modified: noon.AddDate(-1, 0, 0)},
	}
	lone = bridge.Info{
		Key:       ipckey.Key{Type: ipckey.PosixRealtime, Native: "/jobs", Legacy: "jobs"},
		Semaphore: bridge.SemaphoreInfo{Native: "/jobs", Exists: true, Value: 3, Owner: 4000002, Users: []bridge.Process{{PID: 5, Command: "worker"}}},
	}
	nameless = bridge.Info{Key: ipckey.Key{Type: ipckey.SystemV}, Exists: true, ID: 9, Ftok: 0x51010203, Size: -1, Attached: -1,
		Owner: 4000003, Created: noon.Add(-26 * time.Minute)}
	everything = []bridge.Info{inUse, orphan, posix, keyFile, lone, nameless}
)

// gradient is a picture.
func gradient(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 64, 255})
		}
	}
	return m
}
