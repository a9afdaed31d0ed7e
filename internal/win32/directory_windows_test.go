package win32

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

func TestList(t *testing.T) {
	before, err := List()
	if err != nil {
		t.Fatal(err)
	}
	var open []Handle
	var want []Named
	for _, prefix := range []string{"list ", `Global\`, "a\xed\xa0\x80", strings.Repeat("x", 2000)} {
		name := prefix + rand.Text()
		mapping, err := CreateMapping(name, 1)
		semaphore, err2 := CreateSemaphore(name+".", 1)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		open = append(open, mapping, semaphore)
		want = append(want, Named{KindMapping, name}, Named{KindSemaphore, name + "."})
	}
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range want {
		if slices.Contains(before, object) || !slices.Contains(all, object) {
			t.Errorf("%+q: listed before it is made, or not afterwards", object)
		}
	}
	if len(all) < len(before)+len(want) {
		t.Errorf("%d objects, %d before", len(all), len(before))
	}
	for _, h := range open {
		if err := Close(h); err != nil {
			t.Error(err)
		}
	}
	if all, err = List(); err != nil || slices.ContainsFunc(want, func(o Named) bool { return slices.Contains(all, o) }) {
		t.Errorf("listed after the end: %+q, %v", all, err)
	}
}

// The local name and the one with Local\ are one object, which is listed once, without.
func TestListOfLocalName(t *testing.T) {
	name := rand.Text()
	h, err := CreateMapping(`Local\`+name, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer closeNow(t, h)
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	var found []Named
	for _, object := range all {
		if strings.Contains(object.Name, name) {
			found = append(found, object)
		}
	}
	if !slices.Equal(found, []Named{{KindMapping, name}}) {
		t.Errorf("%+q", found)
	}
}

func TestDirectoryThatIsNotThere(t *testing.T) {
	all, err := directory(`\Sessions\none`, "")
	missing := errors.Is(err, windows.ERROR_FILE_NOT_FOUND) || errors.Is(err, windows.ERROR_PATH_NOT_FOUND)
	if len(all) != 0 || !missing || !strings.Contains(err.Error(), `\Sessions\none`) {
		t.Errorf("%q, %v", all, err)
	}
}
