//go:build share

package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// With the tag share the program is another one, which writes the files of qtpeer that belong below share: its completions,
// each where its shell looks for it, and its manual pages. qtpeer itself does not carry what that takes.
//
//	go run -tags share ./cmd/qtpeer DIRECTORY
func init() {
	err := usage("give one argument: the DIRECTORY for what belongs below share")
	if len(os.Args) == 2 {
		err = writeShare(newRoot(new(options)), os.Args[1])
	}
	os.Exit(report(os.Stderr, err, false))
}

func writeShare(root *cobra.Command, dir string) error {
	for file, generate := range map[string]func(string) error{
		"bash-completion/completions/qtpeer":    func(path string) error { return root.GenBashCompletionFileV2(path, true) },
		"zsh/site-functions/_qtpeer":            root.GenZshCompletionFile,
		"fish/vendor_completions.d/qtpeer.fish": func(path string) error { return root.GenFishCompletionFile(path, true) },
	} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := generate(path); err != nil {
			return err
		}
	}
	return writeManual(root, filepath.Join(dir, "man/man1"))
}
