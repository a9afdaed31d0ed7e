package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestIsNamedByQt(t *testing.T) {
	for native, want := range map[string]bool{
		"qipc_sharedmemory_x": true, "qipc_systemsem_x": true, "shm_x": true, "sem_x": true,
		`Local\shm_x`: true, `Global\sem_x`: true, `Global\qipc_systemsem_x`: true,
		"": false, "x": false, "xshm_": false, "SHM_x": false, `Global\x`: false, "shm": false,
	} {
		if got := isNamedByQt(native); got != want {
			t.Errorf("%s: %v, want %v", native, got, want)
		}
	}
}

// listed are segments with and without a lock, one that may not be looked at, and a semaphore.
var listed = []bridge.Info{
	{Key: ipckey.Key{Type: ipckey.Windows, Native: "n", Legacy: "a"}, Exists: true, Size: 4096, Attached: 2,
		Semaphore: bridge.SemaphoreInfo{Native: "s", Exists: true, Value: 1, Waiting: -1}},
	{Key: ipckey.Key{Type: ipckey.Windows, Native: "alone"}, Exists: true, Size: 8192, Semaphore: bridge.SemaphoreInfo{Native: "alone_sem"}},
	{Key: ipckey.Key{Type: ipckey.Windows, Native: "x\xed\xa0\x80\x1b[31m"}, Exists: true, Size: -1, Attached: -1},
	{Key: ipckey.Key{Type: ipckey.Windows, Native: "sem_x"}, Semaphore: bridge.SemaphoreInfo{Native: "sem_x", Exists: true, Value: 7, Waiting: -1}},
	{Key: ipckey.Key{Type: ipckey.Windows, Native: "sem_y"}, Semaphore: bridge.SemaphoreInfo{Native: "sem_y", Exists: true, Value: -1, Waiting: -1}},
}

func TestPrintList(t *testing.T) {
	var out bytes.Buffer
	if err := printList(&out, listed); err != nil {
		t.Fatal(err)
	}
	want := "OBJECT     SIZE  ATTACHED  VALUE  KEY\n" +
		"segment    4096  2         1      windows:n?legacyKey=a\n" +
		"segment    8192  0         -      windows:alone\n" +
		"segment    -     -         -      windows:x\ufffd%1B[31m\n" +
		"semaphore  -     -         7      windows:sem_x\n" +
		"semaphore  -     -         -      windows:sem_y\n"
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
}

func TestPrintListJSON(t *testing.T) {
	for _, c := range []struct {
		listed []bridge.Info
		want   []string
	}{
		{nil, []string{"[]\n"}},
		{listed[:1], []string{`[{"key":"windows:n?legacyKey=a","family":"windows","native":"n","exists":true,"size":4096,"attached":2,`,
			`"owner":null,"mode":null,`, `"semaphore":{"native":"s","exists":true,"value":1,"waiting":null,"last_pid":null}}]`}},
		{listed[2:3], []string{`"exists":true,"size":null,"attached":null,`}},
		{listed[3:], []string{`"exists":false,`, `"value":7,`, `"value":null,`}},
	} {
		var out bytes.Buffer
		if err := printListJSON(&out, c.listed); err != nil {
			t.Fatal(err)
		}
		for _, part := range c.want {
			if !strings.Contains(out.String(), part) {
				t.Errorf("%s lacks %s", out.String(), part)
			}
		}
	}
}
