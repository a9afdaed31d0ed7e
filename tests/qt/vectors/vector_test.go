package main

import (
	"maps"
	"strings"
	"testing"
)

const pngA, pngB = "89504e470d0a1a0aaa49454e44ae426082", "89504e470d0a1a0abb49454e44ae426082"

// vectorsOf parses lines whose fields are separated by blanks.
func vectorsOf(t *testing.T, lines ...string) *vectors {
	t.Helper()
	v := newVectors()
	if err := v.parse(strings.ReplaceAll(strings.Join(lines, "\n")+"\n", " ", "\t")); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		name       string
		have, want []string
	}{
		{"versions", []string{"a 1 big double 00 0 =", "a 2 big double 00 0 =", "a 3 big double 01 0 ="},
			[]string{"a 1-2 big double 00 0 =", "a 3-3 big double 01 0 ="}},
		{"what is read", []string{"a 1 big double 00 0 =", "a 2 big double 00 0 1"},
			[]string{"a 1-1 big double 00 0 =", "a 2-2 big double 00 0 1"}},
		{"a gap", []string{"a 1 big double 00 0 =", "a 3-4 big double 00 0 ="},
			[]string{"a 1-1 big double 00 0 =", "a 3-4 big double 00 0 ="}},
		{"any", []string{"a 1 big double 00 0 =", "a 1 little double 00 0 =", "a 1 big single 00 0 =", "a 1 little single 00 0 ="},
			[]string{"a 1-1 any any 00 0 ="}},
		{"any precision", []string{"a 1 big double 00 0 =", "a 1 little double 01 0 =", "a 1 big single 00 0 =", "a 1 little single 01 0 ="},
			[]string{"a 1-1 big any 00 0 =", "a 1-1 little any 01 0 ="}},
		{"any order", []string{"a 1 big double 00 0 =", "a 1 little double 00 0 =", "a 1 big single 01 0 =", "a 1 little single 01 0 ="},
			[]string{"a 1-1 any double 00 0 =", "a 1-1 any single 01 0 ="}},
		{"one order only", []string{"a 1 big any 00 0 ="}, []string{"a 1-1 big any 00 0 ="}},
		{"one that differs", []string{"a 1 big any 00 0 =", "a 1 little double 00 0 =", "a 1 little single 01 0 ="},
			[]string{"a 1-1 big double 00 0 =", "a 1-1 big single 00 0 =", "a 1-1 little double 00 0 =", "a 1-1 little single 01 0 ="}},
		{"order of values", []string{"b 1 big double 00 0 =", "a 1 big double 00 1 =", "b 2 big double 00 0 ="},
			[]string{"b 1-2 big double 00 0 =", "a 1-1 big double 00 1 ="}},
		{"the newest version", []string{"a 100 big double 00 0 ="}, []string{"a 100-100 big double 00 0 ="}},
	} {
		v := vectorsOf(t, test.have...)
		got := v.lines()
		if want := strings.ReplaceAll(strings.Join(test.want, "\n")+"\n", " ", "\t"); got != want {
			t.Errorf("%s:\n%swant\n%s", test.name, got, want)
		}
		again := newVectors()
		if err := again.parse(got); err != nil || !maps.Equal(again.results, v.results) {
			t.Errorf("%s: reads again as %v, error %v", test.name, again.results, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, lines := range []string{
		"a\t1\tbig\tdouble\t00\t0\n",
		"a\t1\tbig\tdouble\t00\t0\t\n",
		"a\t1\tbig\tdouble\t00\t0\t=\t\n",
		"a\t0-1\tbig\tdouble\t00\t0\t=\n",
		"a\t2-1\tbig\tdouble\t00\t0\t=\n",
		"a\tx\tbig\tdouble\t00\t0\t=\n",
		"a\t1-x\tbig\tdouble\t00\t0\t=\n",
		"a\t1-101\tbig\tdouble\t00\t0\t=\n",
		"a\t1\tmiddle\tdouble\t00\t0\t=\n",
		"a\t1\tbig\thalf\t00\t0\t=\n",
		"a\t1-2\tany\tany\t00\t0\t=\na\t2\tbig\tdouble\t00\t0\t=\n",
	} {
		if err := newVectors().parse(lines); err == nil {
			t.Errorf("%q is taken", lines)
		}
	}
}

func TestMinusAndPlus(t *testing.T) {
	newer := vectorsOf(t, "a 1-3 big double 00 0 =", "b 1 big double 00 0 =", "i 1 big double "+pngA+" 0 =")
	older := vectorsOf(t, "a 1 big double 00 0 =", "a 2 big double 01 0 =", "c 1 big double 00 0 =", "i 1 big double "+pngB+" 0 =", "i 2 big double "+pngB+"00 0 =")
	rest := older.minus(newer)
	want := vectorsOf(t, "a 2 big double 01 0 =", "c 1 big double 00 0 =", "i 2 big double "+pngB+"00 0 =")
	if rest.lines() != want.lines() {
		t.Errorf("minus:\n%swant\n%s", rest.lines(), want.lines())
	}
	sum := newer.plus(rest)
	want = vectorsOf(t, "a 1 big double 00 0 =", "a 2 big double 01 0 =", "a 3 big double 00 0 =", "b 1 big double 00 0 =",
		"i 1 big double "+pngA+" 0 =", "i 2 big double "+pngB+"00 0 =", "c 1 big double 00 0 =")
	if sum.lines() != want.lines() {
		t.Errorf("plus:\n%swant\n%s", sum.lines(), want.lines())
	}
}

func TestSumLeavesOutPNG(t *testing.T) {
	one := vectorsOf(t, "i 1 big double 01"+pngA+"02 0 =")
	for want, lines := range map[bool]string{
		true:  "i 1 big double 01" + pngB + "02 0 =",
		false: "i 1 big double 01" + pngA + "03 0 =",
	} {
		if other := vectorsOf(t, lines); one.sum() == other.sum() != want {
			t.Errorf("%s: equal sums are %v, want %v", lines, !want, want)
		}
	}
}
