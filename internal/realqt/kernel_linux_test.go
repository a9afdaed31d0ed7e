//go:build amd64 || arm64

package realqt

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the kernel knows of System V objects: the tests compare Qt's answers with it.

// Commands of semctl(2), from linux/sem.h.
const (
	getPID          = 11
	getValue        = 12
	getWaitingCount = 14
)

// tempVariable is the environment variable that tells Qt the directory of temporary files.
const tempVariable = "TMPDIR"

// notOfBuilds are the tests of the system's libraries: those on QtGui, which a build need not have, and on Load.
const notOfBuilds = "Gui|Image|^TestLoad|^TestVersion|^TestEachBuild$"

// usualLibraries are the system's.
func usualLibraries() []string { return []string{"qt5", "qt6"} }

// hasGui reports whether a library has QtGui. The packages in which the tests find the system's bring both.
func hasGui(*testing.T, *Qt) bool { return true }

// nativePrefix begins the native key that Qt derives from a key.
func nativePrefix(q *Qt) string { return q.TempPath() + "/" }

// sizeOf returns the size of a segment created with size bytes.
func sizeOf(size int) int { return size }

// lockValue returns the value of the semaphore that is the lock of a segment.
func lockValue(t *testing.T, m *SharedMemory) int {
	t.Helper()
	return semctl(semaphoreOf(t, lockFile(m)), getValue)
}

// reserve returns memory that must not be touched.
func reserve(t *testing.T, size int) []byte {
	t.Helper()
	memory, err := syscall.Mmap(-1, 0, size, syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(memory) })
	return memory
}

// wantGone wants nothing to be left of a segment.
func wantGone(t *testing.T, m *SharedMemory) {
	t.Helper()
	if _, err := os.Stat(m.NativeKey()); !os.IsNotExist(err) {
		t.Errorf("the last to detach left the key file: %v", err)
	}
}

// allocated returns how many bytes of C memory are in use.
func allocated(t *testing.T) int {
	t.Helper()
	libc, err := openLibrary("libc.so.6", "")
	if err != nil {
		t.Fatal(err)
	}
	var mallinfo2 func() struct{ arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost int }
	if err := libc.bind("mallinfo2", &mallinfo2); err != nil {
		t.Fatal(err)
	}
	return mallinfo2().uordblks
}

// semaphoreFile returns the key file of the QSystemSemaphore with the key of a segment.
func semaphoreFile(m *SharedMemory) string {
	return strings.Replace(m.NativeKey(), "/qipc_sharedmemory_", "/qipc_systemsem_", 1)
}

// lockFile returns the key file of the lock of a segment. It is that of the QSystemSemaphore, but in Qt 6.6.0 the segment's own.
func lockFile(m *SharedMemory) string {
	if m.qt.Version() == "6.6.0" {
		return m.NativeKey()
	}
	return semaphoreFile(m)
}

// semaphoreOf returns the id of the semaphore of a key file, and -1 if there is none. It looks at the low 24 bits of keys: above
// them is 'Q', but from Qt 5.6 to 5.8 a hash.
func semaphoreOf(t *testing.T, keyFile string) int {
	t.Helper()
	var st syscall.Stat_t
	if err := syscall.Stat(keyFile, &st); err != nil {
		t.Fatalf("stat %s: %v", keyFile, err)
	}
	for _, row := range table("/proc/sysvipc/sem") {
		if row["key"]&0xffffff == int(st.Dev&0xff<<16|st.Ino&0xffff) {
			return row["semid"]
		}
	}
	return -1
}

func semctl(id, command int) int {
	n, _, errno := syscall.Syscall6(syscall.SYS_SEMCTL, uintptr(id), 0, uintptr(command), 0, 0, 0)
	if errno != 0 {
		return -1
	}
	return int(n)
}

// await waits for something that the kernel is about to do.
func await(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !happened(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

// awaitWaiters waits until n threads sleep in semop on the semaphore of a key file.
func awaitWaiters(t *testing.T, keyFile string, n int) {
	t.Helper()
	id := semaphoreOf(t, keyFile)
	await(t, fmt.Sprintf("%d waiting for the semaphore", n), func() bool { return semctl(id, getWaitingCount) == n })
}

// leftIPC lists the segments made, and the semaphores last touched, by our processes, and what has POSIX names of ours.
func leftIPC(ours map[int]bool) []string {
	left, _ := filepath.Glob("/dev/shm/*" + keyPrefix + "*")
	for _, row := range table("/proc/sysvipc/shm") {
		if ours[row["cpid"]] {
			left = append(left, fmt.Sprintf("segment %d", row["shmid"]))
		}
	}
	for _, row := range table("/proc/sysvipc/sem") {
		if ours[semctl(row["semid"], getPID)] {
			left = append(left, fmt.Sprintf("semaphore %d", row["semid"]))
		}
	}
	return left
}

// table reads a table of numbers whose first line has the names of the columns.
func table(file string) []map[string]int {
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	names := strings.Fields(lines[0])
	var rows []map[string]int
	for _, line := range lines[1:] {
		row := map[string]int{}
		for i, word := range strings.Fields(line) {
			row[names[i]], _ = strconv.Atoi(word)
		}
		rows = append(rows, row)
	}
	return rows
}
