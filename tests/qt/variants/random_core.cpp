#include "random.h"

#include <QBitArray>
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>
#include <QUuid>
#include <qfloat16.h>
#if QT_VERSION_MAJOR < 6
#include <QRegExp>
#endif

template <class T>
static QVariant integer(Random &r)
{
    return QVariant::fromValue(r.integer<T>());
}

// As the library knows it: with a number of its own since Qt 6.5.
static QVariant half(Random &r)
{
    const qfloat16 value(float(r.below(2000) - 1000) / 8);
#if QT_VERSION_MAJOR < 6
    return QVariant::fromValue(value);
#else
    return QVariant(QMetaType::fromName("qfloat16"), &value);
#endif
}

static QDate date(Random &r)
{
    return r.one(8) ? QDate() : QDate(1975 + r.below(60), 1 + r.below(12), 1 + r.below(28));
}

// Not when clocks are put forward.
static QTime time(Random &r)
{
    return r.one(8) ? QTime() : QTime(4 + r.below(20), r.below(60), r.below(60), r.below(1000));
}

static QVariant dateTime(Random &r)
{
    const QDate day = date(r);
    const QTime now = time(r);
    switch (r.below(r.version == 13 ? 3 : 4)) { // which loses the zone: each Qt takes another one
    case 0:
        return QDateTime(day, now);
    case 1:
        return QDateTime(day, now, Qt::UTC);
    case 2:
        return QDateTime(day, now, Qt::OffsetFromUTC, 900 * (r.below(100) - 50));
    default:
        return QDateTime(QDate(2000, 1, 1 + r.below(31)), now, QTimeZone(r.one(2) ? "Asia/Tokyo" : "America/New_York"));
    }
}

static QVariant url(Random &r)
{
    const QString path = r.string().remove(QChar(0)).remove(QChar(0xfeff)).remove(QChar(0xffff));
    QUrl url("http://" + r.word() + ".example/");
    url.setPath('/' + path);
    return r.one(8) ? QUrl() : url;
}

static QJsonValue json(Random &r, int depth)
{
    switch (r.below(depth > 0 ? 6 : 4)) {
    case 0:
        return QJsonValue();
    case 1:
        return r.one(2);
    case 2:
        return double(r.below(1000)) / 8;
    case 3:
        return r.word();
    case 4:
        return QJsonArray{json(r, depth - 1), json(r, depth - 1)};
    default:
        return QJsonObject{{r.word(), json(r, depth - 1)}, {r.word(), json(r, depth - 1)}};
    }
}

static QCborValue cbor(Random &r, int depth)
{
    switch (r.below(depth > 0 ? 7 : 5)) {
    case 0:
        return QCborValue(r.integer<qint64>());
    case 1:
        return QCborValue(double(r.below(1000)) / 8);
    case 2:
        return QCborValue(r.word());
    case 3:
        return QCborValue(r.bytes());
    case 4:
        return QCborValue(QCborSimpleType(20 + r.below(4)));
    case 5:
        return QCborArray{cbor(r, depth - 1), cbor(r, depth - 1)};
    default:
        return QCborMap{{r.word(), cbor(r, depth - 1)}, {r.below(100), cbor(r, depth - 1)}};
    }
}

static QVariant bits(Random &r)
{
    QBitArray bits(r.below(20));
    for (int i = 0; i < bits.size(); ++i)
        bits.setBit(i, r.one(2));
    return bits;
}

static const Maker makers[] = {
    integer<int>, integer<uint>, integer<qlonglong>, integer<qulonglong>, integer<long>, integer<ulong>, integer<short>,
    integer<ushort>, integer<char>, integer<signed char>, integer<uchar>, half, dateTime, url, bits,
    [](Random &r) { return QVariant(r.one(2)); },
    [](Random &r) { return QVariant(r.real()); },
    [](Random &r) { return QVariant(r.real<float>()); },
    [](Random &r) { return QVariant(QChar(r.integer<quint16>())); },
    [](Random &r) { return QVariant(r.one(8) ? QString() : r.string()); },
    [](Random &r) { return QVariant(r.bytes()); },
    [](Random &r) { return QVariant(r.list<QStringList>([](Random &r) { return r.string(); })); },
    [](Random &r) { return QVariant::fromValue(r.list<QByteArrayList>([](Random &r) { return r.bytes(); })); },
    [](Random &r) { return QVariant(date(r)); },
    [](Random &r) { return QVariant(time(r)); },
    [](Random &r) { return QVariant(QUuid::createUuidV5(QUuid(), r.word())); },
    [](Random &r) { return QVariant(QLocale(r.of({"C", "en_US", "de_DE", "ja_JP"}))); },
    [](Random &r) { return QVariant(QRegularExpression(r.word(), QRegularExpression::PatternOptions(r.below(8)))); },
    [](Random &r) { return QVariant(r.one(8) ? QJsonValue(QJsonValue::Undefined) : json(r, 2)); },
    [](Random &r) { return QVariant(QJsonArray{json(r, 2), json(r, 1)}); },
    [](Random &r) { return QVariant(QJsonObject{{r.word(), json(r, 2)}}); },
    [](Random &r) { return QVariant(r.one(4) ? QJsonDocument() : QJsonDocument(QJsonArray{json(r, 2)})); },
    [](Random &r) { return QVariant::fromValue(cbor(r, 2)); },
    [](Random &r) { return QVariant::fromValue(QCborArray{cbor(r, 2), cbor(r, 1)}); },
    [](Random &r) { return QVariant::fromValue(QCborMap{{r.word(), cbor(r, 2)}}); },
    [](Random &) { return QVariant::fromValue(nullptr); },
#if QT_VERSION_MAJOR < 6
    [](Random &r) { return QVariant(QRegExp(r.word(), Qt::CaseSensitivity(r.below(2)), QRegExp::PatternSyntax(r.below(6)))); },
#else
    [](Random &r) { return QVariant::fromValue(QCborSimpleType(r.below(20))); },
    [](Random &r) { return QVariant::fromValue(char16_t(r.integer<quint16>())); },
    [](Random &r) { return QVariant::fromValue(char32_t(r.integer<quint32>())); },
#endif
};

QList<Maker> coreMakers() { return {std::begin(makers), std::end(makers)}; }
