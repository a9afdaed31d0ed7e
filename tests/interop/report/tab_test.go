package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// tab is a page that Chromium has rendered.
type tab struct {
	*browser
	t *testing.T
}

// shared is one browser for all tests that need no other, since its start takes longer than they do.
var shared *browser

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "shmbridge-test-")
	if err == nil {
		err = os.Setenv("TMPDIR", dir)
	}
	if err == nil {
		shared, err = startBrowser(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	shared.close()
	if err := os.Remove(dir); err != nil {
		fmt.Fprintln(os.Stderr, "left behind:", err)
		status = 1
	}
	os.Exit(status)
}

// open opens a page in a tab, which takes the place of the one before.
func open(t *testing.T, html, fragment string) tab {
	t.Helper()
	path := filepath.Join(t.TempDir(), "matrix.html")
	write(t, path, html)
	p := tab{shared, t}
	if shared.session != "" {
		p.do("Page.close", nil)
	}
	if err := shared.load(address(path, fragment)); err != nil {
		t.Fatal(err)
	}
	return p
}

// get is the value of an expression in the page, as text.
func (p tab) get(expression string) string {
	p.t.Helper()
	var value any
	if err := p.eval(expression, &value); err != nil {
		p.t.Fatal(err)
	}
	return fmt.Sprint(value)
}

func (p tab) want(expression, want string) {
	p.t.Helper()
	if got := p.get(expression); got != want {
		p.t.Errorf("%s\nis   %s\nwant %s", expression, got, want)
	}
}

// until waits until an expression in the page is true, for at most 10 seconds.
func (p tab) until(expression string) {
	p.t.Helper()
	p.get(`new Promise((done, fail) => {
		const look = () => ` + expression + ` ? done() : requestAnimationFrame(look);
		setTimeout(() => fail(new Error("it never is")), 10000);
		look();
	})`)
}

// visit gives the page's address another fragment.
func (p tab) visit(fragment string) {
	p.t.Helper()
	p.get(fmt.Sprintf(`new Promise(done => {
		if (location.hash === %[1]q) return done();
		addEventListener("hashchange", () => done(), {once: true});
		location.hash = %[1]q;
	})`, "#"+fragment))
}

func (p tab) do(method string, params any) {
	p.t.Helper()
	if err := p.call(method, params, nil); err != nil {
		p.t.Fatal(err)
	}
}

func (p tab) click(selector string) {
	p.t.Helper()
	var at []float64
	if err := p.eval(fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect();
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`, selector), &at); err != nil {
		p.t.Fatal(err)
	}
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.do("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1})
	}
}

var keys = map[string]struct {
	code int
	text string
}{"Tab": {9, ""}, "Enter": {13, "\r"}, "Escape": {27, ""}, "ArrowLeft": {37, ""}, "ArrowUp": {38, ""}, "ArrowRight": {39, ""}, "ArrowDown": {40, ""}}

func (p tab) press(key string) {
	p.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		p.do("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": keys[key].code, "text": keys[key].text})
	}
}

// wantSquares wants these squares in the table, by creator and partner.
func (p tab) wantSquares(want map[string]string) {
	p.t.Helper()
	var got map[string]string
	err := p.eval(`Object.fromEntries([...document.querySelectorAll("#matrix [data-open]")].map(b =>
		[b.dataset.open, b.className + ": " + [...b.children].map(c => c.innerText).join(", ")]))`, &got)
	if err != nil {
		p.t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		text, _ := json.MarshalIndent(got, "", "\t")
		p.t.Errorf("the squares are %s\nwant %v", text, want)
	}
}

func (p tab) emulate(media, scheme string, width int) {
	p.t.Helper()
	p.do("Emulation.setEmulatedMedia", map[string]any{"media": media, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
	p.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false})
}
