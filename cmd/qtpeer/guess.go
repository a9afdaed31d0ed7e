package main

import (
	"github.com/spf13/cobra"
)

func newGuess(o *options) *cobra.Command {
	var in streamInput
	cmd := &cobra.Command{
		Use:   "guess [--in FILE] [--hex]",
		Short: "Find out what a stream holds",
		Long: `Try all types of Qt, and sequences of usual ones, in all versions of the stream, byte orders and precisions, and print
what makes sense of the bytes, the likeliest first. Likely is what is short to say: text rather than odd characters,
small numbers, lengths that fit what follows, and nothing behind it but zeros, as in a segment that is longer than the
stream. "or" are other types of which the bytes may be just as well.

A guess is a guess: try it with "qtpeer stream decode" on other data of the same program.`,
		Example: `  qtpeer read test | qtpeer stream guess
  qtpeer stream guess --in record.bin --json | jq '.[0].type'
  echo 00000002 0068 00000007 | qtpeer stream guess --hex`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			stream, err := in.load()
			if err != nil {
				return err
			}
			guesses, err := newBlock(stream).best()
			if err != nil {
				return err
			}
			return printGuesses(cmd.OutOrStdout(), guesses, o.json)
		},
	}
	in.register(cmd)
	return cmd
}
