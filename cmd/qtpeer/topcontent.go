package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/cmd/qtpeer/internal/topview"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// copyContent copies a segment that was listed, but not more than limit bytes. It attaches, copies and detaches under the same
// lock, so that nothing is waited for but that, and leaves an orphan as it was.
func (o *options) copyContent(i bridge.Info, limit int) (data []byte, err error) {
	ctx, stop := o.limit(context.Background())
	defer stop()
	if i.Key.Native == "" {
		return nil, errors.New("its key file is not known here, and attaching needs that: is there a TMPDIR of another program's to give with --tmpdir?")
	}
	segment, err := bridge.Attach(ctx, i.Key, bridge.ReadOnly, o.bridge(bridge.LeaveOrphan(), bridge.KeepLock())...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, segment.Detach(ctx)) }()
	data = make([]byte, min(segment.Size(), limit))
	_, err = segment.ReadAt(data, 0)
	return data, err
}

// describe prints what "qtpeer info" does, also of a semaphore that is no lock.
func describe(w io.Writer, i bridge.Info) error {
	if !isLone(i) {
		return printInfo(w, i, false)
	}
	table, c, s := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), newCensus(), i.Semaphore
	fmt.Fprintf(table, "key\t%s\nsemaphore\tvalue %s, %s waiting\n", i.Key, toldOr(s.Value), toldOr(s.Waiting))
	if i.Key.Type.Family() != ipckey.FamilyWindows {
		fmt.Fprintf(table, "\tmode %04o, owner %s\n", s.Mode, c.user(s.Owner))
	}
	if i.Key.Type.Family() == ipckey.FamilySystemV {
		fmt.Fprintf(table, "\tid %d, kernel key 0x%08x\n", s.ID, uint32(s.Ftok))
		fmt.Fprintf(table, "key file\t%s%s\n", s.KeyFile.Path, noneUnless(s.KeyFile.Exists))
	}
	if s.LastPID != 0 {
		fmt.Fprintf(table, "last used\t%s by %s\n", c.when(s.Used), c.who(s.LastPID))
	}
	if len(s.Users) > 0 {
		fmt.Fprintf(table, "open in\t%s\n", processes(s.Users))
	}
	return table.Flush()
}

// toldOr is a number that the system may not tell.
func toldOr(n int) string {
	if n < 0 {
		return "?"
	}
	return fmt.Sprint(n)
}

// topTypes are the types of Qt that keys choose, after the formats that are text.
var topTypes = []string{"QByteArray", "QVariant", "QVariantMap", "QVariantList", "QStringList"}

// topFormats are those that keys choose, the one of --as first if it was given.
func (f *topFlags) topFormats(given bool) (all []topview.Format, err error) {
	if !given && f.given() {
		f.as = "QVariantMap" // which says that the settings are valid, for all that are streams
	}
	c, err := f.conversion()
	if err != nil {
		return nil, err
	}
	all = append(all, topview.Format{Name: "guess", Print: printGuess})
	for _, known := range formats {
		if !known.binary && known.name != "hex" {
			all = append(all, topFormat(conversion{known, c.settings}))
		}
	}
	for _, spelling := range topTypes {
		v, err := f.valuesOf("--as", spelling)
		if err != nil {
			return nil, err
		}
		all = append(all, topFormat(conversion{v.format(), c.settings}))
	}
	if given {
		all = append([]topview.Format{topFormat(c)}, all...)
	}
	return all, nil
}

func topFormat(c conversion) topview.Format {
	return topview.Format{Name: c.name, Print: func(data []byte) (string, error) {
		text, err := c.print(data)
		return indented(text), err
	}}
}

// longestGuess is how many bytes, without the zeros at the end, are guessed about: that takes seconds.
const longestGuess = 1 << 20

// printGuess is what "qtpeer stream guess" finds, the value of the first guess in full.
func printGuess(data []byte) (string, error) {
	b := newBlock(data)
	if b.length > longestGuess {
		return "", fmt.Errorf("guessing what %d bytes are takes too long", b.length)
	}
	guesses, err := b.best()
	if err != nil {
		return "", err
	}
	first, err := guesses[0].asJSON()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n\nGuesses, the likeliest first:\n\n", first.Type, indented(first.Value))
	err = printGuesses(&out, guesses, false)
	return out.String(), err
}

// indented is JSON in lines, and any other text as it is.
func indented(text []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return string(text)
	}
	return b.String()
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// decodePicture returns the picture that the content is: a QDataStream of a QImage or QPixmap, or a PNG file.
func decodePicture(data []byte) (image.Image, error) {
	picture := datastream.QImage{PNG: data}
	if !bytes.HasPrefix(data, []byte(pngSignature)) {
		r := newReader(datastream.Format{}, data)
		picture = r.QImage()
		if err := r.Err(); err != nil {
			return nil, fmt.Errorf("no picture: neither a PNG file nor a QDataStream of a QImage (%w)", err)
		}
	}
	return picture.Decode()
}
