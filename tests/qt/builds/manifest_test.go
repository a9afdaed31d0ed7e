//go:build linux && amd64

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const sum = "6df586230f9146afde5b8e2f4511978f8fb6172bf0f47ba290423979baae974d"

func TestReadManifest(t *testing.T) {
	good := "6.2.4   PyQt6-Qt6          6.2.4b1 3.11   manylinux_2_28_x86_64 " + sum + "\n"
	testReadManifest(t, []manifestCase{
		{"good", "# text\n\n" + good, []build{{"6.2.4", "PyQt6-Qt6", "6.2.4b1", "3.11", "manylinux_2_28_x86_64", sum, false}}, ""},
		{"no line end", strings.TrimSpace(good), []build{{"6.2.4", "PyQt6-Qt6", "6.2.4b1", "3.11", "manylinux_2_28_x86_64", sum, false}}, ""},
		{"Qt Gui", strings.Replace(good, "6.2.4 ", "6.2.4-gui ", 1), nil, ":1: "},
		{"empty", "", nil, ""},
		{"twice", good + good, nil, ":2: Qt 6.2.4 is there already"},
		{"a field missing", "\n6.2.4 PyQt6-Qt6 3.11 manylinux1_x86_64 " + sum + "\n", nil, ":2: \"6.2.4 PyQt6-Qt6 3.11 "},
		{"a directory for a version", strings.Replace(good, "6.2.4 ", "../6.2.4 ", 1), nil, ":1: "},
		{"an option for a package", strings.Replace(good, "PyQt6-Qt6", "PyQt6-Qt6;x", 1), nil, ":1: "},
		{"a short SHA-256", good[:len(good)-2] + "\n", nil, ":1: "},
		{"capital digits", strings.ToUpper(good), nil, ":1: "},
	})
}

func TestReadManifestForWindows(t *testing.T) {
	linux := "6.2.4 PyQt6-Qt6 6.2.4 3.11 manylinux_2_28_x86_64 " + sum + "\n"
	windows := "6.2.4-windows PyQt6-Qt6 6.2.4 3.11 win_amd64 " + sum + "\n"
	testReadManifest(t, []manifestCase{
		{"for Windows", linux + windows, []build{
			{"6.2.4", "PyQt6-Qt6", "6.2.4", "3.11", "manylinux_2_28_x86_64", sum, false},
			{"6.2.4", "PyQt6-Qt6", "6.2.4", "3.11", "win_amd64", sum, false},
		}, ""},
		{"for Windows, twice", windows + windows, nil, ":2: Qt 6.2.4-windows is there already"},
		{"for Windows by its name only", strings.Replace(linux, "6.2.4 ", "6.2.4-windows ", 1), nil,
			":1: a build for the platform manylinux_2_28_x86_64 is named 6.2.4"},
		{"for Windows by its platform only", strings.Replace(windows, "-windows", "", 1), nil,
			":1: a build for the platform win_amd64 is named 6.2.4-windows"},
	})
}

type manifestCase struct {
	name, text string
	want       []build
	err        string
}

func testReadManifest(t *testing.T, tests []manifestCase) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "builds.txt")
			if err := os.WriteFile(file, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := readManifest(file)
			if test.err != "" {
				wantError(t, err, file+test.err)
				return
			}
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %v, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestChoose(t *testing.T) {
	all := func() []build {
		return []build{{version: "5.6.0"}, {version: "5.12.10"}, {version: "6.12.0"}, {version: "5.6.0", tag: "win_amd64"}}
	}
	for _, test := range []struct {
		args, want []string
		err        string
	}{
		{nil, []string{"5.6.0", "5.12.10", "6.12.0"}, ""},
		{[]string{"6.12.0", "5.6.0", "6.12.0"}, []string{"5.6.0", "6.12.0"}, ""},
		{[]string{"6.12.0-gui", "5.6.0", "5.6.0-gui"}, []string{"5.6.0", "5.6.0-gui", "6.12.0-gui"}, ""},
		{[]string{"5.6.0-windows", "6.12.0"}, []string{"6.12.0", "5.6.0-windows"}, ""},
		{[]string{"6.12.0-windows"}, nil, `no Qt "6.12.0-windows"`},
		{[]string{"5.6.0-windows-gui"}, nil, `no Qt "5.6.0-windows-gui"`},
		{[]string{"5.6.0-gu"}, nil, `no Qt "5.6.0-gu"`},
		{[]string{"5.6.0", "5.12"}, nil, `no Qt "5.12" in tests/qt/builds.txt; there are: 5.6.0 5.12.10 6.12.0 5.6.0-windows`},
		{[]string{""}, nil, `no Qt ""`},
	} {
		got, err := choose(all(), test.args)
		if test.err != "" {
			wantError(t, err, test.err)
			continue
		}
		var versions []string
		for _, b := range got {
			versions = append(versions, b.name())
		}
		if err != nil || !slices.Equal(versions, test.want) {
			t.Errorf("choose %q: %q, %v, want %q", test.args, versions, err, test.want)
		}
	}
}

// The tree's own manifest has every minor version of Qt from 5.6 to 6.12, and Qt 4, in order, and then some for Windows.
func TestManifestOfTheTree(t *testing.T) {
	all, err := readManifest("../builds.txt")
	if err != nil {
		t.Fatal(err)
	}
	linux := slices.IndexFunc(all, build.windows)
	if linux < 0 || slices.ContainsFunc(all[linux:], func(b build) bool { return !b.windows() }) {
		t.Fatal("the builds for Windows are not the last")
	}
	wantInOrder(t, all[linux:])
	wantInOrder(t, all[:linux])
	minors := map[string]bool{}
	for _, b := range all[:linux] {
		if !strings.HasSuffix(b.tag, "_x86_64") {
			t.Errorf("%s is for %s, not for x86-64", b.version, b.tag)
		}
		minors[b.version[:strings.LastIndexByte(b.version, '.')]] = true
	}
	want := []string{"4.8"}
	for minor := 6; minor <= 15; minor++ {
		want = append(want, "5."+strconv.Itoa(minor))
	}
	for minor := 0; minor <= 12; minor++ {
		want = append(want, "6."+strconv.Itoa(minor))
	}
	for _, minor := range want {
		if !minors[minor] {
			t.Errorf("no build of Qt %s", minor)
		}
	}
}

// wantInOrder fails the test unless every version is later than the one before.
func wantInOrder(t *testing.T, builds []build) {
	t.Helper()
	var last []int
	for _, b := range builds {
		var numbers []int
		for _, s := range strings.Split(b.version, ".") {
			n, err := strconv.Atoi(s)
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, n)
		}
		if slices.Compare(last, numbers) >= 0 {
			t.Errorf("%s stands after %v", b.version, last)
		}
		last = numbers
	}
}
