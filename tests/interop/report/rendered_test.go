package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

const rowHeads = `[...document.querySelectorAll("#matrix th[scope=row]")].map(e => e.innerText).join(", ")`

func TestSquares(t *testing.T) {
	p := open(t, pageOf(t, small()), "")
	p.wantSquares(map[string]string{
		"go,go": "pass: 1", "go,go-386": "pass: 1", "go-386,go": "pass: 1", "c,go": "missing: 1 missing",
		"go,qt-5.15.8": "fail: 1, 1 fail", "qt-5.15.8,go": "pass: 1", "qt-6.4.2-386,go": "unsupported: 1 n/a",
		"go,qt-6.8.3": "pass: 2", "qt-6.8.3,go": "known: 1 known",
		"go,qt": "fail: 3, 1 fail", "qt,go": "known: 1, 1 known, 1 n/a",
		"qt-5.15.8,qt": "pass: 1", "qt,qt-6.8.3": "pass: 2", "qt-6.8.3,qt": "pass: 1",
	})
	p.want(rowHeads, "Go, 32-bit Go, C, Qt 5.15.8, Qt 6.4.2 386, Qt 6.8.3")
	p.want(`[...document.querySelectorAll("#matrix th.group")].map(e => e.innerText).join(", ")`, "Go, 32-bit Go, C, every Qt")
	p.want(`document.querySelector("[data-open='go,qt']").getAttribute("aria-label")`, "Go creates, every Qt attaches: 3 passed, 1 fail")
	p.want(`document.querySelector("#static").offsetHeight + document.querySelector("#trouble").offsetHeight`, "0")
	p.want(`document.querySelector("#count").innerText`, "")

	p.click("[data-view=qt]")
	p.wantSquares(map[string]string{"qt-6.8.3,qt-6.8.3": "pass: 1", "qt-5.15.8,qt-6.8.3": "pass: 1"})
	p.want(`[...document.querySelectorAll("[aria-pressed=true]")].map(e => e.innerText).join()`, "Qt with Qt")
	p.want(`document.querySelector("#matrix thead").innerText.trim()`, "Qt 6.8.3")
	p.want(`new Set([...document.querySelectorAll("[data-view]")].map(e => getComputedStyle(e).backgroundColor)).size`, "2")
	p.want("location.hash", "#view=qt")
	p.click("[data-view=ours]")
	p.want(rowHeads+` + location.hash`, "Go, 32-bit Go, C, Qt 5.15.8, Qt 6.4.2 386, Qt 6.8.3")
}

// TestWindowsPrograms: they have a table of their own, under the other.
func TestWindowsPrograms(t *testing.T) {
	p := open(t, pageOf(t, both()), "")
	p.want(`document.querySelectorAll("#matrix table").length`, "2")
	p.want(rowHeads, "Go, 32-bit Go, C, Qt 5.15.8, Qt 6.4.2 386, Qt 6.8.3, Windows Go, Qt 6.8.3 Windows")
	p = open(t, pageOf(t, both()), "world=windows-legacy")
	p.want(`document.querySelectorAll("#matrix table").length`, "1")
	p.want(rowHeads, "Windows Go, Qt 6.8.3 Windows")
	p.wantSquares(map[string]string{
		"go-windows,go-windows": "pass: 1", "go-windows,qt-6.8.3-windows": "pass: 1", "qt-6.8.3-windows,go-windows": "pass: 1",
		"go-windows,qt": "pass: 1", "qt,go-windows": "pass: 1", "qt,qt-6.8.3-windows": "pass: 1", "qt-6.8.3-windows,qt": "pass: 1",
	})
}

func TestFilter(t *testing.T) {
	p := open(t, pageOf(t, small()), "filter=known")
	p.wantSquares(map[string]string{"qt-6.8.3,go": "known: 1 known", "qt,go": "known: 1 known"})
	p.want(rowHeads, "Go, Qt 6.8.3")
	for _, c := range []struct{ fragment, count string }{
		{"filter=fail", "1 of 13 cells: 0 passed, 1 fail"},
		{"filter=n/a", "1 of 13 cells: 0 passed, 1 n/a"},
		{"filter=unsupported", "1 of 13 cells: 0 passed, 1 n/a"},
		{"filter=6.8", "5 of 13 cells: 4 passed, 1 known"},
		{"filter=6.8+known", "1 of 13 cells: 0 passed, 1 known"},
		{"filter=S3-INT", "2 of 13 cells: 0 passed, 1 fail, 1 known"},
		{"filter=c", "1 of 13 cells: 0 passed, 1 missing"}, // a peer by its name
		{"filter=386", "3 of 13 cells: 2 passed, 1 n/a"},   // and by a part of it
		{"filter=32-bit", "2 of 13 cells: 2 passed"},
		{"filter=k1", "1 of 13 cells: 0 passed, 1 known"},
		{"filter=nobody", "0 of 13 cells"},
		{"world=posix-safe", "2 of 13 cells: 1 passed, 1 known"},
		{"world=posix-safe&filter=pass", "1 of 13 cells: 1 passed"},
		{"world=nowhere", ""},
		{"filter=" + strings.Repeat("+", 3), ""},
	} {
		p.visit(c.fragment)
		if got := p.get(`document.querySelector("#count").innerText`); got != c.count {
			t.Errorf("%s: %q, want %q", c.fragment, got, c.count)
		}
	}

	p.visit("")
	p.click("#filter")
	p.do("Input.insertText", map[string]any{"text": "6.8 "})
	p.do("Input.insertText", map[string]any{"text": "pass"})
	p.wantSquares(map[string]string{"go,qt-6.8.3": "pass: 2", "go,qt": "pass: 2", "qt-5.15.8,qt": "pass: 1", "qt,qt-6.8.3": "pass: 2", "qt-6.8.3,qt": "pass: 1"})
	p.want("document.activeElement.id + location.hash", "filter#filter=6.8+pass")
	p.want(`document.querySelector("#told").innerText`, `Each column creates, or attaches to what each row has created. All worlds. Only what matches "6.8 pass".`)
	p.get(`(() => { const w = document.querySelector("#world"); w.value = "posix-safe"; w.dispatchEvent(new Event("change")) })()`)
	p.wantSquares(map[string]string{"go,qt-6.8.3": "pass: 1", "go,qt": "pass: 1"})
	p.want("location.hash", "#world=posix-safe&filter=6.8+pass")
}

const entries = `[...document.querySelectorAll("#list summary")].map(e => e.innerText.replace(/\s+/g, " ")).join("; ")`

func TestCellsOfASquare(t *testing.T) {
	p := open(t, pageOf(t, small()), "")
	p.click("[data-open='go,qt-5.15.8']")
	p.want(`document.querySelector("dialog[open] h2").innerText`, "Go creates, Qt 5.15.8 attaches")
	p.want(entries, "fail S3-int systemv-legacy 12 ms; pass S1-text systemv-legacy 12 ms")
	p.want("location.hash", "#open=go%2Cqt-5.15.8")
	p.press("Tab")
	p.press("Enter")
	p.until(`document.querySelector("#list pre") && location.hash.includes("cell")`)
	p.want(`document.querySelector("#list pre").textContent`, small().Transcripts[0])
	p.want(`[...document.querySelectorAll("#list p")].map(e => e.innerText).join("\n")`, "Why: "+hostile)
	p.want("location.hash", "#open=go%2Cqt-5.15.8&cell=5")
	p.press("Escape")
	p.until(`!location.hash.includes("open")`)
	p.want(`document.querySelectorAll("dialog[open]").length`, "0")
	p.want("document.activeElement.dataset.open + location.hash", "go,qt-5.15.8")

	p.press("Enter") // the square has the focus
	p.click("#close")
	p.until(`!location.hash.includes("open")`)
	p.want(`document.querySelectorAll("dialog[open]").length`, "0")

	p.visit("open=qt,go&cell=10&world=posix-safe")
	p.want(`document.querySelector("dialog[open] h2").innerText`, "Every Qt creates, Go attaches")
	p.want(entries, "known S3-int posix-safe Qt 6.8.3 creates, Go attaches 12 ms")
	p.want(`document.querySelector("#list [open]").innerText.split("\n").slice(-3).join("\n").includes("Known fault K1: Qt replaces | the lock")`, "true")
	p.want(`document.querySelector("#list [open] pre").textContent`, "partner -> attach")
	p.visit("open=go,go&cell=0")
	p.want(`document.querySelector("#list [open] pre").textContent`, "There is no transcript.")
	p.visit("open=nobody")
	p.want(`document.querySelectorAll("dialog[open]").length`, "0")
}

func TestArrowKeys(t *testing.T) {
	p := open(t, pageOf(t, small()), "")
	focus := `document.activeElement.dataset.open`
	p.get(`document.querySelector("#matrix [tabindex='0']").focus()`)
	p.want(focus, "go,go")
	for _, step := range []struct{ key, square string }{
		{"ArrowUp", "go,go"}, {"ArrowLeft", "go,go"}, {"ArrowRight", "go-386,go"}, {"ArrowRight", "go,go-386"},
		{"ArrowDown", "go-386,go"}, {"ArrowDown", "c,go"}, {"ArrowDown", "qt-5.15.8,go"}, {"ArrowLeft", "go,qt-5.15.8"},
		{"ArrowUp", "go,go-386"}, {"ArrowDown", "go,qt-5.15.8"}, {"ArrowDown", "go,qt-6.8.3"}, {"ArrowDown", "go,qt-6.8.3"},
	} {
		p.press(step.key)
		if got := p.get(focus); got != step.square {
			t.Fatalf("%s leads to %s, want %s", step.key, got, step.square)
		}
	}
	p.want(`[...document.querySelectorAll("#matrix [tabindex='0']")].map(b => b.dataset.open).join()`, "go,qt-6.8.3")
}

// TestHostileTexts has Chromium render texts that would be HTML, and then a page into which HTML has come all the same.
func TestHostileTexts(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer server.Close()
	text := pageOf(t, small())
	p := open(t, text, "open=go,qt-5.15.8&cell=5")
	p.want(`document.title + document.images.length + document.scripts.length`, "shmbridge: the interop matrix02")
	for _, e := range append(p.named("Log.entryAdded"), p.named("Runtime.exceptionThrown")...) {
		t.Errorf("%s: %s", e.Method, e.Params)
	}
	for _, e := range p.named("Network.requestWillBeSent")[1:] { // the first one is for the page
		t.Errorf("a request: %s", e.Params)
	}

	slip := fmt.Sprintf(`<script>document.title = "taken"</script><img src="%[1]s/i" onerror="document.title = 'taken'"><link rel="stylesheet" href="%[1]s/s">`, server.URL)
	p = open(t, strings.Replace(text, "<main>", slip+"<main>", 1), "")
	p.want(`document.title + document.images.length + document.scripts.length`, "shmbridge: the interop matrix13")
	p.want(`document.querySelectorAll("[data-open]").length > 0`, "true")
	if n := requests.Load(); n > 0 {
		t.Errorf("%d requests", n)
	}
}

func TestDamagedPageStillHasNumbers(t *testing.T) {
	text := pageOf(t, small())
	for name, damage := range map[string][2]string{
		"no base64":              {`id="run">`, `id="run">!`},
		"no gzip":                {`id="run">H4sI`, `id="run">AAAA`},
		"no DecompressionStream": {`new DecompressionStream`, `new NoDecompressionStream`},
	} {
		damaged := strings.Replace(text, damage[0], damage[1], 1)
		damaged = strings.Replace(damaged, `http-equiv="Content-Security-Policy"`, `name="none"`, 1) // which would refuse another script
		p := open(t, damaged, "")
		if got := p.get(`document.querySelector("#trouble").innerText`); !strings.HasPrefix(got, "This browser cannot show more than the numbers: ") {
			t.Errorf("%s: %q", name, got)
		}
		p.want(`document.querySelector("#static").innerText.includes("Qt 5.15.8\t2 1 fail") + " " + document.querySelector("#controls").offsetHeight`, "true 0")
	}
}

// contrasts are the verdicts whose words stand out too little from their background: less than WCAG's AA wants of small text.
const contrasts = `[...document.querySelectorAll(".legend .key")].flatMap(e => {
	const light = text => {
		const [r, g, b] = text.match(/\d+/g).map(n => n / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
	};
	const style = getComputedStyle(e), a = light(style.color), b = light(style.backgroundColor);
	return Math.max(a, b) / Math.min(a, b) < 4.5 ? [e.className] : [];
}).join()`

func TestMedia(t *testing.T) {
	p := open(t, pageOf(t, small()), "")
	paper := `getComputedStyle(document.body).backgroundColor`
	wide := `document.documentElement.scrollWidth > innerWidth`
	for _, c := range []struct {
		media, scheme string
		width         int
		paper         string
	}{
		{"screen", "light", 1400, "rgb(255, 255, 255)"},
		{"screen", "light", 360, "rgb(255, 255, 255)"},
		{"screen", "dark", 800, "rgb(17, 22, 27)"},
		{"print", "dark", 1047, "rgb(255, 255, 255)"}, // A4, landscape
	} {
		p.emulate(c.media, c.scheme, c.width)
		p.want(paper, c.paper)
		p.want(wide, "false")
		p.want(contrasts, "")
		p.want(`document.querySelector("#controls").offsetHeight > 0`, fmt.Sprint(c.media == "screen"))
	}
	p.want(`getComputedStyle(document.querySelector("#matrix")).overflowX`, "visible")
	p.visit("open=go,go")
	p.want(`document.querySelector("dialog").offsetHeight`, "0")
}

func TestTheWholeRun(t *testing.T) {
	r := whole()
	text := pageOf(t, r)
	start := time.Now()
	p := open(t, text, "view=qt")
	t.Logf("%d cells and %d bytes: %v", len(r.Cells), len(text), time.Since(start))
	p.want(`document.querySelectorAll("#matrix [data-open]").length`, fmt.Sprint(33*33))
	p.visit("filter=fail")
	p.want(`document.querySelector("#count").innerText`, fmt.Sprintf("%d of %d cells: 0 passed, %[1]d fail", r.Count()[results.Fail], len(r.Cells)))
	p.visit(fmt.Sprintf("open=%s,%s&cell=%d", r.Cells[9].Creator, r.Cells[9].Partner, 9)) // one further down
	p.want(`(() => {
		const cell = document.querySelector("#list [open]").getBoundingClientRect(), head = document.querySelector(".head").getBoundingClientRect();
		return cell.top >= head.bottom && cell.top < head.bottom + 40;
	})()`, "true")
	p.visit("")
	p.emulate("print", "light", 1047)
	p.want(`document.querySelector("#matrix table").offsetWidth <= innerWidth`, "true")
	p.visit("view=qt")
	p.want(`document.querySelector("#matrix table").offsetWidth <= innerWidth`, "true")
}
