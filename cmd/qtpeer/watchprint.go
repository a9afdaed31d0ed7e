package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
)

// changeJSON is a change as it is printed. What is no more is null.
type changeJSON struct {
	Time     string          `json:"time"`
	Event    string          `json:"event"`
	Key      string          `json:"key"`
	Size     *int            `json:"size"`
	Hash     *string         `json:"hash"`
	Attached *int            `json:"attached"`
	By       *culpritJSON    `json:"by,omitempty"`
	Value    json.RawMessage `json:"value,omitempty"`
	Error    string          `json:"error,omitempty"`
}

type culpritJSON struct {
	PID     int     `json:"pid"`
	Command *string `json:"command"` // of a living process
}

// changePrinter prints changes, and runs a command for each.
type changePrinter struct {
	out     io.Writer
	as      conversion // without a name if the content is not to be printed
	command string
	warn    func(format string, args ...any)
}

// print returns when the command has ended.
func (p *changePrinter) print(ctx context.Context, c change) error {
	var line bytes.Buffer
	if err := printJSON(&line, p.asJSON(c, time.Now())); err != nil {
		return err
	}
	if _, err := p.out.Write(line.Bytes()); err != nil || p.command == "" {
		return err
	}
	if err := p.run(ctx, c.event, &line); err != nil && ctx.Err() == nil {
		p.warn("--exec: %v", err)
	}
	return nil
}

func (p *changePrinter) asJSON(c change, now time.Time) changeJSON {
	j := changeJSON{Time: now.Format("2006-01-02T15:04:05.000Z07:00"), Event: c.event, Key: c.of.key.String()}
	if c.event == disappeared {
		return j
	}
	size, hash := len(c.of.data), hashOf(c.of.data)
	j.Size, j.Hash = &size, &hash
	if info, err := bridge.Inspect(c.of.key); err == nil {
		j.Attached, j.By = &info.Attached, culprit(c, info)
	}
	if p.as.name != "" {
		var err error
		if j.Value, err = p.as.json(c.of.data); err != nil {
			j.Error = oneLine(err.Error())
		}
	}
	return j
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// culprit is who made or changed a segment: of a System V one the system tells; of others it is who alone has it open.
func culprit(c change, info bridge.Info) *culpritJSON {
	pid := c.by
	if c.event == appeared {
		pid = info.CreatorPID
	}
	if info.CreatorPID == 0 && len(info.Users) == 1 {
		pid = info.Users[0].PID
	}
	if pid == 0 || pid == os.Getpid() {
		return nil
	}
	return &culpritJSON{pid, newCensus().living(pid)}
}

// json is the content as JSON.
func (c conversion) json(mem []byte) (json.RawMessage, error) {
	value, err := c.decode(c.settings, mem)
	if err != nil {
		return nil, badData("the segment cannot be read as %s: %w", c.name, err)
	}
	_, known := formatNamed(c.name)
	switch {
	case !known, c.name == "int32":
		return value, nil
	case c.binary:
		value = base64.StdEncoding.AppendEncode(nil, value)
	}
	var text bytes.Buffer
	err = printJSON(&text, string(value))
	return bytes.TrimSpace(text.Bytes()), err
}

// run runs the command with a line as its input, until a signal ends the watch.
func (p *changePrinter) run(ctx context.Context, event string, line io.Reader) error {
	cmd := shell(ctx, p.command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = line, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "QTPEER_EVENT="+event)
	return cmd.Run()
}
