package main

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// The keys are a promise: more may be added, none renamed.
func TestInfoJSON(t *testing.T) {
	then := time.Date(2026, 1, 2, 3, 4, 5, 678, time.UTC)
	seen := newCensus()
	seen.commands[7] = "a program"
	for want, info := range map[string]bridge.Info{
		`{"key":"systemv:/k?legacyKey=a b","family":"systemv","native":"/k","exists":true,"size":5,"attached":2,"orphan":false,"id":3,"owner":1000,"mode":"0600",` +
			`"creator_pid":7,"last_pid":1073741824,"key_file":{"path":"/k","exists":true,"owner":1001,"modified":"2026-01-02T03:04:05Z","collides":["/l"]},` +
			`"semaphore":{"native":"/s","exists":true,"value":1,"waiting":4,"last_pid":7,"state":"free","id":6,"owner":1002,"ftok":"0xffffff01","last_command":"a program","used":"2026-01-02T03:04:05Z",` +
			`"key_file":{"path":"/s","exists":false,"owner":null,"modified":null}},"users":[{"pid":7,"command":"a program"}],"state":"in use","ftok":"0x5100abcd",` +
			`"created":"2026-01-02T03:04:05Z","used":"2026-01-02T03:04:05Z","creator_command":"a program","last_command":null}`: {
			Key: ipckey.Key{Type: ipckey.SystemV, Native: "/k", Legacy: "a b"}, Exists: true, ID: 3, Ftok: 0x5100abcd, Size: 5, Attached: 2,
			Users: []bridge.Process{{PID: 7, Command: "a program"}}, Owner: 1000, Mode: 0o600, CreatorPID: 7, LastPID: ended, Created: then, Used: then,
			KeyFile:   bridge.KeyFile{Path: "/k", Exists: true, Owner: 1001, Modified: then, Collides: []string{"/l"}},
			Semaphore: bridge.SemaphoreInfo{Native: "/s", Exists: true, ID: 6, Ftok: -255, Owner: 1002, Value: 1, Waiting: 4, LastPID: 7, Used: then, KeyFile: bridge.KeyFile{Path: "/s"}}},

		`{"key":"posix:/p","family":"posix","native":"/p","exists":true,"size":0,"attached":0,"orphan":true,"id":null,"owner":0,"mode":"0644","creator_pid":null,"last_pid":null,` +
			`"key_file":null,"semaphore":{"native":"","exists":false,"value":0,"waiting":0,"last_pid":null,"users":[],"state":"none","id":null,"owner":0,"ftok":null,` +
			`"last_command":null,"used":null,"key_file":null},"users":[],"state":"orphan","ftok":null,"created":null,"used":null,"creator_command":null,"last_command":null}`: {
			Key: ipckey.Key{Type: ipckey.PosixRealtime, Native: "/p"}, Exists: true, Mode: 0o644},

		`{"key":"windows:w","family":"windows","native":"w","exists":true,"size":null,"attached":null,"orphan":false,"id":null,"owner":null,"mode":null,"creator_pid":null,` +
			`"last_pid":null,"key_file":null,"semaphore":{"native":"","exists":true,"value":null,"waiting":null,"last_pid":null,"state":"unknown","id":null,"owner":null,"ftok":null,` +
			`"last_command":null,"used":null,"key_file":null},"state":"in use","ftok":null,"created":null,"used":null,"creator_command":null,"last_command":null}`: {
			Key: ipckey.Key{Type: ipckey.Windows, Native: "w"}, Exists: true, Size: -1, Attached: -1, Semaphore: bridge.SemaphoreInfo{Exists: true, Value: -1, Waiting: -1}},
	} {
		var out bytes.Buffer
		if err := printJSON(&out, seen.infoJSON(info)); err != nil || out.String() != want+"\n" {
			t.Errorf("%s\nwant\n%s\n%v", out.String(), want, err)
		}
	}
}

// What has no key file that is known has none in JSON, and a list of nothing is a list.
func TestListingAsJSON(t *testing.T) {
	var out bytes.Buffer
	if err := (listing{nil, newCensus()}).print(screen{Writer: &out}, os.Stderr, true); err != nil || out.String() != "[]\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	j := (listing{[]bridge.Info{{Key: ipckey.Key{Type: ipckey.SystemV}, Exists: true}}, newCensus()}).asJSON()
	if len(j) != 1 || j[0].KeyFile != nil || j[0].Semaphore.KeyFile != nil || j[0].Ftok != nil || j[0].Key != "systemv:" {
		t.Errorf("%+v", j)
	}
}
