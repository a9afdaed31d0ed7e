package living

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestCleanOfTwoUsers has segments of two users and of root in one TMPDIR, left behind and in use.
func TestCleanOfTwoUsers(t *testing.T) {
	needRoot(t)
	const other = nobody - 1
	for _, family := range []string{systemV, posix} {
		t.Run(family, func(t *testing.T) {
			dir := sharedDir(t)
			none := look(t, dir)
			leave(t, family, "OtherLeft", dir, as(other))
			life := start(t, "go", dir, as(other))
			life.does("keys legacy "+family, "segment a OtherLives", "create a 64", "lock a")
			others := look(t, dir)
			leave(t, family, "RootLeft", dir)
			withRoot := look(t, dir)
			leave(t, family, "NobodyLeft", dir, as(nobody))

			ls := runAs(t, nobody, dir, "ls", "--json")
			for _, name := range []string{"OtherLeft", "OtherLives", "RootLeft", "NobodyLeft"} {
				if !strings.Contains(ls.out, "/qipc_sharedmemory_"+name) {
					t.Errorf("user %d does not see %s: %v", nobody, name, ls)
				}
			}
			before := look(t, dir)
			dry := runAs(t, nobody, dir, "clean")
			if would := strings.Contains(dry.out, "NobodyLeft"); dry.status != 0 || !would {
				t.Errorf("a dry run: %v", dry)
			}
			wantAsBefore(t, before, dir)
			for _, step := range []struct {
				uid  uint32
				args string
				left machine
			}{
				{nobody, "clean --yes", withRoot},
				{nobody, "clean --yes --all-users", withRoot},
				{0, "clean --yes", others},
			} {
				runAs(t, step.uid, dir, strings.Fields(step.args)...)
				wantAsBefore(t, step.left, dir)
			}
			runs(t, dir, "clean", "--yes", "--all-users")
			life.does("unlock a", "write a 0 c0ffee", "exit")
			runs(t, dir, "clean", "--yes", "--all-users")
			wantAsBefore(t, none, dir)
		})
	}
}

// needRoot skips tests that act as several users, or set the kernel's limits.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("this needs root: run the tests with sudo")
	}
}

// sharedDir is a TMPDIR for all users, like /tmp.
func sharedDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "shared") // what is around t.TempDir() is for its owner only
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, os.ModeSticky|0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// leave lets a process create a segment, kills it, and returns the native key.
func leave(t *testing.T, family, name, dir string, setups ...func(*exec.Cmd)) string {
	t.Helper()
	p := start(t, append(qts(t, family), "go")[0], dir, setups...)
	p.does("keys legacy "+family, "segment a "+name, "create a 64")
	defer p.kill()
	return nativeKey(p, name)
}

func runAs(t *testing.T, uid uint32, dir string, args ...string) result {
	t.Helper()
	cmd := command(t, dir, args...)
	as(uid)(cmd)
	return finish(t, cmd)
}
