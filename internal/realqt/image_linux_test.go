//go:build amd64 || arm64

package realqt

import (
	"bytes"
	"testing"
)

// libpng leaves a damaged picture by longjmp, which Wine does not survive in each Qt.
func TestDamagedImages(t *testing.T) {
	golden := unhex(t, goldenImage)
	changed := bytes.Clone(golden)
	changed[30] ^= 1
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		wantRefused(t, q, []wrongImage{
			{"encoding a PNG cut short", (*Qt).EncodeQImage, golden[4:60], "finds no picture in 56 bytes"},
			{"encoding a damaged PNG", (*Qt).EncodeQImage, changed[4:], "finds no picture in"},
			{"decoding a marker alone", (*Qt).DecodeQImage, golden[:4], "ReadPastEnd"},
			{"decoding a picture cut short", (*Qt).DecodeQImage, golden[:60], "ReadPastEnd"},
			{"decoding all but the last 5 bytes", (*Qt).DecodeQImage, golden[:len(golden)-5], "ReadPastEnd"},
			{"decoding a damaged picture", (*Qt).DecodeQImage, changed, "ReadPastEnd"},
			{"decoding text", (*Qt).DecodeQImage, []byte("this is no picture"), "ReadPastEnd"},
		})
	})
}
