//go:build linux

package interop

import (
	"bufio"
	"bytes"
	"image"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dialogKey is the key in Qt's Shared Memory Example.
const dialogKey = "QSharedMemoryExample"

// TestQtpeerCreatesDialogShows: qtpeer creates a segment with a picture, and the dialog shows it.
func TestQtpeerCreatesDialogShows(t *testing.T) {
	leavesNothing(t)
	s := newScreen(t)
	d := s.newDialog()
	picture := noise(173, 131)
	peer := s.holdPicture(picture)
	if s.shows(picture) {
		t.Fatal("the picture is there before the dialog is asked for it")
	}
	d.press("Tab", "space") // Display Image From Shared Memory
	s.awaits(picture)

	s.must(peer.Process.Signal(syscall.SIGTERM))
	if err := peer.Wait(); err != nil {
		t.Errorf("qtpeer create, told to end: %v", err)
	}
	d.close()
}

// TestDialogLoadsQtpeerReads: the dialog loads a picture into shared memory, and qtpeer reads it there.
func TestDialogLoadsQtpeerReads(t *testing.T) {
	leavesNothing(t)
	s := newScreen(t)
	d := s.newDialog()
	picture := noise(211, 97)
	if s.shows(picture) {
		t.Fatal("the picture is there before it is loaded")
	}
	d.loadFromFile(picture)
	s.awaits(picture) // painted after the segment is filled (dialog.cpp, loadFromFile)

	file := filepath.Join(s.home, "out.png")
	read := s.command(programs(t)["go"][0], "read", dialogKey, "--as", "qimage", "-o", file)
	if words, err := read.CombinedOutput(); err != nil {
		s.fatalf("qtpeer read: %v: %s", err, words)
	}
	if got := s.load(file); got.Rect != picture.Rect || !bytes.Equal(got.Pix, picture.Pix) {
		s.fatalf("qtpeer reads another picture, of %v, than the dialog loaded, of %v", got.Rect.Size(), picture.Rect.Size())
	}
	d.close()
}

// holdPicture starts a qtpeer that has the picture in shared memory until SIGTERM, and returns when it is there.
func (s *screen) holdPicture(picture *image.RGBA) *exec.Cmd {
	file := filepath.Join(s.home, "x.png")
	s.save(picture, file)
	peer := s.command(programs(s.t)["go"][0], "create", dialogKey, "--as", "qimage", "--in", file, "--hold", "1m")
	var complaint bytes.Buffer
	peer.Stderr = &complaint
	out, err := peer.StdoutPipe()
	s.must(err)
	s.start(peer)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.fatalf("qtpeer create: %v: %s", peer.Wait(), &complaint)
	}
	if !strings.HasPrefix(line, "ready ") {
		s.fatalf("qtpeer create says %q, and not that it is ready", line)
	}
	return peer
}

// leavesNothing fails, after everything else that the test has to clean up, for what there is more than now.
func leavesNothing(t *testing.T) {
	before := leftovers(t)
	t.Cleanup(func() {
		for _, what := range leftovers(t) {
			if !slices.Contains(before, what) {
				t.Error("left behind:", what)
			}
		}
	})
}

// dialog is Qt's Shared Memory Example, used by keyboard.
type dialog struct {
	*screen
	program *exec.Cmd
	window  string
}

// newDialog starts the example and waits for its window.
func (s *screen) newDialog() *dialog {
	const place = "/usr/lib/*/qt5/examples/corelib/ipc/sharedmemory/sharedmemory"
	found, err := filepath.Glob(place)
	s.must(err)
	if len(found) == 0 {
		s.t.Fatalf("there is no %s of the package qtbase5-examples: run make deps", place)
	}
	d := &dialog{screen: s, program: s.command(found[0])}
	d.program.Dir = s.t.TempDir()
	s.start(d.program)
	d.window = d.await("SharedMemory Example")
	return d
}

// loadFromFile loads the picture with "Load Image From File...". The file is alone in the directory, so that the
// completion of its name has no choice.
func (d *dialog) loadFromFile(picture *image.RGBA) {
	const name = "in.png"
	d.save(picture, filepath.Join(d.program.Dir, name))
	d.press("space")
	open := d.await("Open")
	closed := func() bool { return d.find("Open") == "" }
	for range 5 { // keys can come before the file dialog takes them
		d.xdotool("windowfocus", "--sync", open, "key", "ctrl+a", "type", "--delay", "1", name)
		d.xdotool("key", "Return")
		if until(2*time.Second, closed) {
			return
		}
	}
	d.fatalf("the file dialog does not close")
}

// press gives the dialog the focus, which nobody does without a window manager, and then the keys.
func (d *dialog) press(keys ...string) {
	d.xdotool(append([]string{"windowfocus", "--sync", d.window, "key"}, keys...)...)
}

// close ends the example as a user does, so that its destructors run.
func (d *dialog) close() {
	d.press("Escape")
	if err := d.program.Wait(); err != nil {
		d.t.Fatalf("the example, closed by Escape, ends with: %v", err)
	}
}

// await returns the window of the title when it is there.
func (s *screen) await(title string) (window string) {
	if !until(Patience/2, func() bool { window = s.find(title); return window != "" }) {
		s.fatalf("there is no window %q", title)
	}
	return window
}

// find returns the window of the title, or "" if it is not visible.
func (s *screen) find(title string) string {
	window, _ := s.command("xdotool", "search", "--onlyvisible", "--name", "^"+title+"$").Output() // fails if there is none
	return strings.TrimSpace(string(window))
}

func (s *screen) xdotool(args ...string) {
	if words, err := s.command("xdotool", args...).CombinedOutput(); err != nil {
		s.fatalf("xdotool %q: %v: %s", args, err, words)
	}
}
