#include "formats.h"
#include "words.h"

#include <QBuffer>
#include <QDataStream>
#include <QImage>
#include <QVariant>
#include <QtEndian>

#include <cstring>
#include <map>
#include <memory>

template <typename T>
static QByteArray toStream(const T &value, int version = QDataStream::Qt_DefaultCompiledVersion)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(version);
    stream << value;
    return bytes;
}

static void requireOk(const QDataStream &stream)
{
    if (stream.status() != QDataStream::Ok)
        throw error("BadData", QStringLiteral("QDataStream status %1").arg(stream.status()));
}

template <typename T>
static T fromStream(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    T value{};
    stream >> value;
    requireOk(stream);
    return value;
}

static QByteArray encodeInt32(const QByteArray &value)
{
    const auto integer = number<qint32>(value, "BadData");
    return QByteArray(reinterpret_cast<const char *>(&integer), sizeof integer);
}

static QByteArray decodeInt32(const QByteArray &bytes)
{
    qint32 integer = 0;
    if (static_cast<size_t>(bytes.size()) < sizeof integer)
        throw error("BadData", QStringLiteral("%1 bytes are too few for an int32").arg(bytes.size()));
    std::memcpy(&integer, bytes.constData(), sizeof integer);
    return QByteArray::number(integer);
}

static QByteArray encodeText(const QByteArray &value)
{
    return textBytes(value) + '\0';
}

static QByteArray decodeText(const QByteArray &bytes)
{
    return textWord(bytes.mid(0, bytes.indexOf('\0'))); // to the end when there is no NUL: mid(0, -1)
}

static QByteArray encodeCString(const QByteArray &value)
{
    return toStream(textBytes(value).constData());
}

static QByteArray decodeCString(const QByteArray &bytes)
{
    const std::unique_ptr<char[]> string(fromStream<char *>(bytes));
    return textWord(string.get());
}

static QByteArray encodeQString(const QByteArray &value)
{
    return toStream(text(value));
}

static QByteArray decodeQString(const QByteArray &bytes)
{
    return textWord(fromStream<QString>(bytes).toUtf8());
}

static QByteArray encodeQByteArray(const QByteArray &value)
{
    return toStream(bytes(value));
}

static QByteArray decodeQByteArray(const QByteArray &bytes)
{
    return bytesWord(fromStream<QByteArray>(bytes));
}

// The null QImage is the empty word.
static QByteArray encodeQImage(const QByteArray &value)
{
    const QByteArray png = bytes(value);
    const QImage image = QImage::fromData(png, "PNG");
    if (image.isNull() && !png.isEmpty())
        throw error("BadData", QStringLiteral("not a PNG file"));
    return toStream(image);
}

static QByteArray decodeQImage(const QByteArray &bytes)
{
    QBuffer png;
    const auto image = fromStream<QImage>(bytes);
    if (!image.isNull() && !image.save(&png, "PNG"))
        throw error("BadData", QStringLiteral("cannot write the image as PNG"));
    return bytesWord(png.data());
}

// Reads a QVariant at the start of bytes, or as all of them, and writes it again.
static QByteArray recodeQVariant(int version, const QByteArray &bytes, bool whole)
{
    QDataStream stream(bytes);
    stream.setVersion(version);
    QVariant value;
    stream >> value;
    requireOk(stream);
    if (whole && !stream.atEnd())
        throw error("BadData", QStringLiteral("bytes follow the QVariant"));
    // Of a type that Qt does not know, or not without its QtGui, some versions make an invalid one and say nothing.
    if (!value.isValid() && qFromBigEndian<quint32>(bytes.constData()) != 0)
        throw error("BadData", QStringLiteral("no type has the number %1").arg(qFromBigEndian<quint32>(bytes.constData())));
    return toStream(value, version);
}

// The versions are those of Qt 4.0 and later.
static std::map<QByteArray, Format> makeFormats()
{
    std::map<QByteArray, Format> formats = {
        {"int32", {encodeInt32, decodeInt32}},
        {"text", {encodeText, decodeText}},
        {"cstring", {encodeCString, decodeCString}},
        {"qstring", {encodeQString, decodeQString}},
        {"qbytearray", {encodeQByteArray, decodeQByteArray}},
        {"qimage", {encodeQImage, decodeQImage}},
    };
    for (int version = QDataStream::Qt_4_0; version <= QDataStream::Qt_DefaultCompiledVersion; ++version)
        formats["qvariant-" + QByteArray::number(version)] = {
            [=](const QByteArray &value) { return recodeQVariant(version, bytes(value), true); },
            [=](const QByteArray &memory) { return bytesWord(recodeQVariant(version, memory, false)); }};
    return formats;
}

const Format &formatNamed(const QByteArray &name)
{
    static const std::map<QByteArray, Format> formats = makeFormats();
    const auto format = formats.find(name);
    if (format == formats.end())
        throw unsupported();
    return format->second;
}
