#include "groups.h"
#include "text.h"
#include "vectors.h"

// A QMultiMap or QMultiHash with two values for a key. Equal keys are kept youngest first.
template <class Map>
static Map multi(std::initializer_list<std::pair<int, int>> pairs)
{
    Map map;
    for (const auto &[key, value] : pairs)
        map.insert(key, value);
    return map;
}

void printContainers()
{
    print<QList<qint32>>("QList<qint32>", {{}, {1}, {1, -2, 3}});
    print<QList<quint8>>("QList<quint8>", {{}, {1, 2}});
    print<QList<double>>("QList<double>", {{1.5, 0.1}});
    print<QList<QString>>("QList<QString>", {{}, {QString(), "", "A"}});
    print<QVector<qint32>>("QVector<qint32>", {{}, {1, 2}});
    print<QStringList>("QStringList", {{}, {"a", "b"}, {QString(), ""}});
    print<QList<QByteArray>>("QByteArrayList", {{}, {"a", QByteArray(), ""}});
    print<QSet<QString>>("QSet<QString>", {{}, {"a"}});
    print<QList<QList<qint32>>>("QList<QList<qint32>>", {{}, {{1}, {}, {2, 3}}});
    print<QMap<qint32, qint32>>("QMap<qint32,qint32>", {{}, {{1, 10}}, {{2, 20}, {-1, 10}, {3, 30}}});
    print<QMap<QString, qint32>>("QMap<QString,qint32>", {{{"b", 2}, {"a", 1}, {"B", 3}}});
    print<QMap<QString, QStringList>>("QMap<QString,QStringList>", {{{"k", {"a", "b"}}, {"j", {}}}});
    print<QMultiMap<qint32, qint32>>("QMultiMap<qint32,qint32>",
                                     {multi<QMultiMap<qint32, qint32>>({{1, 10}, {1, 11}, {2, 20}})});
    print<QHash<qint32, QString>>("QHash<qint32,QString>", {{}, {{1, "a"}}});
    print<QMultiHash<qint32, qint32>>("QMultiHash<qint32,qint32>", {multi<QMultiHash<qint32, qint32>>({{1, 10}, {1, 11}})});
    print<QPair<qint32, QString>>("QPair<qint32,QString>", {{1, "a"}});
    print<QList<QPair<double, quint8>>>("QList<QPair<double,quint8>>", {{{1.5, 2}, {0.1, 3}}});
    print<QBitArray>("QBitArray", {QBitArray(), QBitArray(1, true), QBitArray(8, true), QBitArray(17, false)});
    QBitArray mixed(10);
    for (int i = 0; i < mixed.size(); i += 3)
        mixed.setBit(i);
    print<QBitArray>("QBitArray", {mixed});
}
