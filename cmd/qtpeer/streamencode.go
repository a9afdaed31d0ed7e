package main

import (
	"encoding/hex"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

type encodeFlags struct {
	streamFlags
	in, out string
	hex     bool
}

func newEncode() *cobra.Command {
	f := new(encodeFlags)
	cmd := &cobra.Command{
		Use:   "encode TYPE [--in FILE] [--hex] [-o FILE]",
		Short: "Write a value of JSON to a stream",
		Long: `Write the bytes that a QDataStream writes for a value. The value is JSON in the form in which "qtpeer stream decode"
prints it. Bytes go to a terminal only with "-o -".

` + streamHelp,
		Example: `  echo '{"x": 1, "y": 2}' | qtpeer stream encode QPoint --hex
  echo '[7, "seven"]' | qtpeer stream encode int,QString -o record.bin
  echo '{"jobs": 3}' | qtpeer stream encode QVariantMap | qtpeer write test`,
		ValidArgsFunction: completeType,
		RunE:              f.run,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.in, "in", "-", "`FILE` with the JSON, - for standard input")
	flags.BoolVar(&f.hex, "hex", false, "write hexadecimal digits instead of bytes")
	flags.StringVarP(&f.out, "output", "o", "", "write to `FILE`, all of it or nothing; - for standard output")
	f.register(cmd)
	return cmd
}

func (f *encodeFlags) run(_ *cobra.Command, args []string) error {
	v, settings, err := f.stream(args)
	if err != nil {
		return err
	}
	if err := refuseTerminal(!f.hex, "--hex", f.out, term.IsTerminal(int(os.Stdout.Fd()))); err != nil {
		return err
	}
	stream, err := conversion{v.format(), settings}.load(f.in)
	if err != nil {
		return err
	}
	if f.hex {
		stream = append(hex.AppendEncode(nil, stream), '\n')
	}
	return writeOutput(f.out, stream)
}
