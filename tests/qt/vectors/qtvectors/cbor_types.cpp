#include "groups.h"
#include "text_cbor.h"
#include "vectors.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborStreamWriter>
#include <QCborValue>

#include <limits>

void printCbor()
{
    const double infinity = std::numeric_limits<double>::infinity();
    print<QCborValue>("QCborValue", {QCborValue(), QCborValue(nullptr), QCborValue(false), QCborValue(true), QCborValue(0),
                                     QCborValue(23), QCborValue(24), QCborValue(-1), QCborValue(-25), QCborValue(1 << 20),
                                     QCborValue(std::numeric_limits<qint64>::min()),
                                     QCborValue(std::numeric_limits<qint64>::max())});
    print<QCborValue>("QCborValue", {QCborValue(1.5), QCborValue(0.1), QCborValue(1e300), QCborValue(-infinity),
                                     QCborValue(QByteArray("\0\xff", 2)), QCborValue(QString("")), QCborValue(QString("A€")),
                                     QCborValue(QCborSimpleType(19)), QCborValue(QCborSimpleType(255)),
                                     QCborValue(QCborTag(1000), "t"), QCborValue(QUrl("http://a/ b")),
                                     QCborValue(QUuid("{67c8770b-44f1-410a-ab9a-f9b5446f13ee}")),
                                     QCborValue(QRegularExpression("a.b")),
                                     QCborValue(QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3, 4), Qt::UTC))});
    const QCborArray array{1, QString("x"), QCborArray{nullptr}, QCborMap{{1, 2}}};
    const QCborMap map{{QString("b"), 1}, {QString("a"), array}, {3, false}, {QCborArray{}, 0.5}};
    print<QCborValue>("QCborValue", {array, map});
    print<QCborArray>("QCborArray", {QCborArray(), array});
    print<QCborMap>("QCborMap", {QCborMap(), map});
#if QT_VERSION_MAJOR >= 6 // Qt 5 has no operators
    print<QCborSimpleType>("QCborSimpleType", {QCborSimpleType::False, QCborSimpleType::Undefined, QCborSimpleType(255)});
#endif
}
