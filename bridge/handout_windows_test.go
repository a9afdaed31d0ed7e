package bridge

import "testing"

// pull changes the semaphore, if it can. There is no lever here, and yet there may be one who passes the gate.
func (o outsider) pull(release bool) bool {
	if release {
		return o.at.unlock() == nil
	}
	ok, err := o.at.tryLock()
	return ok && err == nil
}

// usable reports whether the semaphore can still be looked at.
func (o outsider) usable() bool {
	_, err := o.at.(*win32Attachment).sem.others()
	return err == nil
}

func TestNoLever(t *testing.T) {
	if lever := create(t, newKey(t), 8).Lever(); lever != (Lever{SemID: -1}) {
		t.Errorf("lever %+v", lever)
	}
}
