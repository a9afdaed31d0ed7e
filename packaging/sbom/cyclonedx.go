package main

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// The parts of CycloneDX 1.6 that a document needs, in the words of its JSON schema.
type (
	document struct {
		BOMFormat    string       `json:"bomFormat"`
		SpecVersion  string       `json:"specVersion"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Timestamp time.Time `json:"timestamp"`
		Component component `json:"component"`
	}
	component struct {
		Type    string `json:"type"`
		Ref     string `json:"bom-ref"`
		Name    string `json:"name"`
		Version string `json:"version,omitempty"`
		Hashes  []hash `json:"hashes,omitempty"`
		PURL    string `json:"purl,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	dependency struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn,omitempty"`
	}
)

// binary is a file of the release and what its linker has recorded in it.
type binary struct {
	name    string
	content []byte
	info    *debug.BuildInfo
}

// describe makes the document: the release has the files, and the files have the modules.
func describe(version string, made time.Time, binaries []binary) document {
	release := module("application", "github.com/shmbridge/shmbridge", "v"+version)
	files, modules := []component{}, map[string]component{}
	whole := dependency{Ref: release.Ref}
	dependencies := []dependency{}
	for _, b := range binaries {
		sum := sha256.Sum256(b.content)
		file := component{Type: "file", Ref: "file:" + b.name, Name: b.name, Hashes: []hash{{"SHA-256", hex.EncodeToString(sum[:])}}}
		files = append(files, file)
		whole.DependsOn = append(whole.DependsOn, file.Ref)
		inside := dependency{Ref: file.Ref}
		for _, m := range linked(b.info) {
			modules[m.Ref] = m
			inside.DependsOn = append(inside.DependsOn, m.Ref)
		}
		dependencies = append(dependencies, inside)
	}
	return document{
		BOMFormat: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata:     metadata{made.UTC(), release},
		Components:   append(files, slices.SortedFunc(maps.Values(modules), func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })...),
		Dependencies: append([]dependency{whole}, dependencies...),
	}
}

// linked lists what a binary consists of beside this module: Go's standard library and the other modules.
func linked(info *debug.BuildInfo) []component {
	list := []component{module("library", "stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, dep := range info.Deps {
		list = append(list, module("library", dep.Path, dep.Version))
	}
	return list
}

// module is a component with the package URL by which databases of vulnerabilities know it.
func module(kind, path, version string) component {
	url := "pkg:golang/" + path + "@" + version
	return component{Type: kind, Ref: url, Name: path, Version: version, PURL: url}
}
