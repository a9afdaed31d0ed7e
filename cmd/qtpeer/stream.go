package main

import (
	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// streamHelp ends the help of the verbs on a stream.
const streamHelp = `A stream has no types and no version in it: they must be those of the program that writes it or is to read it.

` + typeHelp

func newStream(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "stream",
		Short: "Turn what a QDataStream writes into JSON, and back",
		Long: `Turn what a QDataStream writes into JSON, and back, or find out what it wrote. No segment takes part. "qtpeer read",
"write" and "create" do the same to a segment: see --as there.`,
		Example: `  qtpeer read test | qtpeer stream guess
  qtpeer read test | qtpeer stream decode QVariantMap --stream-version 5.15
  echo '{"x": 1, "y": 2}' | qtpeer stream encode QPoint --hex`,
		Args: cobra.ArbitraryArgs,
		RunE: runGroup,
	}
	cmd.AddCommand(newDecode(), newEncode(), newGuess(o))
	return cmd
}

// oneType returns TYPE, the only argument of a verb on a stream.
func oneType(args []string) (string, error) {
	switch {
	case len(args) == 0:
		return "", usage("no TYPE: give the type of Qt that is in the stream, such as QString")
	case len(args) > 1:
		return "", usage("unexpected argument %q: quote a TYPE that has spaces or < and > in it", args[1])
	}
	return args[0], nil
}

// completeType completes TYPE.
func completeType(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return datastream.TypeNames(), cobra.ShellCompDirectiveNoFileComp
}

// streamInput says where the bytes of a stream are.
type streamInput struct {
	path string
	hex  bool
}

func (i *streamInput) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&i.path, "in", "-", "`FILE` with the stream, - for standard input")
	cmd.Flags().BoolVar(&i.hex, "hex", false, "the input is hexadecimal digits, with or without spaces between them")
}

func (i *streamInput) load() ([]byte, error) {
	stream, err := readInput(i.path)
	if err != nil || !i.hex {
		return stream, err
	}
	if stream, err = encodeHex(datastream.Format{}, stream); err != nil {
		return nil, badData("the input is not hexadecimal: %w", err)
	}
	return stream, nil
}
