package topview

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{
		-1: "?", 0: "0", 9999: "9999", 10000: "9.8K", 10189: "10K", 1 << 20: "1.0M", 1023 << 10: "1.0M", 999 << 10: "999K", 921652: "900K",
		5 << 30: "5.0G", 1 << 40: "1.0T", math.MaxInt64: "8.0E",
	} {
		if got := size(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for n := int64(1); n > 0; n = n*3 + 1 {
		if got := size(n); len(got) > 5 {
			t.Errorf("%d: %s is too long", n, got)
		}
	}
}

func TestAge(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		-time.Hour: "0s", 0: "0s", 59 * time.Second: "59s", time.Minute: "1m", 59 * time.Minute: "59m", time.Hour: "1h", 47 * time.Hour: "47h",
		2 * day: "2d", 999 * day: "999d", 1000 * day: "2y", math.MaxInt64: "292y",
	} {
		if got := age(d); got != want || len(got) > 4 {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{
		{"abc", 5, "abc  "}, {"abc", -5, "  abc"}, {"abcdef", 4, "abc…"}, {"abcdef", -4, "abc…"}, {"abc", 3, "abc"}, {"", 2, "  "}, {"abc", 0, ""},
		{"日本語", 4, "日… "}, {"日本", 4, "日本"},
	} {
		if got := fit(tt.text, tt.width); got != tt.want {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
	if got := fit(styled(red, "abcdef"), 3); ansi.Strip(got) != "ab…" || !strings.HasSuffix(got, "\x1b[m") {
		t.Errorf("%q: the colour does not end", got)
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain\ntext": "plain\ufffdtext", "\x1b[31m": "\ufffd[31m", "a\x00b\x07\x7f": "a\ufffdb\ufffd\ufffd", "\u009b1m": "\ufffd1m", "\xff\xfe": "\ufffd",
		"a\tb": "a    b", "é日": "é日", "\u202e": "\ufffd", "\r\n": "\ufffd\ufffd",
	} {
		if got := clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", " "},
		{"short\n\n", " short"},
		{"a\n\nb", " a|| b"},
		{"the words of a long line", " the words of a long| line"},
		{strings.Repeat("x", 25), " " + strings.Repeat("x", 19) + "| xxxxxx"},
		{"key   a value of some words", " key   a value of|       some words"},
		{"        indented and long", "         indented|         and long"},
		{"\x1b[31m\r\nb", " \ufffd[31m\ufffd| b"},
		{"a label that is long   x", " a label that is| long   x"},
	} {
		got := strings.Join(wrapped(tt.text, 20), "|")
		if strings.ReplaceAll(got, " |", "|") != strings.ReplaceAll(tt.want, " |", "|") {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}
