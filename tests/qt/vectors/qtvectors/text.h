// The text of the values of Qt Core's types. A null or invalid value is null.
#pragma once

#include "json.h"

#include <QBitArray>
#include <QDateTime>
#include <QEasingCurve>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QLine>
#include <QLineF>
#include <QList>
#include <QLocale>
#include <QMap>
#include <QMargins>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QRegularExpression>
#include <QSet>
#include <QSize>
#include <QSizeF>
#include <QTimeZone>
#include <QUrl>
#include <QUuid>
#include <QVariant>
#include <QVector>
#include <QVersionNumber>
#include <qfloat16.h>
#if QT_VERSION_MAJOR < 6
#include <QRegExp>
QByteArray text(const QRegExp &value);
#endif

QByteArray text(QChar value); // the code unit
QByteArray text(qfloat16 value);
QByteArray text(QDate value); // the Julian day
QByteArray text(QTime value); // milliseconds since midnight
QByteArray text(const QDateTime &value); // "utc" has milliseconds since 1970
QByteArray text(const QTimeZone &value);
QByteArray text(const QUrl &value);
QByteArray text(const QUuid &value);
QByteArray text(const QLocale &value);
QByteArray text(const QRegularExpression &value);
QByteArray text(const QVersionNumber &value);
QByteArray text(const QBitArray &value); // a digit a bit
QByteArray text(const QPoint &value);
QByteArray text(const QPointF &value);
QByteArray text(const QSize &value);
QByteArray text(const QSizeF &value);
QByteArray text(const QRect &value);
QByteArray text(const QRectF &value);
QByteArray text(const QLine &value);
QByteArray text(const QLineF &value);
QByteArray text(const QMargins &value);
QByteArray text(const QMarginsF &value);
QByteArray text(const QEasingCurve &value);
QByteArray text(const QJsonValue &value);
QByteArray text(const QJsonObject &value);
QByteArray text(const QJsonArray &value);
QByteArray text(const QJsonDocument &value);
QByteArray text(const QVariant &value); // {"type":NAME,"value":TEXT}

template <class T>
QByteArray text(const QList<T> &values)
{
    return list(values);
}

template <class T>
QByteArray text(const QSet<T> &values)
{
    return list(values);
}

// The pairs of a map in its order.
template <class Map>
QByteArray pairs(const Map &map)
{
    QByteArray joined;
    for (auto i = map.begin(); i != map.end(); ++i)
        joined += (joined.isEmpty() ? "[" : ",[") + text(i.key()) + ',' + text(i.value()) + ']';
    return '[' + joined + ']';
}

template <class Key, class T>
QByteArray text(const QMap<Key, T> &map)
{
    return pairs(map);
}

template <class Key, class T>
QByteArray text(const QHash<Key, T> &map)
{
    return pairs(map);
}

#if QT_VERSION_MAJOR < 6
template <class T>
QByteArray text(const QVector<T> &values)
{
    return list(values);
}
#else
template <class Key, class T>
QByteArray text(const QMultiMap<Key, T> &map)
{
    return pairs(map);
}

template <class Key, class T>
QByteArray text(const QMultiHash<Key, T> &map)
{
    return pairs(map);
}
#endif
