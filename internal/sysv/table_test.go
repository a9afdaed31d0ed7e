//go:build linux

package sysv

import (
	"os"
	"testing"
)

func TestShmTable(t *testing.T) {
	key := newKey(t)
	id, err := Shmget(key, 4097, 0o640|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := Shmrm(id); err != nil {
			t.Error(err)
		}
	}()
	mem, err := Shmat(id, true)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Shmstat(id)
	all, tableErr := ShmTable()
	found := 0
	for _, entry := range all {
		if entry.ID == id {
			found++
			if entry.Key != key || entry.ShmInfo != want || want.Attached != 1 || want.Mode != 0o640 {
				t.Errorf("%+v, want key %d, %+v", entry, key, want)
			}
		}
	}
	if found != 1 || err != nil || tableErr != nil {
		t.Errorf("%d times in the table; %v, %v", found, err, tableErr)
	}
	if err := Shmdt(mem); err != nil {
		t.Error(err)
	}
}

func TestSemTable(t *testing.T) {
	key := newKey(t)
	id, err := Semget(key, 3, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := Semrm(id); err != nil {
			t.Error(err)
		}
	}()
	look := func() (entry SemEntry) {
		t.Helper()
		all, err := SemTable()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			if e.ID == id {
				entry = e
			}
		}
		return entry
	}
	made := look()
	want := SemEntry{Key: key, ID: id, N: 3, UID: uint32(os.Geteuid()), Mode: 0o600, CtTime: made.CtTime}
	if made != want || made.CtTime == 0 {
		t.Errorf("made: %+v, want %+v", made, want)
	}
	if _, err := SemTry(id, 1, false); err != nil {
		t.Fatal(err)
	}
	if used := look(); used.OpTime < made.CtTime {
		t.Errorf("used: %+v", used)
	}
}

func TestTableOfAnotherForm(t *testing.T) {
	path := t.TempDir() + "/table"
	for text, rows := range map[string]int{"": 0, "key id\n": 0, "key id\n1 2\n3 4\n": 2, "key id\n1\n": -1, "key id\n1 x\n": -1} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		all, err := table(path, func(r *row) int64 { return r.next(10) + r.next(10) })
		if (err != nil) != (rows < 0) || err == nil && len(all) != rows {
			t.Errorf("%q: %v, %v; want %d rows", text, all, err, rows)
		}
	}
	if _, err := table(path+"x", func(*row) int { return 0 }); err == nil {
		t.Error("no table, and no error")
	}
}
