// Conformance puts a peer through the rules of tests/interop/PROTOCOL.md:
//
//	go run ./tests/interop/conformance [-rule REGEXP] [-patience DURATION] -- PROGRAM [ARGS...]
//
// Each rule starts the program anew, in an IPC namespace of its own and with an empty directory as its TMPDIR and
// XDG_RUNTIME_DIR, sends lines, compares the answers, and lets the program end: well, and with nothing left in the directory.
// A line of the output tells what came of the rule: "ok", "not supported" where PROTOCOL.md lets a peer do without, or "FAIL"
// with what was sent, got and wanted. The last line counts them; the exit status is 1 if a rule failed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	passed, err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
	}
	if err != nil || !passed {
		os.Exit(1)
	}
}

// run puts the peer of a command line through the rules. Its error is that there is no verdict.
func run(ctx context.Context, args []string, out io.Writer) (passed bool, err error) {
	flags := flag.NewFlagSet("conformance", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: conformance [-rule REGEXP] [-patience DURATION] -- PROGRAM [ARGS...]")
		flags.PrintDefaults()
	}
	only := flags.String("rule", "", "only the rules whose titles match a `regexp`")
	patience := flags.Duration("patience", 10*time.Second, "how long the peer may take to answer, and to end")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return true, nil
	case err != nil:
		return false, err
	case flags.NArg() == 0:
		return false, errors.New("no PROGRAM: name the peer and its arguments after --")
	}
	if _, err := exec.LookPath(flags.Arg(0)); err != nil {
		return false, err
	}
	chosen, err := choose(*only)
	if err != nil {
		return false, err
	}
	y := yard{flags.Args(), *patience, canIsolate()}
	if !y.isolated {
		fmt.Fprintln(os.Stderr, "conformance: no IPC namespaces here: what a peer leaves in the kernel when it fails stays, and meets other rules")
	}
	return try(ctx, y, chosen, out)
}

// choose returns the rules whose titles match.
func choose(only string) (chosen []rule, err error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, fmt.Errorf("-rule: %w", err)
	}
	text, err := rulesText()
	if err != nil {
		return nil, err
	}
	talks, err := readRules(text)
	for _, r := range append(talks, processRules...) {
		if pattern.MatchString(r.title) {
			chosen = append(chosen, r)
		}
	}
	if err == nil && len(chosen) == 0 {
		err = fmt.Errorf("-rule %s: no rule is called so", only)
	}
	return chosen, err
}

// try plays the rules one by one and tells what comes of each.
func try(ctx context.Context, y yard, rules []rule, out io.Writer) (passed bool, err error) {
	var oks, lacks, failures int
	for _, r := range rules {
		verdict, err := y.play(ctx, r)
		if ctx.Err() != nil {
			return false, fmt.Errorf("interrupted at the rule: %s", r.title)
		}
		switch {
		case err != nil:
			failures++
			fmt.Fprintf(out, "FAIL %s: %v\n", r.title, err)
		case verdict == lacking:
			lacks++
			fmt.Fprintln(out, "not supported", r.title)
		default:
			oks++
			fmt.Fprintln(out, "ok", r.title)
		}
	}
	fmt.Fprintf(out, "%d rules: %d ok, %d not supported, %d failed\n", len(rules), oks, lacks, failures)
	return failures == 0, nil
}
