// Package datastream writes and reads what Qt's QDataStream writes and reads.
//
// A stream carries neither type names nor its own settings. Whoever reads must know which values follow one
// another and the [Format] in which they were written: the stream version, the byte order and the precision of
// floating-point numbers. The zero Format is what a QDataStream of the newest Qt known here uses when the
// program sets nothing. A program built with an older Qt uses that Qt's version: see [ParseVersion].
//
// Writing is a family of methods that append one value to a byte slice and allocate nothing while its capacity
// suffices. Reading goes through a [Reader], which keeps the first error, so that a caller checks once at the end:
//
//	r := datastream.NewReader(datastream.Format{Version: datastream.V5_13}, segment, datastream.Limits{})
//	id, name := r.Int32(), r.QString()
//	if err := r.Err(); err != nil {
//		return err
//	}
//
// Bytes after the last value are no error: a shared memory segment is usually longer than the stream in it.
//
// # Types
//
// Each row was compared with QDataStream of Qt 5.15.8 (stream versions 1 to 19), Qt 6.4.2 (1 to 20) and Qt 6.11.2
// (1 to 24), in both directions, both byte orders and both precisions; the bytes are in testdata. Qt 6.12 reports
// version 24 as well.
//
//	Qt type               methods                  versions  differs between versions
//	quint8, qint8         Uint8, Int8              1-24      no
//	quint16, qint16       Uint16, Int16            1-24      no
//	quint32, qint32       Uint32, Int32            1-24      no
//	quint64, qint64       Uint64, Int64            1-24      1-5, little-endian: the high 32-bit word comes first
//	bool                  Bool                     1-24      no
//	float                 Float32                  1-24      4 bytes; from 12 in double precision: 8
//	double                Float64                  1-24      8 bytes; from 12 in single precision: 4
//	QString               QString                  1-24      1: Latin-1; 3: null; 22: lengths of 4 GiB and more
//	QByteArray            QByteArray               1-24      6: null; 22: lengths of 4 GiB and more
//	const char*           CString                  1-24      22: lengths of 4 GiB and more
//	QImage                QImage                   2-24      5: a marker comes first, so that null is possible
//
// # Where this package differs from Qt
//
//   - After an error Qt goes on reading whatever follows. A Reader stays where the failed value began and reads
//     nothing more.
//   - A Go string has no place for an unpaired UTF-16 surrogate. It is read as U+FFFD.
//   - A QImage counts as read once its PNG file is whole; the pixels are looked at by [QImage.Decode]. Qt accepts
//     a file that lacks bytes of the last checksum, a Reader does not.
//   - A null QImage before version 5, of which Qt writes nothing, and the BMP file of version 1 are refused.
package datastream
