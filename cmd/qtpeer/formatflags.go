package main

import (
	"bytes"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// formatFlags are the flags that say in which format a segment is written.
type formatFlags struct{ as, version, order, precision string }

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

text, hex, int32, cstring and qstring are lines of text on our side: a newline is added when they are printed, and one
at the end of the input is not part of them.`

func (f *formatFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.as, "as", "raw", "`FORMAT` of what is in the segment")
	flags.StringVar(&f.version, "stream-version", "", "version of the QDataStream, 1 to 24, or of its Qt, such as 5.15 (default 24)")
	flags.StringVar(&f.order, "order", "", "byte order of the QDataStream: big or little (default big)")
	flags.StringVar(&f.precision, "precision", "", "floating-point precision of the QDataStream: double or single (default double)")
	var names []string
	for _, known := range formats {
		names = append(names, known.name)
	}
	for flag, values := range map[string][]string{"as": names, "order": {"big", "little"}, "precision": {"double", "single"}} {
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
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
		return c, usage("--as %s: no such format: see the list in --help", f.as)
	}
	if !c.stream && f.version+f.order+f.precision != "" {
		return c, usage("--as %s is no QDataStream: --stream-version, --order and --precision do not apply", f.as)
	}
	if f.version != "" {
		if c.settings.Version, err = datastream.ParseVersion(f.version); err != nil {
			return c, usage("--stream-version: %w", err)
		}
	}
	if c.settings.ByteOrder, err = oneOf("order", f.order, "big", datastream.BigEndian, "little", datastream.LittleEndian); err != nil {
		return c, err
	}
	c.settings.Precision, err = oneOf("precision", f.precision, "double", datastream.Double, "single", datastream.Single)
	return c, err
}

// oneOf turns the value of a flag, of which the first is the default, into a setting.
func oneOf[T any](flag, value, first string, a T, second string, b T) (T, error) {
	switch value {
	case "", first:
		return a, nil
	case second:
		return b, nil
	}
	return a, usage("--%s %s: want %s or %s", flag, value, first, second)
}

// load reads a file, or standard input for "-", and encodes it.
func (c conversion) load(path string) ([]byte, error) {
	value, err := readInput(path)
	if err != nil {
		return nil, err
	}
	if !c.binary {
		value = bytes.TrimSuffix(value, []byte("\n"))
	}
	data, err := c.encode(c.settings, value)
	if err != nil {
		return nil, badData("the input cannot be written as %s: %w", c.name, err)
	}
	return data, nil
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
