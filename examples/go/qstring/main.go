// Command qstring prints the QString that a Qt program has streamed into the segment of QSharedMemory("greeting"):
//
//	QByteArray bytes;
//	QDataStream(&bytes, QIODevice::WriteOnly) << QString("Hello from Qt");
//	memory.create(bytes.size());
//	memory.lock();
//	memcpy(memory.data(), bytes.constData(), bytes.size());
//	memory.unlock();
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

func main() {
	text, err := greeting()
	if err != nil {
		log.SetFlags(0)
		log.Fatal(err)
	}
	fmt.Fprintln(os.Stdout, text)
}

func greeting() (text string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	key, err := bridge.LegacyKey("greeting")
	if err != nil {
		return "", err
	}
	seg, err := bridge.Attach(ctx, key, bridge.ReadOnly)
	if err != nil {
		return "", err
	}
	defer seg.Detach(ctx)
	err = seg.Do(ctx, func(mem []byte) error {
		r := datastream.NewReader(datastream.Format{}, mem, datastream.Limits{})
		text = r.QString()
		return r.Err()
	})
	return text, err
}
