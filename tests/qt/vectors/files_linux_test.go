package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	top      = "../../.."
	typesDir = top + "/qtcompat/datastream/testdata/vectors"
)

// The files are what the system's Qts and the builds in .cache/qt make, which the programs have to be built for.
func TestFilesAreWhatQtMakes(t *testing.T) {
	builds, err := filepath.Glob(top + "/.cache/qt/*-gui/libQt?Core.so.?")
	if err != nil {
		t.Fatal(err)
	}
	if err := run(top+"/build/bin", typesDir, false, builds); err != nil {
		t.Error(err)
	}
}

func TestFilesAreInShape(t *testing.T) {
	versions, err := files(typesDir)
	if err != nil || len(versions) < 7 || versions[0] != "6.12.0" || versions[len(versions)-1] != "5.15.8" {
		t.Fatalf("files of %q, error %v", versions, err)
	}
	size := 0
	for _, version := range versions {
		text, err := os.ReadFile(fileName(typesDir, version))
		if err != nil {
			t.Fatal(err)
		}
		size += len(text)
		v := newVectors()
		if err := v.parse(string(text)); err != nil {
			t.Errorf("Qt %s: %v", version, err)
		}
		for k, r := range v.results {
			checkVector(t, version, k, r)
		}
	}
	if size > 3<<20 {
		t.Errorf("the files have %d bytes, too many for the tree", size)
	}
}

// checkVector fails the test unless the texts are JSON, but for the one of an undefined QJsonValue, and the version can be.
func checkVector(t *testing.T, version string, k key, r result) {
	t.Helper()
	back, _, _ := strings.Cut(r.back, " +")
	if back == "=" || strings.HasPrefix(back, "!Read") {
		back = k.value
	}
	for _, text := range []string{k.value, back} {
		if !json.Valid([]byte(text)) && (k.typ != "QJsonValue" || text != "undefined") {
			t.Errorf("Qt %s, %v: %s is not JSON", version, k, text)
		}
	}
	if k.version > 24 || strings.HasPrefix(version, "5.") && k.version > 19 || len(r.hex)%2 != 0 {
		t.Errorf("Qt %s, %v: no such version or bytes", version, k)
	}
}
