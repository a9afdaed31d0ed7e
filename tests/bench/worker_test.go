package main

import (
	"errors"
	"runtime"
	"slices"
	"testing"
)

func TestYieldingDoesAll(t *testing.T) {
	for times, want := range map[int][]int{
		0:   {0},
		1:   {1},
		3:   {1, 1, 1},
		16:  {2, 2, 2, 2, 2, 2, 2, 2},
		803: {100, 100, 100, 100, 100, 100, 100, 100, 3},
	} {
		var parts []int
		do := yielding(func(part int) error {
			parts = append(parts, part)
			return nil
		})
		if err := do(times); err != nil || !slices.Equal(parts, want) {
			t.Errorf("%d: done as %v, %v; want %v", times, parts, err, want)
		}
	}
}

func TestYieldingEndsWithTheFirstError(t *testing.T) {
	failure := errors.New("failure")
	for fails := range 3 {
		n := 0
		err := yielding(func(int) error {
			if n++; n > fails {
				return failure
			}
			return nil
		})(3)
		if !errors.Is(err, failure) || n != fails+1 {
			t.Errorf("after %d: %v, %d parts", fails, err, n)
		}
	}
}

func TestYieldingYields(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ran := false
	go func() { ran = true }()
	var before []bool
	_ = yielding(func(int) error {
		before = append(before, ran)
		return nil
	})(3) // it never fails
	if before[0] || !before[2] { // one turn in 61 goes to the goroutine that has just yielded
		t.Errorf("another goroutine had run before the parts: %v, want false at first and true at last", before)
	}
}
