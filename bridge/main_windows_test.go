package bridge

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
	"golang.org/x/sys/windows"
)

// detachWaits tells whether Detach waits while another holds the lock.
const detachWaits = false

var families = []family{{name: "Windows", newKey: newKey, mortal: true}}

// newKey makes a random key. When the test ends, nobody may have the segment or the lock open.
func newKey(t *testing.T) ipckey.Key {
	t.Helper()
	key, err := LegacyKey("Test" + rand.Text())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
			t.Errorf("left open: %+v", info)
		}
	})
	return key
}

// semaphoreState knows those who wait in this process only.
func semaphoreState(t *testing.T, key ipckey.Key) (value, waiting int) {
	t.Helper()
	info, err := InspectSemaphore(key)
	if err != nil {
		t.Fatal(err)
	}
	return info.Value, waitingHere()
}

// waitingHere returns how many goroutines wait for a semaphore, by what they call.
func waitingHere() (n int) {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for goroutine := range strings.SplitSeq(string(stacks), "\n\n") {
		state, calls, _ := strings.Cut(goroutine, "\n")
		if strings.Contains(state, "[syscall") && strings.Contains(calls, "windows.WaitForMultipleObjects(") {
			n++
		}
	}
	return n
}

// announceWait makes a child say that it waits, which nobody else can see.
func announceWait() {
	go func() {
		for waitingHere() == 0 {
			time.Sleep(time.Millisecond)
		}
		fmt.Println("waiting")
	}()
}

func untilChildWaits(t *testing.T, _ ipckey.Key, child childProcess) {
	t.Helper()
	wantSays(t, child, "waiting")
}

// dieWithUs makes all children die with this process, also when a test panics.
func dieWithUs(*exec.Cmd) error { return ourJob() }

// ourJob puts this process, and thereby its children, into a job that ends with the last handle to it, which is ours.
var ourJob = sync.OnceValue(func() error {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return err
	}
	var info windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	return errors.Join(err, windows.AssignProcessToJobObject(job, windows.CurrentProcess()))
})
