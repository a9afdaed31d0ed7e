#include "groups.h"
#include "text_cbor.h"
#include "text_variant.h"
#include "user_types.h"
#include "vectors.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

template <class... Types>
static void printEach(const Types &...values)
{
    (print<QVariant>("QVariant", {QVariant::fromValue(values)}), ...);
}

static QVariant typedNull(int id)
{
#if QT_VERSION_MAJOR < 6
    return QVariant(id, nullptr);
#else
    return QVariant(QMetaType(id));
#endif
}

// A qfloat16 as the library knows it: with a number of its own since Qt 6.5.
static QVariant half(qfloat16 value)
{
#if QT_VERSION_MAJOR < 6
    return QVariant::fromValue(value);
#else
    return QVariant(QMetaType::fromName("qfloat16"), &value);
#endif
}

static void printNumbersAndStrings()
{
    print<QVariant>("QVariant", {QVariant(), typedNull(QMetaType::Int),
                                 typedNull(QMetaType::QPoint), QVariant::fromValue(nullptr)});
    printEach(true, -2, 5u, qlonglong(-1), qulonglong(5), 1.5, 0.5f, long(-3), ulong(3), short(-4), ushort(4), 'c', uchar(200),
              (signed char)(-1), QChar(0x20ac), QString("A€"), QString(), QString(""), QByteArray("\0\xff", 2), QByteArray());
#if QT_VERSION_MAJOR >= 6
    printEach(u'\u20ac', U'\U0001f600');
#endif
    print<QVariant>("QVariant", {half(1.5f)});
}

static void printCoreTypes()
{
    QBitArray bits(10);
    bits.setBit(3);
    Sample curve = sample("QVariant", QVariant(QEasingCurve(QEasingCurve::InQuad)));
    curve.address = -9;
    print(curve);
    const QDateTime time(QDate(2024, 2, 29), QTime(1, 2, 3, 4), Qt::UTC);
    printEach(bits, time.date(), time.time(), QDate(), time, QUrl("http://a/"), QUuid("{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"),
              QLocale("de_DE"), QRect(1, 2, 3, 4), QRectF(1, 2, 3, 4.5), QSize(1, 2), QSizeF(1, 2.5), QLine(1, 2, 3, 4),
              QLineF(1, 2, 3, 4.5), QPoint(1, -2), QPointF(1, -2.5), QRegularExpression("a.b"), QJsonValue(1.5),
              QJsonObject{{"a", 1}}, QJsonArray{1, "x"}, QJsonDocument(QJsonArray{1}), QCborValue(1), QCborArray{1, true},
              QCborMap{{1, 2}});
#if QT_VERSION_MAJOR < 6
    printEach(QRegExp("a"));
#else
    printEach(QCborSimpleType(255));
#endif
}

static void printNested()
{
    const QVariantMap map{{"k", 1}, {"j", QVariantList{1, "x", QVariant()}}, {"", QVariantMap()}};
    printEach(QStringList{"a", "b"}, QByteArrayList{"a", ""}, QVariantList{}, QVariantList{1, "x", QVariantList{true}}, map,
              QVariantHash{{"k", 1.5}});
#if QT_VERSION_MAJOR >= 6
    printEach(QPair<QVariant, QVariant>(1, "x"));
#endif
    print<QVariantList>("QVariantList", {{}, {1, "x", map}});
    print<QVariantMap>("QVariantMap", {{}, map});
    print<QVariantHash>("QVariantHash", {{}, {{"k", map}}});
}

// Registers types that have no number of their own, and are streamed by name.
template <class... Types>
static void printUserTypes(const Types &...values)
{
#if QT_VERSION_MAJOR < 6
    (qRegisterMetaTypeStreamOperators<Types>(), ...);
#endif
    (variants::add<Types>(), ...);
    printEach(values...);
}

void printVariants()
{
    printNumbersAndStrings();
    printCoreTypes();
    printNested();
    printUserTypes(Pt{1, 2}, QList<Pt>{{3, 4}}, geo::Kind::Line, QTimeZone("Europe/Paris"), QVersionNumber(1, 2, 3),
                   QList<int>{1, 2}, QVector<double>{1.5}, QMap<QString, int>{{"a", 1}, {"b", 2}}, QHash<int, QString>{{1, "a"}},
                   QPair<int, QString>{1, "a"}, QList<QList<int>>{{1}, {2, 3}}, QSet<int>{5});
}
