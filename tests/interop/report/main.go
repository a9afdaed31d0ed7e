// Report shows people what a run of the interop matrix found out: as tables in README.md, as a page, as a picture of the page.
//
//	go run ./tests/interop/report [-readme README.md] [-html FILE] [-png FILE] RESULTS.json
//
// With -readme the tables take the place of what is between the lines "<!-- compatibility -->" and "<!-- /compatibility -->"
// of a file. The page is one file that needs nothing else, also no network. The picture is Chromium's.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	readme := flags.String("readme", "", "put tables into a `file`, between its marks")
	html := flags.String("html", "", "write a page to a `file`")
	png := flags.String("png", "", "write a picture of the page to a `file`")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case flags.NArg() != 1:
		return fmt.Errorf("%d files of results: name the one that the matrix has written", flags.NArg())
	case *readme+*html+*png == "":
		return errors.New("nothing to do: say -readme, -html or -png")
	}
	r, err := results.Read(flags.Arg(0))
	if err != nil {
		return err
	}
	if *readme != "" {
		if err := updateReadme(*readme, r); err != nil {
			return err
		}
	}
	return show(ctx, r, *html, *png)
}

// show makes a page and a picture of it, of which an empty path wants none.
func show(ctx context.Context, r *results.Run, html, png string) error {
	if html == "" && png == "" {
		return nil
	}
	text, err := page(r)
	if err != nil {
		return err
	}
	if html == "" {
		dir, err := os.MkdirTemp("", "shmbridge-report-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		html = filepath.Join(dir, "matrix.html")
	}
	if err := os.WriteFile(html, text, 0o644); err != nil {
		return err
	}
	if png == "" {
		return nil
	}
	picture, err := photograph(ctx, html)
	if err != nil {
		return err
	}
	return os.WriteFile(png, picture, 0o644)
}
