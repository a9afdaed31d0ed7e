package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // for the page's parts
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// page is a run as an HTML page: its tables for every reader and, for the script, the whole of it.
func page(r *results.Run) ([]byte, error) {
	packed, err := pack(r)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = pageTemplate.Execute(&text, map[string]any{
		"Policy":   policy(),
		"CSS":      template.CSS(pageCSS),
		"JS":       template.JS(pageJS),
		"Run":      template.HTML(packed), //nolint:gosec // base64
		"Summary":  r.Summary(),
		"Occasion": occasion(r),
		"Halves":   halves(r),
		"Known":    known(r),
		"Missing":  missingLines(r),
	})
	return text.Bytes(), err
}

// policy lets the page's own style and script in, and nothing else: no other script and no address.
func policy() string {
	return fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'", hash(pageCSS), hash(pageJS))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// pack compresses a run, and what people read for its peers, into base64.
func pack(r *results.Run) (string, error) {
	labels := map[string]string{}
	for _, p := range r.Peers {
		labels[p.ID] = label(p)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	err := json.NewEncoder(z).Encode(struct {
		*results.Run
		Labels map[string]string `json:"labels"`
	}{r, labels})
	if err == nil {
		err = z.Close()
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), err
}
