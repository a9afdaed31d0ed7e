package main

import (
	"bytes"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// formatFlags are the flags that say in which format a segment is written.
type formatFlags struct {
	streamFlags
	as string
}

// formatHelp ends the help of every verb that has the flags.
const formatHelp = `FORMAT:
  raw         bytes as they are
  text        bytes up to the first NUL: what C programs copy with strcpy()
  hex         hexadecimal digits
  int32       a number in the byte order of this machine
  cstring     QDataStream of a const char*
  qstring     QDataStream of a QString
  qbytearray  QDataStream of a QByteArray
  qimage      QDataStream of a QImage, on our side a PNG file; an empty file is the null image
  TYPE        QDataStream of any type of Qt, on our side JSON, as with "qtpeer stream"

All but raw, qbytearray and qimage are lines of text on our side: a newline is added when they are printed, and one at
the end of the input, on Windows also CR LF, is not part of them.

` + typeHelp

func (f *formatFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.as, "as", "raw", "`FORMAT` of what is in the segment, or TYPE")
	f.streamFlags.register(cmd)
	var names []string
	for _, known := range formats {
		names = append(names, known.name)
	}
	names = append(names, datastream.TypeNames()...)
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// conversion is a format with the settings of its stream.
type conversion struct {
	format
	settings datastream.Format
}

// conversion returns what the flags say.
func (f *formatFlags) conversion() (c conversion, err error) {
	var known bool
	if c.format, known = formatNamed(f.as); !known {
		v, err := f.valuesOf("--as", f.as)
		if err != nil {
			return c, err
		}
		c.format = v.format()
	}
	if !c.stream && f.given() {
		return c, usage("--as %s is no QDataStream: --stream-version, --order, --precision and --define do not apply", f.as)
	}
	c.settings, err = f.settings()
	return c, err
}

// load reads a file, or standard input for "-", and encodes it.
func (c conversion) load(path string) ([]byte, error) {
	value, err := readInput(path)
	if err != nil {
		return nil, err
	}
	if !c.binary {
		value = withoutNewline(value)
	}
	data, err := c.encode(c.settings, value)
	if err != nil {
		return nil, badData("the input cannot be written as %s: %w", c.name, err)
	}
	return data, nil
}

// withoutNewline cuts off the last newline, as this system writes it.
func withoutNewline(value []byte) []byte {
	value, ended := bytes.CutSuffix(value, []byte("\n"))
	if ended && runtime.GOOS == "windows" {
		value = bytes.TrimSuffix(value, []byte("\r"))
	}
	return value
}

func readInput(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(path)
}

// print decodes what is in a segment.
func (c conversion) print(mem []byte) ([]byte, error) {
	value, err := c.decode(c.settings, mem)
	if err != nil {
		return nil, badData("the segment cannot be read as %s: %w", c.name, err)
	}
	if !c.binary {
		value = append(value[:len(value):len(value)], '\n')
	}
	return value, nil
}
