#include "groups.h"
#include "text_gui.h"
#include "vectors.h"

#include <QPolygon>

void printShapes()
{
    const double tenth = 0.1;
    const QTransform transform(1, 2, tenth, 4, 5, 6, 7, 8, 9);
#if QT_VERSION_MAJOR < 6
    print<QMatrix>("QMatrix", {QMatrix(), QMatrix(1, 2, tenth, 4, 5, 6)});
#endif
    print<QTransform>("QTransform", {QTransform(), transform});
    print<QMatrix4x4>("QMatrix4x4", {QMatrix4x4(), QMatrix4x4(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0.1f)});
    print<QVector2D>("QVector2D", {QVector2D(), QVector2D(1.5f, 0.1f)});
    print<QVector3D>("QVector3D", {QVector3D(1.5f, 0.1f, -3)});
    print<QVector4D>("QVector4D", {QVector4D(1.5f, 0.1f, -3, 4)});
    print<QQuaternion>("QQuaternion", {QQuaternion(), QQuaternion(0.5f, 0.1f, -3, 4)});
    print<QPolygon>("QPolygon", {QPolygon(), QPolygon(QVector<QPoint>{{1, -2}, {3, 70000}})});
    print<QPolygonF>("QPolygonF", {QPolygonF(), QPolygonF(QVector<QPointF>{{1, -2}, {0.1, 4.5}})});
    print<QRegion>("QRegion", {QRegion(), QRegion(1, 2, 3, 4), QRegion(1, 2, 3, 4) + QRegion(10, 20, 30, 40),
                               QRegion(0, 0, 10, 10) - QRegion(4, 4, 2, 2)});
}
