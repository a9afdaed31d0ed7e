package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image/png"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// namings returns the words of the command keys. Before Qt 6.6 there is the first only.
func namings() []string {
	if runtime.GOOS == "windows" {
		return []string{"legacy windows", "safe windows"}
	}
	return []string{"legacy systemv", "safe systemv", "legacy posix", "safe posix"}
}

// Names of the pairs' segment and semaphore, which no other program has.
var testName, jobsName = letters(), letters()

// pairs runs a test with every pair of peers, of which builds meet Go only, by every naming that both know. The observer is
// a Go peer. The peers exit when the test is over, and what Qt leaves of the segment is removed.
func pairs(t *testing.T, test func(t *testing.T, first, second, observer *testPeer)) {
	for a := range implementations {
		for b := range implementations {
			if isBuild(a) && b != "go" || isBuild(b) && a != "go" {
				continue
			}
			for _, naming := range namings() {
				if naming == namings()[0] || knowsNamings(t, a) && knowsNamings(t, b) {
					t.Run(a+"-"+b+" "+naming, func(t *testing.T) { pair(t, naming, a, b, test) })
				}
			}
		}
	}
}

func knowsNamings(t *testing.T, implementation string) bool {
	return implementation == "go" || releaseOf(qtVersion(t, implementation)) >= 606
}

func pair(t *testing.T, naming, a, b string, test func(t *testing.T, first, second, observer *testPeer)) {
	t.Setenv("XDG_RUNTIME_DIR", privateDir(t))
	var peers []*testPeer
	for _, implementation := range []string{a, b, "go"} {
		p := startPeer(t, implementation, rulesOf(implementation, a, b)...)
		p.want("keys "+naming, "ok")
		peers = append(peers, p)
	}
	observer := peers[2]
	test(t, peers[0], peers[1], observer)
	for _, p := range peers[:2] {
		p.want("exit", "ok")
		p.end()
	}
	if left := observer.ask("remove " + testName); left != "ok" && !strings.HasPrefix(left, "err NotFound ") {
		t.Errorf("remove: %q", left)
	}
	observer.want("exit", "ok")
	observer.end()
}

// rulesOf returns the flags with which Go goes by the rules of the build that takes part.
func rulesOf(implementation, a, b string) []string {
	for _, other := range []string{a, b} {
		if implementation == "go" && isBuild(other) {
			return []string{"--qt-version", buildVersion(other)}
		}
	}
	return nil
}

// untilWaiting returns once one waits for what observer probes: waiting, which carries out a command. Windows does not tell who
// waits; there it wants no answer for a time in which one would come.
func untilWaiting(observer, waiting *testPeer, probed string) {
	observer.t.Helper()
	if runtime.GOOS == "windows" {
		waiting.wantSilence(50 * time.Millisecond)
		return
	}
	for end := time.Now().Add(30 * time.Second); ; {
		answer := observer.ask("probe " + probed)
		var value, n int
		if _, err := fmt.Sscanf(answer, "ok %d %d", &value, &n); err != nil {
			observer.t.Fatalf("probe %s: %q", probed, answer)
		}
		if n == 1 {
			return
		}
		if time.Now().After(end) {
			observer.t.Fatalf("probe %s: %d wait, not 1, and that for 30 s", probed, n)
		}
	}
}

// The lock of one peer blocks lock, attach and detach of the other, until it is given back. Only attach and detach of Go do not
// wait on Windows: they have nothing to wait for there.
func TestLockExcludes(t *testing.T) {
	pairs(t, func(_ *testing.T, first, second, observer *testPeer) {
		_, native, _ := strings.Cut(first.ask("segment a "+testName), " ")
		second.want("segment b "+testName, "ok "+native)
		first.wantSize("create a 64", 64)
		for _, command := range []string{"attach b", "lock b"} {
			first.want("lock a", "ok")
			second.send(command)
			if command == "lock b" || waitsToAttach(second) {
				untilWaiting(observer, second, "segment "+testName)
			}
			first.want("write a 0 7f", "ok")
			first.want("unlock a", "ok")
			second.wantAnswer(command, map[string]string{"attach b": "ok " + sizeOf(64), "lock b": "ok"}[command])
		}
		first.send("detach a")
		if waitsToAttach(first) {
			untilWaiting(observer, first, "segment "+testName)
		}
		second.want("read b 0 1", "ok 7f")
		second.want("unlock b", "ok")
		first.wantAnswer("detach a", "ok")
	})
}

func waitsToAttach(p *testPeer) bool { return !p.isGo || runtime.GOOS != "windows" }

// The text form of a key leads to the segment of the name that it was derived from, and to its lock.
func TestTextFormsMeet(t *testing.T) {
	pairs(t, func(_ *testing.T, first, second, observer *testPeer) {
		words := strings.Fields(observer.ask("key " + testName))
		segment := "segment b " + words[2] + " text"
		if second.ask("parse "+words[2]) == "unsupported" {
			second.want(segment, "unsupported")
			return
		}
		second.want(segment, "ok "+words[1])
		first.want("segment a "+testName, "ok "+words[1])
		first.wantSize("create a 8", 8)
		second.wantSize("attach b", 8)
		wantExclusion(first, second, observer)
	})
}

// Those who have the native key meet, whatever Qt they are; it has a lock from Qt 6.6 on, by a safe name the name's own.
func TestNativeKeysMeet(t *testing.T) {
	pairs(t, func(t *testing.T, first, second, observer *testPeer) {
		native := strings.Fields(observer.ask("key " + testName))[1]
		first.want("segment a "+native+" native", "ok "+native)
		second.want("segment b "+native+" native", "ok "+native)
		first.wantSize("create a 8", 8)
		second.wantSize("attach b", 8)
		first.want("write a 7 7f", "ok")
		second.want("read b 7 1", "ok 7f")
		if strings.Contains(t.Name(), "_safe_") {
			wantExclusion(first, second, observer)
		}
	})
}

// wantExclusion wants the lock of first's a to keep second's b waiting, and is that of the segment.
func wantExclusion(first, second, observer *testPeer) {
	observer.t.Helper()
	first.want("lock a", "ok")
	second.send("lock b")
	untilWaiting(observer, second, "segment "+testName)
	first.want("unlock a", "ok")
	second.wantAnswer("lock b", "ok")
	second.want("unlock b", "ok")
}

// Both count in the same place, and no count is lost.
func TestCountTogether(t *testing.T) {
	pairs(t, func(_ *testing.T, first, second, _ *testPeer) {
		first.ask("segment a " + testName)
		second.ask("segment b " + testName)
		first.wantSize("create a 8", 8)
		second.wantSize("attach b", 8)
		first.send("add a 4 1 2000")
		second.send("add b 4 -3 1000")
		first.receive()
		second.receive()
		first.want("get a int32", "ok 0")
		first.want("add a 4 0 1", "ok -1000")
	})
}

// What one writes the other reads, in every format that both know.
func TestValuesCross(t *testing.T) {
	pairs(t, func(t *testing.T, first, second, _ *testPeer) {
		first.ask("segment a " + testName)
		second.ask("segment b " + testName)
		first.wantSize("create a 1000", 1000)
		second.wantSize("attach b", 1000)
		for _, value := range []string{"int32 -7", "text a%20%C3%A9", "cstring a%20%C3%A9", "qstring %F0%9F%98%80%00x", "qbytearray 00ff"} {
			format, word, _ := strings.Cut(value, " ")
			first.ask("put a " + value)
			second.want("get b "+format, "ok "+word)
		}
		if strings.Contains(t.Name(), buildPrefix) { // no QtGui
			return
		}
		picture := tinyPNG(t)
		first.ask("put a qimage " + hex.EncodeToString(picture))
		if got := second.ask("get b qimage"); !samePixels(t, strings.TrimPrefix(got, "ok "), picture) {
			t.Errorf("get b qimage: %q, want a PNG with the pixels of %x", got, picture)
		}
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
	pairs(t, func(_ *testing.T, first, second, observer *testPeer) {
		first.want("sem a "+jobsName+" 0 create", "ok")
		second.want("sem b "+jobsName+" 5 open", "ok")
		second.send("acquire b")
		untilWaiting(observer, second, "semaphore "+jobsName)
		first.want("release a 2", "ok")
		second.wantAnswer("acquire b", "ok")
		observer.want("probe semaphore "+jobsName, "ok 1 0")
	})
}
