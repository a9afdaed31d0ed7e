// The works of tests/bench/streams.go, as QDataStream does them: in memory, with its default settings but the byte order.
#include "works.h"

#include <QDataStream>
#include <QIODevice>
#include <QImage>
#include <QPoint>
#include <QRectF>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>

static void check(const QDataStream &stream)
{
    if (stream.status() != QDataStream::Ok)
        throw std::runtime_error("the stream's status is " + std::to_string(stream.status()));
}

template<typename T>
static void write(QByteArray &bytes, const T &value, QDataStream::ByteOrder order)
{
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setByteOrder(order);
    stream << value;
    check(stream);
}

// Over what it has written before, which takes no memory.
template<typename T>
static Work writing(const T &value, QDataStream::ByteOrder order = QDataStream::BigEndian)
{
    return [value, order, bytes = QByteArray()](int times) mutable {
        while (times-- > 0)
            write(bytes, value, order);
    };
}

template<typename T>
static Work reading(const T &value, QDataStream::ByteOrder order = QDataStream::BigEndian)
{
    QByteArray bytes;
    write(bytes, value, order);
    return [bytes, order](int times) {
        while (times-- > 0) {
            QDataStream stream(bytes);
            stream.setByteOrder(order);
            T value;
            stream >> value;
            check(stream);
        }
    };
}

constexpr int million = 1000000;

static QVector<qint32> numbers()
{
    QVector<qint32> list;
    for (int i = 0; i < million; i++)
        list.append(i);
    return list;
}

// What writing the list takes if nothing is to be done but to move it.
static Work copying()
{
    return [from = numbers(), to = numbers()](int times) mutable {
        while (times-- > 0)
            std::memcpy(to.data(), from.constData(), million * sizeof(qint32));
    };
}

// The same of reading it, into memory of its own.
static Work copyingToNew()
{
    return [from = numbers()](int times) {
        while (times-- > 0) {
            void *const to = std::malloc(million * sizeof(qint32));
            if (!to)
                throw std::runtime_error("no memory");
            std::memcpy(to, from.constData(), million * sizeof(qint32));
            asm volatile("" : : "r"(to) : "memory"); // it is needed
            std::free(to);
        }
    };
}

// Half a million units, 1 MiB in the stream.
static QString text(const char *utf8)
{
    const QString sentence = QString::fromUtf8(utf8);
    return sentence.repeated((1 << 19) / sentence.size() + 1).left(1 << 19);
}

static QString ascii() { return text("The quick brown fox jumps over the lazy dog. "); }
static QString latin() { return text("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. "); }
static QString cjk() { return text("視野無限廣，窗外有藍天。"); }

static QImage image()
{
    QImage image(1920, 1080, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); y++)
        for (int x = 0; x < image.width(); x++)
            image.setPixel(x, y, qRgb(x & 255, y & 255, (x ^ y) & 255));
    return image;
}

static QVariantMap variants()
{
    const QVariantList values = {
        QStringLiteral("some text"), 42, 1.5, true, QStringList{QStringLiteral("one"), QStringLiteral("two")},
        QByteArray("bytes"), qlonglong(1) << 40, QPoint(1, 2), QVariant(QVariantList{1, QStringLiteral("x")}),
        QRectF(1, 2, 3, 4),
    };
    QVariantMap map;
    for (int i = 0; i < 100; i++)
        map.insert(QStringLiteral("key%1").arg(i, 3, 10, QLatin1Char('0')), values[i % values.size()]);
    return map;
}

Work prepare(const std::string &family, const std::string &work, const std::string &)
{
    const auto host = QSysInfo::ByteOrder == QSysInfo::LittleEndian ? QDataStream::LittleEndian : QDataStream::BigEndian;
    const std::map<std::string, std::function<Work()>> works = {
        {"write-list", [] { return writing(numbers()); }},
        {"read-list", [] { return reading(numbers()); }},
        {"write-list-host", [=] { return writing(numbers(), host); }},
        {"read-list-host", [=] { return reading(numbers(), host); }},
        {"copy-list", copying},
        {"copy-list-new", copyingToNew},
        {"write-ascii", [] { return writing(ascii()); }},
        {"read-ascii", [] { return reading(ascii()); }},
        {"write-latin", [] { return writing(latin()); }},
        {"read-latin", [] { return reading(latin()); }},
        {"write-cjk", [] { return writing(cjk()); }},
        {"read-cjk", [] { return reading(cjk()); }},
        {"write-variants", [] { return writing(variants()); }},
        {"read-variants", [] { return reading(variants()); }},
        {"read-image", [] { return reading(image()); }},
    };
    const auto found = works.find(work);
    if (found == works.end() || family != "stream")
        throw std::runtime_error("no such work");
    return found->second();
}

std::string version() { return qVersion(); }
