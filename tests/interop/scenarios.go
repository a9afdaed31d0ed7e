package interop

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"strconv"
)

// text is S1-text: a QDataStream of a const char*, written again on every press of Send.
func text(c *Cell, writer, reader *Peer) {
	name := c.newName("test")
	writer.does("segment", "s", name)
	reader.does("segment", "s", name)
	for _, press := range []struct {
		text  string
		spare int // bytes that the segment has beyond the stream
	}{{"test sharedMemory", 0}, {"and now for something longer", 0}, {"", 0}, {"déjà vu", 4000}} {
		length := len(press.text) + len("\x00\x00\x00\x00\x00")
		writer.makes(length+press.spare, "s")
		writer.gets(strconv.Itoa(length), "put", "s", "cstring", press.text)

		reader.joins(length+press.spare, "s", "ro")
		read := reader.does("get", "s", "cstring")[0]
		reader.gets(hex.EncodeToString([]byte(press.text+"\x00")), "get", "s", "qbytearray")
		reader.does("detach", "s")
		c.trip(writer, reader, strconv.Quote(press.text), strconv.Quote(read))
		writer.does("detach", "s")
		c.vanishes(writer, name)
	}
}

// picture is S2-image: the Shared Memory Example's two dialogs, in which a QImage is loaded and shown.
func picture(c *Cell, writer, reader *Peer) {
	name := c.newName("QSharedMemoryExample")
	file := paint(c)
	stream := writer.does("encode", "qimage", file)[0]
	writer.creates(name, len(stream)/2)
	writer.gets(strconv.Itoa(len(stream)/2), "put", "s", "qimage", file)

	reader.attaches(name, len(stream)/2)
	shown := reader.does("get", "s", "qimage")[0]
	reader.does("detach", "s")
	c.trip(writer, reader, describe(c, file), describe(c, shown))
	writer.does("detach", "s")
	c.vanishes(writer, name)
	reader.refuses("NotFound", "attach", "s")
}

// paint returns a PNG file, in hexadecimal, whose pixels have many colours and degrees of transparency.
func paint(c *Cell) string {
	img := image.NewNRGBA(image.Rect(0, 0, 33, 17))
	for y := range 17 {
		for x := range 33 {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x * 7), uint8(y * 15), uint8(x ^ y), uint8(255 - x*y/3)})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		c.fail(err)
	}
	return hex.EncodeToString(file.Bytes())
}

// describe tells the size of the picture in a PNG file, given in hexadecimal, and all its pixels by a hash.
func describe(c *Cell, file string) string {
	data, err := hex.DecodeString(file)
	if err != nil {
		c.fail(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		c.failf("the picture is no PNG file: %v", err)
	}
	size := img.Bounds().Size()
	hash := fnv.New64a()
	for y := range size.Y {
		for x := range size.X {
			pixel := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			hash.Write([]byte{pixel.R, pixel.G, pixel.B, pixel.A})
		}
	}
	return fmt.Sprintf("%dx%d pixels %016x", size.X, size.Y, hash.Sum64())
}

// integer is S3-int: an int at the start of 1024 bytes, a needless attach(), and two objects in one process.
func integer(c *Cell, writer, reader *Peer) {
	name := c.newName("test_shared")
	writer.creates(name, 1024)
	if again := writer.Ask("attach", "s"); again.Code == "" {
		c.failf("%s answers %+v to the attach of an attached object, want an error", writer, again)
	}
	writer.gets("4", "put", "s", "int32", "1024")

	writer.does("segment", "second", name)
	writer.joins(1024, "second")
	writer.gets("1024", "get", "second", "int32")

	reader.attaches(name, 1024)
	c.trip(writer, reader, "1024", reader.does("get", "s", "int32")[0])
	reader.gets(hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1024)), "read", "s", "0", "4")

	writer.does("lock", "second")
	c.waits(name, reader, "put", "s", "int32", "-7")
	writer.does("unlock", "second")
	reader.done()
	writer.gets("-7", "get", "s", "int32")
	writer.does("detach", "second")
	writer.gets("-7", "get", "s", "int32")
}

// guard is S4-guard: who can attach is the second instance, else it creates and is the first.
func guard(c *Cell, first, second *Peer) {
	name := c.newName("test_shared")
	starts := func(p *Peer, alone bool) {
		p.does("segment", "s", name)
		if alone {
			p.refuses("NotFound", "attach", "s")
			if c.world.oneFile() && c.world.Qt != "" && !p.isOurs() { // Qt 6.6.0 does not find what it creates then
				p.refuses("NotFound", "create", "s", "1")
				p.does("close", "s")
				p.does("segment", "s", name)
			}
			p.makes(1, "s")
		} else {
			p.joins(1, "s")
			p.does("close", "s")
		}
	}
	starts(first, true)
	starts(second, false)
	c.trips = append(c.trips, Trip{first, second, "create(1)", "attach(): already running"})
	takesOver := func(p *Peer) {
		if c.world.windows() { // what the dead one had is gone
			starts(p, true)
			return
		}
		starts(p, false) // the mistake of this guard: it takes what was left for a running instance
		if c.world.posix() {
			starts(p, false) // and that for ever, until somebody removes it
			c.removes(name)
		} // else it attached last, and so removed it
		c.forgets(p)
		starts(p, true)
	}
	first.Kill()
	takesOver(second)
	starts(c.Start(first.Kind), false)
	second.Kill()
	takesOver(c.Start(first.Kind))
}

// cString is S5-string: strcpy() into 1024 bytes, an int in four, and at the end the remove() that QSharedMemory lacks.
func cString(c *Cell, writer, reader *Peer) {
	const greeting = "Hello, world!"
	name := c.newName("my_shared_memory")
	writer.creates(name, 1024)
	writer.does("put", "s", "text", greeting)
	reader.attaches(name, 1024)
	c.trip(writer, reader, strconv.Quote(greeting), strconv.Quote(reader.does("get", "s", "text")[0]))
	reader.gets(hex.EncodeToString([]byte(greeting+"\x00\x00")), "read", "s", "0", "15")

	number := c.newName("MySharedMemory")
	writer.does("segment", "n", number)
	writer.makes(4, "n")
	writer.does("put", "n", "int32", "42")
	reader.does("segment", "n", number)
	reader.joins(4, "n")
	c.trip(writer, reader, "42", reader.does("get", "n", "int32")[0])

	c.observer().refuses("Busy", "remove", number)
	writer.Kill()
	reader.Kill()
	for _, left := range []string{name, number} {
		if !c.world.windows() {
			c.removes(left)
		}
		c.observer().refuses("NotFound", "remove", left)
	}
}
