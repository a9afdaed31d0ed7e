#include "text_variant.h"

#include "text_cbor.h"
#include "text_gui.h"
#include "user_types.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace variants {

QHash<int, Text> &texts()
{
    static QHash<int, Text> texts;
    return texts;
}

template <class... Types>
static void addAll()
{
    (add<Types>(), ...);
}

void addCore()
{
    addAll<bool, int, uint, qlonglong, qulonglong, double, QChar, QVariantMap, QVariantList, QString, QStringList, QByteArray,
           QBitArray, QDate, QTime, QDateTime, QUrl, QLocale, QRect, QRectF, QSize, QSizeF, QLine, QLineF, QPoint, QPointF,
           QVariantHash, QEasingCurve, QUuid, long, short, char, ulong, ushort, uchar, float, signed char, QRegularExpression,
           QJsonValue, QJsonObject, QJsonArray, QJsonDocument, QByteArrayList, QCborSimpleType, QCborValue, QCborArray,
           QCborMap, qfloat16, QTimeZone, QVersionNumber>();
#if QT_VERSION_MAJOR < 6
    addAll<QRegExp>();
#else
    addAll<char16_t, char32_t, QPair<QVariant, QVariant>>();
#endif
}

void addGui()
{
    addAll<QFont, QPixmap, QBrush, QColor, QPalette, QIcon, QImage, QPolygon, QRegion, QBitmap, QCursor, QKeySequence, QPen,
           QTextLength, QTextFormat, QTransform, QMatrix4x4, QVector2D, QVector3D, QVector4D, QQuaternion, QPolygonF,
           QColorSpace, QSizePolicy>();
#if QT_VERSION_MAJOR < 6
    addAll<QMatrix>();
#endif
}

} // namespace variants

// Whether it is null although its value is not. In Qt 5 a value that is null makes a variant null, too.
static bool isTypedNull(const QVariant &value)
{
#if QT_VERSION_MAJOR < 6
    return value.isNull() && !QVariant(value.userType(), value.constData()).isNull();
#else
    return value.isNull();
#endif
}

QByteArray text(const QVariant &value)
{
    if (!value.isValid())
        return "null";
    const auto known = variants::texts().value(value.userType());
    return object({{"type", text(QByteArray(value.typeName()))},
                   {"value", known ? known(value) : QByteArray()},
                   {"null", isTypedNull(value) ? text(true) : QByteArray()}});
}
