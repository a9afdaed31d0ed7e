#include "words.h"

static const QByteArray emptyWord = "%";

QByteArray textWord(const QByteArray &utf8)
{
    return utf8.isEmpty() ? emptyWord : utf8.toPercentEncoding();
}

QByteArray textBytes(const QByteArray &word)
{
    const QByteArray utf8 = word == emptyWord ? QByteArray() : QByteArray::fromPercentEncoding(word);
    if (textWord(utf8) != word)
        throw error("Usage", QStringLiteral("not percent-encoded: ") + QString::fromUtf8(word));
    return utf8;
}

QString text(const QByteArray &word)
{
    const QByteArray utf8 = textBytes(word);
    // QString::fromUtf8 drops a byte order mark at the start, so something else has to stand there; without the size,
    // Qt 5's stops at a NUL.
    const QByteArray shielded = "x" + utf8;
    const QString string = QString::fromUtf8(shielded.constData(), shielded.size()).mid(1);
    if (string.toUtf8() != utf8)
        throw error("Usage", QStringLiteral("not UTF-8: ") + QString::fromUtf8(word));
    return string;
}

QByteArray bytesWord(const QByteArray &bytes)
{
    return bytes.isEmpty() ? emptyWord : bytes.toHex();
}

QByteArray bytes(const QByteArray &word)
{
    const QByteArray bytes = word == emptyWord ? QByteArray("") : QByteArray::fromHex(word);
    if (bytesWord(bytes) != word)
        throw error("Usage", QStringLiteral("not lower-case hexadecimal digits: ") + QString::fromUtf8(word));
    return bytes;
}

void refuseTimeLimit(const QByteArray &word)
{
    if (number<qlonglong>(word) < 0)
        throw error("Usage", QStringLiteral("MS is negative"));
    throw unsupported();
}
