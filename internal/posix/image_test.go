//go:build linux

package posix

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
	"unsafe"
)

// layout is what image64 and image32 have in common. Both are tested on every architecture.
type layout interface {
	waitable
	settable
	init(value uint32)
	shared() bool
	value() uint32
	waiters() uint32
	tryWait() bool
	postFirst() bool
	first() (word *uintptr, one, zero uintptr)
}

func eachLayout(t *testing.T, f func(t *testing.T, l layout)) {
	t.Run("64 bit", func(t *testing.T) { f(t, new(image64)) })
	t.Run("32 bit", func(t *testing.T) { f(t, new(image32)) })
}

func bytesOf(l layout) []byte {
	if m, ok := l.(*image64); ok {
		return unsafe.Slice((*byte)(unsafe.Pointer(m)), unsafe.Sizeof(*m))
	}
	m := l.(*image32)
	return unsafe.Slice((*byte)(unsafe.Pointer(m)), unsafe.Sizeof(*m))
}

// glibcBytes is what glibc has in memory; marked is the bit that only the 32-bit layout has.
func glibcBytes(l layout, value, waiters uint32, marked bool) []byte {
	if _, ok := l.(*image64); ok {
		b := binary.NativeEndian.AppendUint64(nil, uint64(waiters)<<32|uint64(value))
		return append(binary.NativeEndian.AppendUint32(b, 0x80), make([]byte, 20)...)
	}
	word := value << 1
	if marked {
		word |= 1
	}
	var b []byte
	for _, field := range []uint32{word, 0x80, 0, waiters} {
		b = binary.NativeEndian.AppendUint32(b, field)
	}
	return b
}

func TestImageInEachState(t *testing.T) {
	for _, c := range []struct {
		state          string
		start          uint32
		reach          func(l layout)
		value, waiters uint32
		marked         bool
	}{
		{"fresh", 5, func(layout) {}, 5, 0, false},
		{"fresh, largest", SemValueMax, func(layout) {}, SemValueMax, 0, false},
		{"taken", 5, func(l layout) { l.tryWait() }, 4, 0, false},
		{"not taken", 0, func(l layout) { l.tryWait() }, 0, 0, false},
		{"posted", 5, func(l layout) { l.add(1) }, 6, 0, false},
		{"posted at 0", 0, func(l layout) { l.postFirst() }, 1, 0, false},
		{"not posted at 1", 1, func(l layout) { l.postFirst() }, 1, 0, false},
		{"posted thrice", 5, func(l layout) { l.add(3) }, 8, 0, false},
		{"posted to the largest", 1, func(l layout) { l.add(SemValueMax - 1) }, SemValueMax, 0, false},
		{"posted beyond", 2, func(l layout) { l.add(SemValueMax - 1) }, 2, 0, false},
		{"set", 5, func(l layout) { l.set(3) }, 3, 0, false},
		{"a waiter comes", 1, func(l layout) { l.enter() }, 1, 1, false},
		{"and has it", 1, func(l layout) { l.enter(); l.take() }, 0, 0, false},
		{"a waiter finds nothing", 0, func(l layout) { l.enter(); l.take() }, 0, 1, true},
		{"and a hasty post misses it", 0, func(l layout) { l.enter(); l.take(); l.postFirst() }, 0, 1, true},
		{"and the value is set", 0, func(l layout) { l.enter(); l.take(); l.set(SemValueMax) }, SemValueMax, 1, true},
		{"and the value is set to 0", 0, func(l layout) { l.enter(); l.take(); l.set(9); l.set(0) }, 0, 1, true},
		{"and nobody else does", 0, func(l layout) { l.enter(); l.take(); l.tryWait() }, 0, 1, true},
		{"and one is posted", 0, func(l layout) { l.enter(); l.take(); l.add(1) }, 1, 1, true},
		{"and somebody else has it", 0, func(l layout) { l.enter(); l.take(); l.add(1); l.tryWait() }, 0, 1, true},
		{"and it has it", 0, func(l layout) { l.enter(); l.take(); l.add(1); l.take() }, 0, 0, false},
		{"and it gives up", 0, func(l layout) { l.enter(); l.take(); l.leave() }, 0, 0, false},
		{"one of two gives up", 0, func(l layout) { l.enter(); l.enter(); l.take(); l.take(); l.leave() }, 0, 1, true},
		{"one of two gives up unseen", 0, func(l layout) { l.enter(); l.enter(); l.leave() }, 0, 1, false},
		{"one of two has it", 0, func(l layout) {
			l.enter()
			l.enter()
			l.take()
			l.take()
			l.add(1)
			l.take()
		}, 0, 1, true},
	} {
		eachLayout(t, func(t *testing.T, l layout) {
			l.init(c.start)
			c.reach(l)
			if got, want := bytesOf(l), glibcBytes(l, c.value, c.waiters, c.marked); !bytes.Equal(got, want) {
				t.Errorf("%s:\n%x, want\n%x", c.state, got, want)
			}
			if l.value() != c.value || l.waiters() != c.waiters || !l.shared() {
				t.Errorf("%s: value %d, %d waiters, shared %v", c.state, l.value(), l.waiters(), l.shared())
			}
		})
	}
}

func TestImageTellsWhatItDid(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(1)
		if !l.tryWait() || l.tryWait() {
			t.Error("1 was not taken, or was taken twice")
		}
		if wake, ok := l.add(1); wake || !ok {
			t.Errorf("post without waiters: wake %v, ok %v", wake, ok)
		}
		l.enter()
		if !l.take() {
			t.Error("a waiter did not get 1")
		}
		l.enter()
		if l.take() {
			t.Error("a waiter got something from 0")
		}
		if wake, ok := l.add(1); !wake || !ok {
			t.Errorf("post with a waiter: wake %v, ok %v", wake, ok)
		}
		if !l.set(3) {
			t.Error("set with a waiter wakes nobody")
		}
		if !l.take() || l.set(0) {
			t.Error("set without waiters wakes somebody")
		}
		if !l.postFirst() || l.postFirst() {
			t.Error("postFirst at 0 failed, or at 1 did not")
		}
		l.init(SemValueMax)
		if wake, ok := l.add(1); wake || ok || l.value() != SemValueMax {
			t.Errorf("post at the maximum: wake %v, ok %v, value %d", wake, ok, l.value())
		}
	})
}

// The futex word holds the value, and says "empty" exactly when a waiter may sleep.
func TestFutexWord(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(0)
		l.enter()
		l.take()
		word, empty := l.futex()
		if *word != empty {
			t.Errorf("word %#x, empty is %#x", *word, empty)
		}
		l.add(1)
		if *word == empty {
			t.Error("the word is the same after a post")
		}
	})
}

// A value that only a defect can write must not carry into the number of waiters.
func TestImage64KeepsWaitersApart(t *testing.T) {
	var m image64
	m.init(0xffffffff)
	if _, ok := m.add(1); ok || m.value() != 0xffffffff || m.waiters() != 0 {
		t.Errorf("ok %v, value %#x, %d waiters", ok, m.value(), m.waiters())
	}
}

// Whoever takes himself for the last waiter clears the bit. If another came meanwhile, he sets it again and wakes him for
// what was posted meanwhile, when the bit was clear.
func TestImage32RepairsAWrongGuess(t *testing.T) {
	var m image32
	m.init(0)
	m.enter()
	m.take()
	other := startWaiter(t.Context(), &m)
	other.untilAsleep(t)
	m.word.And(^uint32(maybeWaiters)) // unmark, in the case that it looked before the other came
	if wake, _ := m.add(1); wake {
		t.Error("the bit is clear, and post wakes")
	}
	m.uncount(true)
	if err := <-other.done; err != nil {
		t.Error(err)
	}
	wantState(t, &m, 0, 0)
}

func TestImage32GuessesOnlyWhenAlone(t *testing.T) {
	var m image32
	m.init(0)
	m.enter()
	if !m.unmark() {
		t.Error("the only waiter did not take itself for the last")
	}
	m.enter()
	m.take()
	if m.unmark() || !bytes.Equal(bytesOf(&m), glibcBytes(&m, 0, 2, true)) {
		t.Errorf("one of two cleared the bit: %x", bytesOf(&m))
	}
	m.uncount(true)
	if got, want := bytesOf(&m), glibcBytes(&m, 0, 1, true); !bytes.Equal(got, want) {
		t.Errorf("after a wrong guess:\n%x, want\n%x", got, want)
	}
}

// Whoever has the word needs no method to take one and to give it back, as long as nobody waits.
func TestWordOfAFreeLock(t *testing.T) {
	eachLayout(t, func(t *testing.T, l layout) {
		l.init(1)
		word, one, zero := l.first()
		mask := ^uintptr(0)
		if _, ok := l.(*image32); ok {
			mask = math.MaxUint32 // half of a word on a 64-bit architecture
		}
		if *word&mask != one {
			t.Fatalf("the word is %#x, want %#x", *word&mask, one)
		}
		*word = *word&^mask | zero
		if l.value() != 0 || l.tryWait() {
			t.Errorf("taken by its word: the value is %d", l.value())
		}
		*word = *word&^mask | one
		if l.value() != 1 || !l.tryWait() || *word&mask != zero {
			t.Errorf("given back by its word: the value is %d", l.value())
		}
		if !l.shared() || l.waiters() != 0 {
			t.Errorf("the rest has changed: % x", bytesOf(l))
		}
	})
}
