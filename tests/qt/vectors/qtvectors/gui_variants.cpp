#include "groups.h"
#include "images.h"
#include "text_gui.h"
#include "vectors.h"

#include <QPolygon>

template <class... Types>
static void printEach(const Types &...values)
{
    (print<QVariant>("QVariant", {QVariant::fromValue(values)}), ...);
}

void printGuiVariants()
{
    QFont font;
    font.setFamily("A");
    font.setPointSize(10);
    const QColor color(1, 2, 3);
    QIcon icon(QPixmap::fromImage(smallImage()));
    printEach(font, QPixmap::fromImage(smallImage()), QBrush(color), color, QIcon(), icon, QImage(), smallImage(),
              QPolygon(QVector<QPoint>{{1, 2}}), QRegion(1, 2, 3, 4), smallBitmap(3), QCursor(Qt::WaitCursor),
              QKeySequence(Qt::Key_A), QPen(color), QTextLength(QTextLength::FixedLength, 2), QTextFormat(5),
              QTransform(1, 2, 3, 4, 5, 6, 7, 8, 9), QMatrix4x4(), QVector2D(1, 2), QVector3D(1, 2, 3), QVector4D(1, 2, 3, 4),
              QQuaternion(1, 2, 3, 4), QPolygonF(QVector<QPointF>{{1, 2.5}}), QColorSpace(), QSizePolicy());
#if QT_VERSION_MAJOR < 6
    printEach(QMatrix(1, 2, 3, 4, 5, 6));
#endif
}
