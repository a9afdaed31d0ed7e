package main

import "github.com/spf13/cobra"

type decodeFlags struct {
	streamFlags
	streamInput
}

func newDecode() *cobra.Command {
	f := new(decodeFlags)
	cmd := &cobra.Command{
		Use:   "decode TYPE [--in FILE] [--hex]",
		Short: "Print a value of a stream as JSON",
		Long: `Read a value from the start of a stream and print it as JSON, in one line. How many bytes follow it is told on standard
error: a segment is usually longer than the stream in it.

` + streamHelp,
		Example: `  qtpeer read test | qtpeer stream decode QVariantMap
  qtpeer stream decode int,QString --in record.bin --stream-version 5.15 --order little
  echo 00000001 fffffffe | qtpeer stream decode QPoint --hex
  qtpeer stream decode QVariant --define Point3=double,double,double --in record.bin`,
		ValidArgsFunction: completeType,
		RunE:              f.run,
	}
	f.streamInput.register(cmd)
	f.streamFlags.register(cmd)
	return cmd
}

func (f *decodeFlags) run(cmd *cobra.Command, args []string) error {
	v, settings, err := f.stream(args)
	if err != nil {
		return err
	}
	stream, err := f.load()
	if err != nil {
		return err
	}
	text, rest, err := v.decode(settings, stream)
	if err != nil {
		return badData("the input cannot be read as %s: %w", v, err)
	}
	if rest > 0 {
		cmd.PrintErrf("qtpeer: %d of %d bytes follow the value\n", rest, len(stream))
	}
	return writeOutput("", append(text, '\n'))
}
