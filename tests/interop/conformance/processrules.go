package main

import (
	"fmt"
	"strings"
)

// processRules are the rules about the process and its streams, which no conversation shows.
var processRules = []rule{
	{"nothing is said before the first command", sayNothing},
	{"each command of a burst is answered, in order", burst},
	{"nothing is answered after exit", exitThenHello},
	{"the end of the input ends the process, and destroys its objects", hangUp},
	{"a last line without line break is not carried out", cutOff},
	{"an output that is closed is an error", closedOutput},
}

func sayNothing(p *peer) (verdict, error) {
	return fulfilled, p.hangsUp("nothing, and the end of the input")
}

// hangsUp ends the input, and fails unless the peer ends well, without a word.
func (p *peer) hangsUp(sent string) error {
	_ = p.in.Close()
	return p.ends(sent)
}

func burst(p *peer) (verdict, error) {
	const lines = 500
	var all strings.Builder
	for i := range lines {
		fmt.Fprintf(&all, "encode text %d\n", i)
	}
	p.send(all.String())
	for i := range lines {
		text := fmt.Sprint(i)
		if _, err := p.answers("encode text "+text, fmt.Sprintf("ok %x00", text)); err != nil {
			return 0, err
		}
	}
	return fulfilled, p.hangsUp("the end of the input")
}

func exitThenHello(p *peer) (verdict, error) {
	if _, err := p.ask("exit\nhello", "ok"); err != nil {
		return 0, err
	}
	return fulfilled, p.ends(show("exit\nhello"))
}

func hangUp(p *peer) (verdict, error) {
	objects := talk{{"segment a demo", "ok *"}, {"create a 8", "ok 8"}, {"lock a", "ok"}, {"sem s demo 1 open", "ok"}}
	for _, row := range objects {
		if _, err := p.ask(row[0], row[1]); err != nil {
			return 0, err
		}
	}
	return fulfilled, p.hangsUp("the end of the input")
}

func cutOff(p *peer) (verdict, error) {
	p.send("hello")
	return fulfilled, p.hangsUp(show("hello") + " and the end of the input")
}

func closedOutput(p *peer) (verdict, error) {
	_ = p.out.Close()
	p.send("hello\n")
	how := p.wait()
	if p.cmd.ProcessState.Success() {
		return 0, broken(show("hello")+" and closed the output", how, "another status than 0")
	}
	return fulfilled, nil
}
