// Types that only this program has, to be in a QVariant.
#pragma once

#include "json.h"

#include <QDataStream>
#include <QMetaType>
#include <QTimeZone>

struct Pt
{
    qint32 x = 0, y = 0;
};
Q_DECLARE_METATYPE(Pt)

namespace geo {
enum class Kind : quint8 { Point, Line = 7 };
inline QByteArray text(Kind value) { return ::text(quint8(value)); }
}
Q_DECLARE_METATYPE(geo::Kind)
#if QT_VERSION_MAJOR < 6
Q_DECLARE_METATYPE(QTimeZone)
#endif

inline QByteArray text(const Pt &value) { return object({{"x", text(value.x)}, {"y", text(value.y)}}); }
inline QDataStream &operator<<(QDataStream &out, const Pt &value) { return out << value.x << value.y; }
inline QDataStream &operator>>(QDataStream &in, Pt &value) { return in >> value.x >> value.y; }
