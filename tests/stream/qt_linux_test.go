package stream

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

const top = "../.."

var coreName = regexp.MustCompile(`^libQt([56])Core\.so`)

// qt is a running program of tests/qt/variants, which says in its main.cpp what it is sent and answers.
type qt struct {
	version string
	major   int
	newest  datastream.Version
	types   []string // those that it can stream in a QVariant

	compared map[string]bool // types of values that were equal, in Qt and here, when written in two formats

	in     io.WriteCloser
	out    *bufio.Reader
	stderr bytes.Buffer
}

// directories returns where the libraries of the Qts to test with are: "" for the system's two, and the builds in .cache/qt.
func directories(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{"system-qt5": "", "system-qt6": ""}
	builds, err := filepath.Glob(top + "/.cache/qt/*-gui/libQt?Core.so.?")
	if err != nil {
		t.Fatal(err)
	}
	for _, library := range builds {
		dir, err := filepath.Abs(filepath.Dir(library))
		if err != nil {
			t.Fatal(err)
		}
		major := coreName.FindStringSubmatch(filepath.Base(library))[1]
		found[strings.TrimSuffix(filepath.Base(dir), "-gui")+"-qt"+major] = dir
	}
	return found
}

// start runs the program with the Qt that directories calls name. The test ends it.
func start(t *testing.T, name, directory string) *qt {
	t.Helper()
	q := &qt{compared: map[string]bool{}}
	cmd := exec.Command(filepath.Join(*bin, "qtvariants-"+name[strings.LastIndex(name, "qt"):]))
	cmd.Env = append(os.Environ(), "TZ=Europe/Paris", "LC_ALL=C.UTF-8", "QT_QPA_PLATFORM=offscreen", "QT_HASH_SEED=0",
		"QT_LOGGING_RULES=*=false", "XDG_RUNTIME_DIR="+t.TempDir())
	if directory != "" {
		cmd.Env = append(cmd.Env, "LD_LIBRARY_PATH="+directory, "QT_QPA_PLATFORM_PLUGIN_PATH="+directory)
	}
	cmd.Stderr = &q.stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v; build it: cmake --build build --target qtvariants", err)
	}
	q.in, q.out = stdin, bufio.NewReader(stdout)
	t.Cleanup(func() {
		stdin.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v: %s", cmd.Path, err, q.stderr.Bytes())
		}
	})
	q.greet(t)
	return q
}

func (q *qt) greet(t *testing.T) {
	t.Helper()
	b, err := q.receive()
	if err != nil {
		t.Fatalf("no greeting: %v: %s", err, q.stderr.Bytes())
	}
	a := answerReader{b}
	q.version, q.newest, q.types = string(a.bytes()), datastream.Version(a.number()), strings.Split(strings.TrimSpace(string(a.bytes())), "\n")
	if _, err := fmt.Sscanf(q.version, "%d.", &q.major); err != nil {
		t.Fatalf("version %q: %v", q.version, err)
	}
}

// answer is what Qt says of a QVariant in the stream.
type answer struct {
	given, newest    []byte // its bytes, in the format asked for and in the newest version
	status           uint8  // that of QDataStream after reading given; 0x80 is added if bytes are left
	equal            uint8  // whether Qt reads equal values from given and newest
	again            []byte // what was read from given, written again
	text, newestText string // what was read from given and from newest, in JSON
}

// Values of answer.equal. There is one more, for a value that does not even equal itself.
const (
	different   = 0
	equalValues = 1
)

// ask has a QVariant streamed in a format: the random one of seed, or if that is 0 the one in given and newest.
func (q *qt) ask(f datastream.Format, seed uint32, given, newest []byte) (a answer, err error) {
	var b []byte
	b = binary.BigEndian.AppendUint32(b, uint32(f.Version))
	b = append(b, byte(f.ByteOrder), 1-byte(f.Precision)) // QDataStream::SinglePrecision is 0
	b = binary.BigEndian.AppendUint32(b, seed)
	for _, p := range [][]byte{given, newest} {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
	}
	_, err = q.in.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...))
	if err == nil {
		b, err = q.receive()
	}
	if err != nil {
		return a, fmt.Errorf("the program ended: %w: %s", err, q.stderr.Bytes())
	}
	r := answerReader{b}
	a.given, a.newest, a.status, a.equal = r.bytes(), r.bytes(), r.byte(), r.byte()
	a.again, a.text, a.newestText = r.bytes(), string(r.bytes()), string(r.bytes())
	return a, nil
}

func (q *qt) receive() ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(q.out, size[:]); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint32(size[:]))
	_, err := io.ReadFull(q.out, b)
	return b, err
}

// answerReader reads the fields of an answer, which is whole.
type answerReader struct{ rest []byte }

func (a *answerReader) next(n int) []byte {
	p := a.rest[:n]
	a.rest = a.rest[n:]
	return p
}

func (a *answerReader) byte() uint8    { return a.next(1)[0] }
func (a *answerReader) number() uint32 { return binary.BigEndian.Uint32(a.next(4)) }

func (a *answerReader) bytes() []byte {
	n := a.number()
	if n == 0xffffffff { // null
		return nil
	}
	return a.next(int(n))
}
