package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/internal/realqt"
)

func newPeer(o *options) *cobra.Command {
	var library string
	cmd := &cobra.Command{
		Use:   "peer [--qt LIBRARY]",
		Short: "Carry out commands from standard input, for tests",
		Long: `Read one command a line from standard input and answer each with one line on standard output. tests/interop/PROTOCOL.md
has the commands. With --qt a real Qt library carries them out.`,
		Example: `  printf '%s\n' 'segment a test' 'attach a' 'read a 0 4' | qtpeer peer
  qtpeer peer --qt qt6
  qtpeer peer --qt /opt/qt/lib/libQt6Core.so.6`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var p partner = &goPartner{naming: usualNaming, flags: *o}
			if library != "" {
				qt, err := realqt.Load(library)
				if err != nil {
					return fmt.Errorf("--qt: %w", err)
				}
				p = &qtPartner{Qt: qt, naming: usualNaming}
			}
			return serve(p, os.Stdin, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&library, "qt", "", "a Qt core `LIBRARY`: a file, or qt5 or qt6 for the system's")
	return cmd
}
