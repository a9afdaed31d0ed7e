package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image/png"
	"reflect"
	"strings"
	"testing"
)

// pairs runs a test with every pair of peers.
func pairs(t *testing.T, test func(t *testing.T, first, second *testPeer)) {
	for a := range implementations {
		for b := range implementations {
			t.Run(a+"-"+b, func(t *testing.T) {
				privateDir(t)
				test(t, startPeer(t, a), startPeer(t, b))
			})
		}
	}
}

// untilWaiting returns once n threads wait for the semaphore that observer probes.
func untilWaiting(observer *testPeer, name string, n int) {
	observer.t.Helper()
	for {
		observer.send("probe segment " + name)
		answer := observer.receive()
		var value, waiting int
		if _, err := fmt.Sscanf(answer, "ok %d %d", &value, &waiting); err != nil {
			observer.t.Fatalf("probe: %q", answer)
		}
		if waiting == n {
			return
		}
	}
}

// The lock of one peer blocks lock, attach and detach of the other, until it is given back.
func TestLockExcludes(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		observer := startPeer(t, "go")
		_, native, _ := strings.Cut(first.ask("segment a test"), " ")
		second.want("segment b test", "ok "+native)
		first.want("create a 64", "ok 64")
		for _, command := range []string{"attach b", "lock b"} {
			first.want("lock a", "ok")
			second.send(command)
			untilWaiting(observer, "test", 1)
			first.want("write a 0 7f", "ok")
			first.want("unlock a", "ok")
			second.wantAnswer(command, map[string]string{"attach b": "ok 64", "lock b": "ok"}[command])
		}
		first.send("detach a")
		untilWaiting(observer, "test", 1)
		second.want("read b 0 1", "ok 7f")
		second.want("unlock b", "ok")
		first.wantAnswer("detach a", "ok")
		for _, p := range []*testPeer{first, second, observer} {
			p.want("exit", "ok")
			p.end()
		}
	})
}

// Both count in the same place, and no count is lost.
func TestCountTogether(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		first.ask("segment a test")
		second.ask("segment b test")
		first.want("create a 8", "ok 8")
		second.want("attach b", "ok 8")
		first.send("add a 4 1 2000")
		second.send("add b 4 -3 1000")
		first.receive()
		second.receive()
		first.want("get a int32", "ok 0")
		first.want("add a 4 0 1", "ok -1000")
		first.want("exit", "ok")
		second.want("exit", "ok")
		first.end()
		second.end()
	})
}

// What one writes the other reads, in every format that both know.
func TestValuesCross(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		first.ask("segment a test")
		second.ask("segment b test")
		first.want("create a 1000", "ok 1000")
		second.want("attach b", "ok 1000")
		for _, value := range []string{"int32 -7", "text a%20%C3%A9", "cstring a%20%C3%A9", "qstring %F0%9F%98%80%00x", "qbytearray 00ff"} {
			format, word, _ := strings.Cut(value, " ")
			first.ask("put a " + value)
			second.want("get b "+format, "ok "+word)
		}
		picture := tinyPNG(t)
		first.ask("put a qimage " + hex.EncodeToString(picture))
		if got := second.ask("get b qimage"); !samePixels(t, strings.TrimPrefix(got, "ok "), picture) {
			t.Errorf("get b qimage: %q, want a PNG with the pixels of %x", got, picture)
		}
		first.want("exit", "ok")
		second.want("exit", "ok")
		first.end()
		second.end()
	})
}

// samePixels compares a PNG file in hexadecimal digits, and its kind of pixels, with another.
func samePixels(t *testing.T, digits string, other []byte) bool {
	t.Helper()
	file, err := hex.DecodeString(digits)
	if err != nil {
		return false
	}
	got, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return false
	}
	want, err := png.Decode(bytes.NewReader(other))
	if err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(got, want)
}

// An acquire that has to wait gets what the other releases.
func TestSemaphoreHandOver(t *testing.T) {
	pairs(t, func(t *testing.T, first, second *testPeer) {
		observer := startPeer(t, "go")
		first.want("sem a jobs 0 create", "ok")
		second.want("sem b jobs 5 open", "ok")
		second.send("acquire b")
		untilWaiting(observer, "jobs", 1)
		first.want("release a 2", "ok")
		second.wantAnswer("acquire b", "ok")
		observer.want("probe semaphore jobs", "ok 1 0")
		second.want("exit", "ok")
		first.want("exit", "ok")
		observer.want("exit", "ok")
		second.end()
		first.end()
		observer.end()
	})
}
