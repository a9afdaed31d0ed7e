#include "text_gui.h"

#if QT_VERSION_MAJOR < 6
QByteArray text(const QMatrix &value)
{
    return list(QVector<double>{value.m11(), value.m12(), value.m21(), value.m22(), value.dx(), value.dy()});
}
#endif

QByteArray text(const QTransform &value)
{
    return list(QVector<double>{value.m11(), value.m12(), value.m13(), value.m21(), value.m22(), value.m23(), value.m31(),
                                value.m32(), value.m33()});
}

QByteArray text(const QMatrix4x4 &value)
{
    QVector<float> numbers;
    for (int row = 0; row < 4; ++row)
        for (int column = 0; column < 4; ++column)
            numbers.append(value(row, column));
    return list(numbers);
}

QByteArray text(const QVector2D &value) { return object({{"x", text(value.x())}, {"y", text(value.y())}}); }

QByteArray text(const QVector3D &value)
{
    return object({{"x", text(value.x())}, {"y", text(value.y())}, {"z", text(value.z())}});
}

QByteArray text(const QVector4D &value)
{
    return object({{"x", text(value.x())}, {"y", text(value.y())}, {"z", text(value.z())}, {"w", text(value.w())}});
}

QByteArray text(const QQuaternion &value)
{
    return object({{"scalar", text(value.scalar())}, {"x", text(value.x())}, {"y", text(value.y())}, {"z", text(value.z())}});
}

QByteArray text(const QRegion &value)
{
    QVector<QRect> rects;
    for (const QRect &rect : value)
        rects.append(rect);
    return list(rects);
}

QByteArray text(const QKeySequence &value)
{
    QVector<int> keys;
    for (int i = 0; i < value.count(); ++i) {
#if QT_VERSION_MAJOR < 6
        keys.append(value[i]);
#else
        keys.append(value[i].toCombined());
#endif
    }
    return list(keys);
}

QByteArray text(const QSizePolicy &value)
{
    return object({{"horizontal", text(int(value.horizontalPolicy()))},
                   {"vertical", text(int(value.verticalPolicy()))},
                   {"horizontalStretch", text(value.horizontalStretch())},
                   {"verticalStretch", text(value.verticalStretch())},
                   {"control", text(int(value.controlType()))},
                   {"heightForWidth", text(value.hasHeightForWidth())},
                   {"widthForHeight", text(value.hasWidthForHeight())},
                   {"retainWhenHidden", text(value.retainSizeWhenHidden())}});
}
