package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// A Go peer goes by the rules of --qt-version, and by those that it is told, in everything: Qt 5.8 leaves TMPDIR relative, and
// finds kernel objects by other numbers than the newest Qt.
func TestPeerOfAnotherVersion(t *testing.T) {
	t.Chdir(privateDir(t))
	old, partner, stranger := startPeer(t, "go", "--qt-version", "5.8.0"), startPeer(t, "go"), startPeer(t, "go", "--qt-version", "5.8.0")
	partner.want("rules 5.8.0", "ok")
	stranger.want("rules %", "ok")
	for _, p := range []*testPeer{old, partner} {
		p.want("setenv TMPDIR rel", "ok")
		if got := p.ask("key test"); !strings.HasPrefix(got, "ok rel%2Fqipc_sharedmemory_test") {
			t.Errorf("key test: %q", got)
		}
		p.want("setenv TMPDIR "+textWord([]byte(os.Getenv("TMPDIR"))), "ok")
	}
	test, jobs := nameWithOwnIDs(t, "test"), nameWithOwnIDs(t, "jobs")
	for _, p := range []*testPeer{old, partner, stranger} {
		p.ask("segment a " + test)
	}
	partner.want("rules 6.8", "ok") // too late for what there is
	old.want("create a 8", "ok 8")
	partner.want("attach a", "ok 8")
	partner.want("probe segment "+test, "err NotFound")
	partner.want("rules 5.8.0", "ok")
	partner.want("rules 7.0", "err Range") // without effect
	partner.want("probe segment "+test, "ok 1 0")
	stranger.want("probe segment "+test, "err NotFound")
	old.want("sem s "+jobs+" 3 create", "ok")
	partner.want("sem s "+jobs+" 1 open", "ok")
	partner.want("probe semaphore "+jobs, "ok 3 0")
	stranger.want("probe semaphore "+jobs, "err NotFound")
	for _, p := range []*testPeer{old, partner} {
		p.want("remove "+test, "err Busy")
		p.want("exit", "ok")
		p.end()
	}
	stranger.want("attach a", "err NotFound")
	stranger.want("exit", "ok")
	stranger.end()
}

// A peer knows the stream versions of its Qt, and none that is newer.
func TestStreamVersions(t *testing.T) {
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			newest := datastream.Latest
			if qt := qtVersion(t, name); qt != "" {
				var err error
				if newest, err = datastream.ParseVersion(qt); err != nil {
					t.Fatal(err)
				}
			}
			p := startPeer(t, name)
			p.want(fmt.Sprintf("encode qvariant-%d 000000010007", newest), "ok 000000010001")
			p.want(fmt.Sprintf("decode qvariant-%d 000000010007", newest+1), "unsupported")
			p.want("exit", "ok")
			p.end()
		})
	}
}

// nameWithOwnIDs returns a name whose project ids, by the rules of Qt 5.8, are not by chance those of other versions.
func nameWithOwnIDs(t *testing.T, prefix string) string {
	t.Helper()
	rules, err := ipckey.RulesOf("5.8.0")
	for i := 0; err == nil; i++ {
		name := prefix + strconv.Itoa(i)
		var segment, semaphore ipckey.Key
		segment, err = bridge.LegacyKey(name, bridge.WithRules(rules))
		if err == nil {
			semaphore, err = bridge.LegacySemaphoreKey(name, bridge.WithRules(rules))
		}
		if other := uint8(ipckey.SystemV); segment.ProjectID(rules) != other && semaphore.ProjectID(rules) != other {
			return name
		}
	}
	t.Fatal(err)
	return ""
}
