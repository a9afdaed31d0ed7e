package main

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// mixture is guards and Qt programs that start at once.
type mixture struct {
	t        *testing.T
	key      ipckey.Key
	all      []*starter
	replaced int
	figures  map[string]int
}

func (m *mixture) enter(kind string) {
	m.t.Helper()
	s := &starter{kind: kind}
	if s.isGuard() {
		s.testPeer = startPeer(m.t, "go", contenderFlag, m.key.String())
	} else {
		s.testPeer = startPeer(m.t, kind)
		s.want("keys legacy "+m.key.Type.String(), "ok")
	}
	m.all = append(m.all, s)
}

// replace kills those that are to be replaced, and starts others.
func (m *mixture) replace(which func(*starter) bool) {
	m.t.Helper()
	for _, s := range slices.Clone(m.all) {
		if !which(s) {
			continue
		}
		_, _ = s.cmd.Process.Kill(), s.cmd.Wait() // tell of the signal
		m.all = slices.DeleteFunc(m.all, func(other *starter) bool { return other == s })
		m.enter(s.kind)
		m.replaced++
	}
}

// round lets all start in one instant, and stop in another one. With early Qt programs have looked before guards start, with kill
// the one that runs is killed in between.
func (m *mixture) round(early, kill bool) {
	m.t.Helper()
	m.replaced = 0
	for _, s := range m.all {
		if !s.isGuard() && !strings.HasPrefix(s.ask("segment s "+m.key.Legacy), "ok ") { // a new one
			m.t.Fatalf("%s: no object", s.kind)
		}
	}
	if early {
		m.atOnce((*starter).look)
	}
	m.atOnce((*starter).start)
	m.judge()
	m.replace(func(s *starter) bool { return s.came == hung || kill && s.came == runs })
	m.atOnce((*starter).stop)
	for _, s := range m.all {
		if s.came != stopped && s.came != hung {
			m.t.Errorf("%s: %s", s.kind, s.came)
		}
	}
	m.replace(func(s *starter) bool { return s.came == hung })
	m.lookAfter(kill)
}

// atOnce lets all act, and returns when it is known what has become of each.
func (m *mixture) atOnce(act func(*starter) string) {
	m.t.Helper()
	begin, done, acting := make(chan bool), make(chan *starter), map[*starter]bool{}
	for _, s := range m.all {
		acting[s] = true
		go func() {
			<-begin
			s.came = act(s)
			done <- s
		}()
	}
	close(begin)
	look, patience := time.NewTicker(20*time.Millisecond), time.After(2*guardHangs)
	defer look.Stop()
	for hanging := map[*starter]bool{}; len(acting) > 0; {
		select {
		case s := <-done:
			delete(acting, s)
			if hanging[s] {
				s.came = hung
				m.figures["Qt hung"]++
			}
		case <-look.C:
			if len(hanging) == 0 && inVain(acting) {
				hanging = maps.Clone(acting)
				for s := range hanging {
					_ = s.cmd.Process.Kill()
				}
			}
		case <-patience:
			m.t.Fatalf("no answer of %d", len(acting))
		}
	}
}

// inVain reports whether all who still act are Qt programs that wait for a System V lock which nobody will give back: of those
// who live nobody else does anything, and it has never had a value, or who used it last has died.
func inVain(acting map[*starter]bool) bool {
	for s := range acting {
		if s.isGuard() {
			return false
		}
	}
	waiting := 0
	sets, err := sysv.SemTable()
	for _, set := range sets {
		value, err1 := sysv.SemValue(set.ID)
		pid, err2 := sysv.SemLastPID(set.ID)
		n, err3 := sysv.SemWaiting(set.ID)
		err = errors.Join(err, err1, err2, err3)
		if value == 0 && (pid == 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)) {
			waiting += n
		}
	}
	return err == nil && waiting == len(acting)
}

// judge fails the test if what a guard has come to is wrong.
func (m *mixture) judge() {
	m.t.Helper()
	guards, qts := map[string]int{}, map[string]int{}
	for _, s := range m.all {
		if s.isGuard() {
			guards[s.came]++
		} else {
			qts[s.came]++
		}
	}
	m.figures["Qt late"] += qts[late]
	switch {
	case guards[runs]+guards[leaves] != guardsMixed:
		m.t.Fatalf("guards: %v", guards)
	case guards[runs] > 1, guards[runs] > 0 && qts[runs] > 0:
		m.t.Fatalf("two run: guards %v, Qt %v", guards, qts)
	case guards[runs] > 0:
		m.figures["a guard runs"]++
	case qts[runs] > 0:
		m.figures["Qt runs"]++
	case qts[leaves] > 0:
		m.figures["nobody runs"]++
	default:
		m.t.Fatalf("nobody has it: guards %v, Qt %v", guards, qts)
	}
}

// lookAfter looks at the segment when all have stopped. Qt's destructor leaves its memory attached if it does not get the lock.
func (m *mixture) lookAfter(kill bool) {
	m.t.Helper()
	info := m.inspect()
	m.replace(func(s *starter) bool {
		stays := slices.ContainsFunc(info.Users, func(user bridge.Process) bool { return user.PID == s.cmd.Process.Pid })
		if stays && s.isGuard() {
			m.t.Fatalf("a guard that has stopped is attached: %+v", info)
		}
		if stays {
			m.figures["Qt stays attached"]++
		}
		return stays
	})
	if info = m.inspect(); kill || !info.Exists {
		return // guards have to do with what killed ones leave
	}
	if info.Attached > 0 || m.key.Type == ipckey.SystemV && m.replaced == 0 {
		m.t.Fatalf("nobody was killed, and what all have left stays: %+v", info)
	}
	if err := info.Remove(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mixture) inspect() bridge.Info {
	m.t.Helper()
	info, err := bridge.Inspect(m.key)
	if err != nil {
		m.t.Fatal(err)
	}
	return info
}

// end lets all end, and removes what Qt programs have left: semaphores that nobody finds any more.
func (m *mixture) end() {
	m.t.Helper()
	for _, s := range m.all {
		_ = s.in.Close()
		s.end()
	}
	all, err := bridge.List()
	if err != nil {
		m.t.Error(err)
	}
	for _, info := range all {
		if native := info.Key.Native; info.State() == bridge.StateKeyFileOnly && !strings.HasPrefix(native, os.Getenv("TMPDIR")) {
			continue // of another program, in /tmp
		}
		m.figures["left"]++
		remove := func() error { return info.Remove(m.t.Context()) }
		if lock := info.Semaphore; !info.Exists && lock.Value == 0 && lock.LastPID == 0 { // Remove leaves it if Qt has waited for it
			remove = func() error { return sysv.Semrm(lock.ID) }
		}
		if err := remove(); err != nil {
			m.t.Errorf("%+v: %v", info, err)
		}
	}
}

const (
	guardsMixed = 3
	mixedRounds = 200
)

// TestGuardsAmongQtPrograms lets guards and real Qt programs that ask by attach() and create() start in the same instants.
func TestGuardsAmongQtPrograms(t *testing.T) {
	for family, qts := range map[ipckey.Type][]string{ipckey.SystemV: {"qt5", "qt6"}, ipckey.PosixRealtime: posixQts(t)} {
		rounds := mixedRounds
		if family == ipckey.PosixRealtime {
			rounds /= 10 // a guard waits there until it is sure that nobody makes the segment
		}
		if len(qts) == 0 {
			continue
		}
		t.Run(family.String(), func(t *testing.T) {
			privateDir(t)
			key, err := bridge.LegacyKey(letters(), bridge.WithType(family))
			if err != nil {
				t.Fatal(err)
			}
			m := &mixture{t: t, key: key, figures: map[string]int{}}
			for i := range guardsMixed {
				m.enter("guard")
				m.enter(qts[i%len(qts)])
			}
			for range rounds {
				m.round(rand.N(2) == 0, rand.N(3) == 0)
			}
			m.round(false, false)
			m.end()
			t.Logf("%d rounds: %v", rounds+1, m.figures)
		})
	}
}

// posixQts are builds of Qt that have POSIX keys: those of 6.6 and later.
func posixQts(t *testing.T) (kinds []string) {
	for kind := range implementations {
		if releaseOf(qtVersion(t, kind)) >= 606 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
