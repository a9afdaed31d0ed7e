package living

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

const (
	rounds     = 500
	namespaces = 2 // in which the rounds are played at a time
	stormSeed  = "LIVING_STORM_SEED"
)

// TestStorm kills processes of Qt and Go at any point, and cleans up after them: nothing of theirs stays, nothing of others
// goes, and whoever comes next can create what they had.
func TestStorm(t *testing.T) {
	if seed := os.Getenv(stormSeed); seed != "" {
		playStorm(t, seed)
		return
	}
	var parts sync.WaitGroup
	for i := range namespaces {
		seed := fmt.Sprint(rand.Text()[:8], i)
		cmd := exec.Command(os.Args[0], "-test.run=^TestStorm$", "-test.v", "-qtpeer="+qtpeer(t))
		for _, variable := range os.Environ() {
			if !strings.HasPrefix(variable, "SHMBRIDGE_IPCTEST=") { // a namespace of its own
				cmd.Env = append(cmd.Env, variable)
			}
		}
		cmd.Env = append(cmd.Env, stormSeed+"="+seed)
		parts.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s=%s: %v\n%s", stormSeed, seed, err, out)
			}
		})
	}
	parts.Wait()
}

// storm is what one namespace's rounds have in common.
type storm struct {
	t     *testing.T
	dice  *mathrand.Rand
	dir   string
	kinds map[string][]string // of Qt, by family
	next  map[string][]*peer  // who comes next, by family: they live through it all
	calm  machine
}

func playStorm(t *testing.T, seed string) {
	dir := t.TempDir()
	strangers(t, dir)
	var chacha [32]byte
	copy(chacha[:], seed)
	s := &storm{t: t, dice: mathrand.New(mathrand.NewChaCha8(chacha)), dir: dir,
		kinds: map[string][]string{}, next: map[string][]*peer{}}
	for _, family := range []string{systemV, posix} {
		s.kinds[family] = qts(t, family)
		for _, kind := range append(s.kinds[family], "go", "go") {
			p := start(t, kind, dir)
			p.does("keys legacy " + family)
			s.next[family] = append(s.next[family], p)
		}
	}
	s.calm = look(t, dir)
	for round := range rounds / namespaces {
		s.play(round, []string{systemV, posix}[round%2])
	}
}

func (s *storm) play(round int, family string) {
	t, name := s.t, "storm"+rand.Text()
	defer func() {
		if t.Failed() {
			t.Logf("round %d, %s, %s", round, family, name)
		}
	}()
	s.kill(family, name)
	s.removeUnnamed()
	s.removeUnborn()
	s.age()
	found := look(t, s.dir).since(s.calm)
	r := run(t, s.dir, "clean", "--yes", "--older-than", "1ms")
	if left := look(t, s.dir).since(s.calm); r.status != 0 || left != nil {
		t.Fatalf("after clean:\n%s\nbefore:\n%s\nclean: %v", strings.Join(left, "\n"), strings.Join(found, "\n"), r)
	}
	s.createNext(family, name)
	wantAsBefore(t, s.calm, s.dir)
}

// kill starts two processes of Qt, as far as there is one, and two of Go, lets them do what comes to their mind, and
// kills each at some point.
func (s *storm) kill(family, name string) {
	var victims []*peer
	for range 2 {
		victims = append(victims, start(s.t, s.qt(family), s.dir), start(s.t, "go", s.dir))
	}
	for _, p := range victims {
		p.does("keys legacy " + family)
	}
	var deaths sync.WaitGroup
	for _, p := range victims {
		life, delay := s.life(name), time.Duration(s.dice.ExpFloat64()*float64(300*time.Microsecond))
		deaths.Go(func() {
			p.tell(life...)
			time.Sleep(delay)
			p.kill()
		})
	}
	deaths.Wait()
}

// unnamed is what glibc calls a semaphore until it has its value, and then its name: see __sem_open in sem_open.c.
var unnamed = regexp.MustCompile(`^` + shmDir + `/sem\.[0-9A-Za-z]{6}$`)

// removeUnnamed removes what sem_open(3) was killed over. Clean leaves them: they could be any program's.
func (s *storm) removeUnnamed() {
	for path := range look(s.t, s.dir) {
		if unnamed.MatchString(path) {
			if err := os.Remove(path); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// removeUnborn removes semaphores whose maker was killed before they had a value, and then somebody who waited for them. Clean
// leaves them: nobody the kernel can name has used them, and yet they were used, as by a process of another PID namespace.
func (s *storm) removeUnborn() {
	if namespace, _ := os.Readlink("/proc/self/ns/pid"); namespace == "pid:[4026531836]" {
		return // the initial one: here clean knows that there can be no such process
	}
	for _, row := range table(s.t, "sem") {
		const id, used = 1, 8 // proc_sysvipc(5)
		sem, err := strconv.Atoi(row[id])
		if _, calm := s.calm["sem "+row[id]]; calm || err != nil || row[used] == "0" {
			continue
		}
		value, err := sysv.SemValue(sem)
		pid, err2 := sysv.SemLastPID(sem)
		if err == nil && err2 == nil && value == 0 && pid == 0 {
			err = sysv.Semrm(sem)
		}
		if err := errors.Join(err, err2); err != nil {
			s.t.Fatal(err)
		}
	}
}

// age makes what was left behind older: for a key file that was made a moment ago, clean waits.
func (s *storm) age() {
	for path := range look(s.t, s.dir) {
		if _, calm := s.calm[path]; !calm && strings.HasPrefix(path, s.dir) {
			hourAgo := time.Now().Add(-time.Hour)
			if err := os.Chtimes(path, hourAgo, hourAgo); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

func (s *storm) qt(family string) string {
	if kinds := s.kinds[family]; len(kinds) > 0 {
		return kinds[s.dice.IntN(len(kinds))]
	}
	return "go"
}

// life is what a process does if nobody kills it.
func (s *storm) life(name string) []string {
	life := []string{"segment a " + name}
	steps := []string{"create a 64", "create a 64", "attach a", "lock a", "write a 0 c0ffee", "unlock a", "detach a"}
	for range 12 {
		life = append(life, steps[s.dice.IntN(len(steps))])
	}
	if s.dice.IntN(4) == 0 {
		life = append([]string{"sem s " + name + "Counter 3 create", "acquire s"}, life...)
	}
	return life
}

// createNext lets those that have lived through it share a segment of the name, each in turn creating it.
func (s *storm) createNext(family, name string) {
	peers := s.next[family]
	first := s.dice.IntN(len(peers))
	creator, partner := peers[first], peers[(first+1)%len(peers)]
	text := hex.EncodeToString([]byte(name))
	for _, p := range []*peer{creator, partner} {
		p.does("segment a " + name)
	}
	creator.does("create a 64", "lock a", "write a 0 "+text, "unlock a")
	partner.does("attach a", "lock a")
	if got := partner.ask(fmt.Sprintf("read a 0 %d", len(name))); got != "ok "+text {
		s.t.Fatalf("%s reads %s, and %s wrote %s", partner.kind, got, creator.kind, text)
	}
	partner.does("unlock a", "detach a", "close a")
	creator.does("detach a", "close a")
	if family == posix {
		peers[len(peers)-1].does("remove " + name)
	}
}
