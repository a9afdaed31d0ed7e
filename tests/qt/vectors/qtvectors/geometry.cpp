#include "groups.h"
#include "text.h"
#include "vectors.h"

#include <limits>

void printGeometry()
{
    const int min = std::numeric_limits<int>::min(), max = std::numeric_limits<int>::max();
    const double tenth = 0.1, infinity = std::numeric_limits<double>::infinity();
    print<QPoint>("QPoint", {QPoint(), QPoint(1, -2), QPoint(min, max), QPoint(-40000, 70000)});
    print<QPointF>("QPointF", {QPointF(), QPointF(1.5, -tenth), QPointF(-0.0, infinity), QPointF(1e300, -1e-300)});
    print<QSize>("QSize", {QSize(), QSize(0, 0), QSize(3, 4), QSize(max, min)});
    print<QSizeF>("QSizeF", {QSizeF(), QSizeF(1.5, tenth)});
    print<QRect>("QRect", {QRect(), QRect(1, 2, 3, 4), QRect(-5, -6, 0, 0), QRect(1, 2, -3, -4), QRect(0, 0, 70000, 80000)});
    print<QRectF>("QRectF", {QRectF(), QRectF(1, 2.5, tenth, 4), QRectF(1, 2, -3, -4)});
    print<QLine>("QLine", {QLine(), QLine(1, 2, -3, 4)});
    print<QLineF>("QLineF", {QLineF(), QLineF(1, tenth, -3, 4.5)});
    print<QMargins>("QMargins", {QMargins(), QMargins(1, 2, -3, 4)});
    print<QMarginsF>("QMarginsF", {QMarginsF(), QMarginsF(1, tenth, -3, 4.5)});
}
