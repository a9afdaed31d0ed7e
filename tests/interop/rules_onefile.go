package interop

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
)

// What Qt itself breaks where a segment and its lock have one key file: with the one it removes the other.

// findsNothing: Qt has taken the key file along with a lock of its own, and p does not find the segment any more. Who is
// attached, the owner, keeps it.
func (c *Cell) findsNothing(name string, p, owner *Peer) {
	p.does("segment", "s", name)
	p.refuses("NotFound", "attach", "s")
	p.does("close", "s")
	owner.does("put", "s", "int32", "42")
	owner.gets("42", "get", "s", "int32")
}

// forgets: p was the last to detach from what a killed process had created. Qt has taken the key file along with the
// segment and left the lock, which nobody finds any more. It is removed as ipcrm(1) can do it.
func (c *Cell) forgets(p *Peer) {
	if p.isOurs() || !c.world.oneFile() {
		return
	}
	table, err := os.Open("/proc/sysvipc/sem")
	if err != nil {
		c.fail(err)
	}
	defer table.Close()
	var ids []string
	for lines := bufio.NewScanner(table); lines.Scan(); {
		ids = append(ids, strings.Fields(lines.Text())[1])
	}
	if len(ids) != 2 { // the first is the heading
		c.failf("there are the semaphores %q, want one", ids[min(1, len(ids)):])
	}
	if words, err := exec.Command("ipcrm", "-s", ids[1]).CombinedOutput(); err != nil {
		c.failf("ipcrm: %v: %s", err, words)
	}
}
