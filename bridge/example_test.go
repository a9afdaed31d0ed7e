package bridge_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// A Qt program has copied a C string into the segment of QSharedMemory("test"); this prints it.
func ExampleAttach() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	key, err := bridge.LegacyKey("test")
	if err != nil {
		log.Fatal(err)
	}
	seg, err := bridge.Attach(ctx, key, bridge.ReadOnly)
	if errors.Is(err, fs.ErrNotExist) {
		log.Fatal("the Qt program is not running")
	} else if err != nil {
		log.Fatal(err)
	}
	defer seg.Detach(ctx)
	err = seg.Do(ctx, func(mem []byte) error {
		text, _, _ := bytes.Cut(mem, []byte{0})
		fmt.Println(string(text))
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
}

// Two Segments of one process share memory as two processes do.
func ExampleCreate() {
	ctx := context.Background()
	key, err := bridge.LegacyKey("shmbridge example")
	if err != nil {
		log.Fatal(err)
	}
	mine, err := bridge.Create(ctx, key, 1024)
	if err != nil {
		log.Fatal(err)
	}
	defer mine.Detach(ctx)
	other, err := bridge.Attach(ctx, key, bridge.ReadOnly)
	if err != nil {
		log.Fatal(err)
	}
	defer other.Detach(ctx)

	if _, err := mine.WriteAt([]byte("Hello, world!"), 0); err != nil {
		log.Fatal(err)
	}
	buf := make([]byte, 13)
	if _, err := other.ReadAt(buf, 0); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, in %d bytes\n", buf, mine.RequestedSize())
	// Output: Hello, world!, in 1024 bytes
}

// Nobody knows with which version of Qt, and in which family, the other program was built.
func ExampleFind() {
	key, err := bridge.Find("test")
	switch {
	case errors.Is(err, bridge.ErrAmbiguous):
		log.Fatal(err) // it lists the keys, of which ipckey.Parse makes one
	case errors.Is(err, fs.ErrNotExist):
		log.Fatal("no Qt program has it")
	case err != nil:
		log.Fatal(err)
	}
	fmt.Println("found in family", key.Type.Family())
}

// A program comes back after a crash, which may have left a POSIX lock that nobody gives back any more.
func ExampleBreakDeadLock() {
	key, err := ipckey.PlatformSafe(bridge.Environment(), ipckey.Segment, "org.example.counter", ipckey.PosixRealtime)
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	seg, err := bridge.Attach(ctx, key, bridge.ReadWrite, bridge.BreakDeadLock())
	if err != nil {
		log.Fatal(err) // if it took too long, it says which processes have the lock open
	}
	defer seg.Detach(ctx)
}
