#include "random.h"
#include "text_variant.h"
#include "user_types.h"

#include <QVersionNumber>

#if QT_VERSION_MAJOR < 6
Q_DECLARE_METATYPE(QMargins)
Q_DECLARE_METATYPE(QMarginsF)
#endif

// Registers types that have no number of their own, and are streamed by name.
template <class... Types>
static void addAll()
{
#if QT_VERSION_MAJOR < 6
    (qRegisterMetaTypeStreamOperators<Types>(), ...);
    (QMetaType::registerEqualsComparator<Types>(), ...);
#endif
    (variants::add<Types>(), ...);
}

static bool operator==(const Pt &a, const Pt &b) { return a.x == b.x && a.y == b.y; }
static Pt pt(Random &r) { return {r.integer(), r.integer()}; }
static QList<int> numbers(Random &r) { return r.list<QList<int>>([](Random &r) { return r.integer(); }); }

static const Maker makers[] = {
    [](Random &r) { return QVariant::fromValue(pt(r)); },
    [](Random &r) { return QVariant::fromValue(r.list<QList<Pt>>(pt)); },
    [](Random &r) { return QVariant::fromValue(r.of({geo::Kind::Point, geo::Kind::Line})); },
    [](Random &r) { return QVariant::fromValue(QTimeZone(r.of({"Europe/Paris", "Asia/Tokyo"}))); },
    [](Random &r) { return QVariant::fromValue(QVersionNumber(r.below(10), r.below(10), r.below(10))); },
    [](Random &r) { return QVariant::fromValue(QMargins{r.integer(), r.integer(), r.integer(), r.integer()}); },
    [](Random &r) { return QVariant::fromValue(QMarginsF{r.real(), r.real(), r.real(), r.real()}); },
    [](Random &r) { return QVariant::fromValue(numbers(r)); },
    [](Random &r) { return QVariant::fromValue(r.list<QList<QList<int>>>(numbers)); },
    [](Random &r) { return QVariant::fromValue(r.list<QVector<double>>([](Random &r) { return r.real(); })); },
    [](Random &r) { return QVariant::fromValue(r.list<QSet<int>>([](Random &r) { return r.integer(); })); },
    [](Random &r) { return QVariant::fromValue(QMap<QString, int>{{r.string(), r.integer()}, {r.word(), r.integer()}}); },
    [](Random &r) { return QVariant::fromValue(QHash<int, QString>{{r.integer(), r.string()}, {r.integer(), r.string()}}); },
    [](Random &r) { return QVariant::fromValue(QPair<int, QString>{r.integer(), r.string()}); },
};

QList<Maker> userMakers()
{
#if QT_VERSION_MAJOR < 6
    addAll<qfloat16>();
#endif
    addAll<Pt, QList<Pt>, geo::Kind, QTimeZone, QVersionNumber, QMargins, QMarginsF, QList<int>, QList<QList<int>>, QVector<double>,
           QSet<int>, QMap<QString, int>, QHash<int, QString>, QPair<int, QString>>();
    return {std::begin(makers), std::end(makers)};
}
