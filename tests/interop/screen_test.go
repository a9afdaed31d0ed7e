//go:build linux

package interop

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// screen is an X server without a monitor, and the programs on it.
type screen struct {
	t      *testing.T
	ctx    context.Context // of every program
	home   string
	env    []string
	pixels string // the XWD file in which the server keeps what it shows
}

// newScreen starts an X server that ends with the test, or when Patience does.
func newScreen(t *testing.T) *screen {
	for _, program := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%v: run make deps", err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), Patience)
	t.Cleanup(cancel)
	s := &screen{t: t, ctx: ctx, home: t.TempDir()}
	s.pixels = filepath.Join(s.home, "Xvfb_screen0")
	s.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.home, "XDG_RUNTIME_DIR=" + s.home,
		"TMPDIR=" + os.Getenv("TMPDIR"), "LC_ALL=C.UTF-8", "QT_QPA_PLATFORM=xcb",
	}
	s.must(os.Chmod(s.home, 0o700)) // as Qt wants the runtime directory
	s.env = append(s.env, "DISPLAY=:"+s.startServer())
	return s
}

// startServer returns the number of the display.
func (s *screen) startServer() string {
	ours, servers, err := os.Pipe()
	s.must(err)
	defer ours.Close()
	x := s.command("Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-fbdir", s.home,
		"-nolisten", "tcp", "-nocursor", "-noreset") // the pointer would be in the picture
	x.ExtraFiles = []*os.File{servers}
	var complaint bytes.Buffer
	x.Stderr = &complaint
	s.start(x)
	s.must(servers.Close())
	number, err := bufio.NewReader(ours).ReadString('\n')
	if err != nil {
		s.t.Fatalf("Xvfb does not start: %v\n%s", x.Wait(), &complaint)
	}
	return strings.TrimSpace(number)
}

// command returns a program that ends with the test. A dead test sends SIGTERM as well, for the server's lock file.
func (s *screen) command(program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.ctx, program, args...)
	cmd.Env, cmd.Dir = s.env, s.home
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// start starts a program and lets the test wait for its end.
func (s *screen) start(cmd *exec.Cmd) {
	s.must(cmd.Start())
	s.t.Cleanup(func() { _ = cmd.Wait() }) // an error when the test has waited already
}

func (s *screen) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// fatalf ends the test and keeps a picture of the screen.
func (s *screen) fatalf(format string, args ...any) {
	s.t.Helper()
	file, err := filepath.Abs("../../build/" + s.t.Name() + ".png")
	s.must(err)
	s.save(s.look(), file)
	s.t.Fatalf(format+"\nthe screen is in %s", append(args, file)...)
}

// look returns what the screen shows.
func (s *screen) look() *image.RGBA {
	xwd, err := os.ReadFile(s.pixels)
	s.must(err)
	return decodeXWD(xwd)
}

// decodeXWD decodes an X window dump of 24 bits a pixel: 25 big-endian words, of which the first is the size of the
// header, then 12 bytes for each colour, then rows of words in the byte order of the server (X11/XWDFile.h).
func decodeXWD(xwd []byte) *image.RGBA {
	word := func(i int) int { return int(binary.BigEndian.Uint32(xwd[4*i:])) }
	headerSize, width, height, stride, colours := word(0), word(4), word(5), word(12), word(19)
	rows := xwd[headerSize+12*colours:]
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			rgb := binary.NativeEndian.Uint32(rows[y*stride+4*x:])
			binary.BigEndian.PutUint32(img.Pix[img.PixOffset(x, y):], rgb<<8|0xff)
		}
	}
	return img
}

// shows reports whether the picture is somewhere on the screen, pixel by pixel and not scaled.
func (s *screen) shows(picture *image.RGBA) bool { return holds(s.look(), picture) }

// awaits fails unless the screen comes to show the picture.
func (s *screen) awaits(picture *image.RGBA) {
	s.t.Helper()
	if !until(Patience/2, func() bool { return s.shows(picture) }) {
		s.fatalf("the screen does not show the picture of %v", picture.Rect.Size())
	}
}

// holds reports whether part is somewhere in whole. Both have their corner at (0, 0).
func holds(whole, part *image.RGBA) bool {
	room := whole.Rect.Size().Sub(part.Rect.Size())
	for y := 0; y <= room.Y; y++ {
		for x := 0; x <= room.X; x++ {
			if holdsAt(whole, part, x, y) {
				return true
			}
		}
	}
	return false
}

func holdsAt(whole, part *image.RGBA, x, y int) bool {
	for row := range part.Rect.Dy() {
		at := whole.PixOffset(x, y+row)
		want := part.Pix[row*part.Stride:][:4*part.Rect.Dx()]
		if !bytes.Equal(whole.Pix[at:][:len(want)], want) {
			return false
		}
	}
	return true
}

// until asks every few milliseconds whether something has come true, and gives up after the limit.
func until(limit time.Duration, done func() bool) bool {
	for end := time.Now().Add(limit); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// noise returns an opaque picture that is nowhere else.
func noise(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(img.Pix); i += 4 {
		binary.BigEndian.PutUint32(img.Pix[i:], rand.Uint32()|0xff)
	}
	return img
}

// save writes a PNG file.
func (s *screen) save(img image.Image, file string) {
	var encoded bytes.Buffer
	s.must(png.Encode(&encoded, img))
	s.must(os.WriteFile(file, encoded.Bytes(), 0o600))
}

// load reads a PNG file.
func (s *screen) load(file string) *image.RGBA {
	encoded, err := os.ReadFile(file)
	s.must(err)
	decoded, err := png.Decode(bytes.NewReader(encoded))
	s.must(err)
	img := image.NewRGBA(decoded.Bounds())
	draw.Draw(img, img.Rect, decoded, decoded.Bounds().Min, draw.Src)
	return img
}

func TestHoldsFindsOnlyTheWholePart(t *testing.T) {
	whole := noise(8, 6)
	cut := func(x, y, width, height int) *image.RGBA {
		part := image.NewRGBA(image.Rect(0, 0, width, height))
		draw.Draw(part, part.Rect, whole, image.Pt(x, y), draw.Src)
		return part
	}
	changed := func(part *image.RGBA, at int) *image.RGBA {
		part.Pix[at] ^= 1
		return part
	}
	for name, test := range map[string]struct {
		part *image.RGBA
		want bool
	}{
		"all":                  {cut(0, 0, 8, 6), true},
		"upper left":           {cut(0, 0, 3, 2), true},
		"lower right":          {cut(5, 4, 3, 2), true},
		"first byte differs":   {changed(cut(5, 4, 3, 2), 0), false},
		"last pixel differs":   {changed(cut(5, 4, 3, 2), 4*6-2), false},
		"beyond the right":     {cut(6, 0, 3, 2), false},
		"beyond the bottom":    {cut(0, 5, 3, 2), false},
		"wider":                {cut(0, 0, 9, 6), false},
		"higher":               {cut(0, 0, 8, 7), false},
		"rows joined in place": {&image.RGBA{Pix: whole.Pix, Stride: 4 * 16, Rect: image.Rect(0, 0, 16, 3)}, false},
	} {
		if got := holds(whole, test.part); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestDecodeXWD(t *testing.T) {
	const headerSize, colours, stride = 104, 2, 3 * 4 // two pixels a row, and padding
	header := make([]byte, headerSize+12*colours)
	for i, v := range map[int]uint32{0: headerSize, 4: 2, 5: 2, 12: stride, 19: colours} {
		binary.BigEndian.PutUint32(header[4*i:], v)
	}
	xwd := header
	for _, rgb := range []uint32{0x010203, 0x040506, 0xffffff, 0x070809, 0x0a0b0c, 0xffffff} {
		xwd = binary.NativeEndian.AppendUint32(xwd, rgb)
	}
	got := decodeXWD(xwd)
	want := []byte{1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255}
	if got.Rect != image.Rect(0, 0, 2, 2) || !bytes.Equal(got.Pix, want) {
		t.Errorf("%v %v, want 2x2 of %v", got.Rect, got.Pix, want)
	}
}
