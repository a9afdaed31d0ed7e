package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"html"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

func pageOf(t *testing.T, r *results.Run) string {
	t.Helper()
	text, err := page(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPageCanBeReadWithoutScript(t *testing.T) {
	text := pageOf(t, small())
	text = text[:strings.Index(text, "<dialog")] // behind it are the scripts
	for _, want := range []string{
		"<noscript>",
		small().Summary(),
		"2026-03-04 05:06 UTC, linux/amd64",
		`<th scope="row">Qt 5.15.8</th><td><span class="key pass">2</span> <span class="key fail">1 fail</span> </td><td>–</td>`,
		`<th scope="row">C</th><td><span class="key pass">0</span> <span class="key missing">1 missing</span> </td>`,
		"<dt>K1 <span class=\"quiet\">in 1 cell</span></dt><dd>Qt replaces | the lock " + html.EscapeString(hostile),
		"<li>C: " + html.EscapeString(hostile) + "</li>",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("not on the page: %s", want)
		}
	}
	for _, bad := range []string{"<img", "<link", "<iframe", "</script>", "K2"} {
		if strings.Contains(text, bad) {
			t.Errorf("on the page: %s", bad)
		}
	}
	if text := pageOf(t, both()); !strings.Contains(text, "<h2>Every Qt, Windows programs in Wine, in both directions and all worlds</h2>") {
		t.Error("Windows programs have no tables of their own")
	}
	if strings.Contains(pageOf(t, &results.Run{}), "Known faults") {
		t.Error("known faults on the page of an empty run")
	}
}

func TestPageHasTheWholeRun(t *testing.T) {
	data := regexp.MustCompile(`id="run">([^<]*)</script>`).FindStringSubmatch(pageOf(t, small()))
	if data == nil {
		t.Fatal("no data")
	}
	packed, err := base64.StdEncoding.DecodeString(data[1])
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		results.Run
		Labels map[string]string
	}
	if err := json.NewDecoder(z).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got.Run, small()) {
		t.Errorf("%+v\nwant %+v", &got.Run, small())
	}
	if len(got.Labels) != 7 || got.Labels["qt-6.4.2-386"] != "Qt 6.4.2 386" {
		t.Errorf("labels %v", got.Labels)
	}
}

func TestPageOfTheWholeRunIsSmall(t *testing.T) {
	const limit = 6 << 20
	r := whole()
	raw := 0
	for _, text := range r.Transcripts {
		raw += len(text)
	}
	if size := len(pageOf(t, r)); size > limit || size < raw/20 {
		t.Errorf("%d bytes, want at most %d for %d bytes of transcripts", size, limit, raw)
	}
}
