package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// browser is a Chromium without a window, with one page in it. It is driven by the Chrome DevTools Protocol, by way of pipes.
type browser struct {
	dir        string // all that it writes
	cmd        *exec.Cmd
	complaints bytes.Buffer // its standard error, complete once it has ended
	commands   *os.File
	answers    *os.File
	messages   *bufio.Reader // of answers
	session    string
	calls      int
	events     []message // in the order in which they came
}

// message is an answer to a call, or an event.
type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"` // of an event
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// browse opens a file with Chromium and returns once the page's script has done its work. fragment is the part of the address
// after "#". Cancellation of ctx ends the browser.
func browse(ctx context.Context, path, fragment string) (*browser, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	b, err := startBrowser(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.load(address(path, fragment)); err != nil {
		b.close()
		return nil, fmt.Errorf("chromium: %s: %w\n%s", path, err, &b.complaints)
	}
	return b, nil
}

func address(path, fragment string) string {
	return (&url.URL{Scheme: "file", Path: path, Fragment: fragment}).String()
}

func startBrowser(ctx context.Context) (*browser, error) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		return nil, fmt.Errorf("%w: tests/qt/packages.sh test installs it", err)
	}
	dir, err := os.MkdirTemp("", "shmbridge-chromium-")
	if err != nil {
		return nil, err
	}
	// It leaves /dev/shm to those who are tested there.
	cmd := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--user-data-dir="+dir, "--remote-debugging-pipe", "about:blank")
	cmd.Dir = dir // and TMPDIR is relative: a path of a socket, which Chromium makes there, must be short
	cmd.Env = append(os.Environ(), "TMPDIR=.", "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir)
	cmd.WaitDelay = time.Second
	b := &browser{dir: dir, cmd: cmd}
	cmd.Stderr = &b.complaints
	if err := b.start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return b, nil
}

// start starts the process, which reads commands from its file 3 and writes messages to its file 4.
func (b *browser) start() error {
	read, commands, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	answers, write, err := os.Pipe()
	if err != nil {
		return errors.Join(err, commands.Close())
	}
	defer write.Close()
	b.cmd.ExtraFiles = []*os.File{read, write}
	if err := b.cmd.Start(); err != nil {
		return errors.Join(err, commands.Close(), answers.Close())
	}
	b.commands, b.answers, b.messages = commands, answers, bufio.NewReader(answers)
	return nil
}

// load shows an address in a tab of its own, which everything from now on is about.
func (b *browser) load(address string) error {
	b.session, b.events = "", nil
	var target, attached struct{ TargetID, SessionID string }
	if err := b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	if err := b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached); err != nil {
		return err
	}
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Log", "Runtime"} {
		if err := b.call(domain+".enable", nil, nil); err != nil {
			return err
		}
	}
	var opened struct{ ErrorText string }
	if err := b.call("Page.navigate", map[string]any{"url": address}, &opened); err != nil {
		return err
	}
	if opened.ErrorText != "" {
		return errors.New(opened.ErrorText)
	}
	for len(b.named("Page.loadEventFired")) == 0 {
		if _, err := b.next(); err != nil {
			return err
		}
	}
	return b.eval("ready.then(() => true)", nil)
}

// call has the browser do something and decodes its answer into result, unless that is nil.
func (b *browser) call(method string, params, result any) error {
	if params == nil {
		params = struct{}{}
	}
	b.calls++
	id := b.calls
	command := map[string]any{"id": id, "method": method, "params": params}
	if b.session != "" {
		command["sessionId"] = b.session
	}
	line, err := json.Marshal(command)
	if err != nil {
		return err
	}
	if _, err := b.commands.Write(append(line, 0)); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	for {
		m, err := b.next()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", method, err)
		case m.ID != id:
		case m.Error != nil:
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		case result == nil:
			return nil
		default:
			return json.Unmarshal(m.Result, result)
		}
	}
}

// next reads a message, and keeps it if it is an event.
func (b *browser) next() (m message, err error) {
	line, err := b.messages.ReadBytes(0)
	if err != nil {
		return m, fmt.Errorf("it ended: %w", err)
	}
	if err := json.Unmarshal(line[:len(line)-1], &m); err != nil {
		return m, err
	}
	if m.Method != "" {
		b.events = append(b.events, m)
	}
	return m, nil
}

// named are the events of a name.
func (b *browser) named(method string) (found []message) {
	for _, e := range b.events {
		if e.Method == method {
			found = append(found, e)
		}
	}
	return found
}

// eval evaluates JavaScript in the page, waits for it if it is a promise, and decodes its value into result, unless that is nil.
func (b *browser) eval(expression string, result any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	params := map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}
	if err := b.call("Runtime.evaluate", params, &answer); err != nil {
		return err
	}
	if e := answer.ExceptionDetails; e != nil {
		return fmt.Errorf("%s: %s %s", expression, e.Text, e.Exception.Description)
	}
	if result == nil || answer.Result.Value == nil { // which is undefined
		return nil
	}
	return json.Unmarshal(answer.Result.Value, result)
}

// close ends the browser and removes what it has written.
func (b *browser) close() {
	b.session = ""
	b.call("Browser.close", nil, nil) //nolint:errcheck // it may have ended
	b.commands.Close()
	b.cmd.Wait() //nolint:errcheck // nobody needs it any more
	b.answers.Close()
	os.RemoveAll(b.dir)
}
