#include "random.h"

#include <QKeySequence>
#include <QLineF>
#include <QMatrix4x4>
#include <QPolygonF>
#include <QQuaternion>
#include <QRectF>
#include <QSizePolicy>
#include <QTransform>
#include <QVector2D>
#include <QVector3D>
#include <QVector4D>
#if QT_VERSION_MAJOR < 6
#include <QMatrix>
#endif

static QPoint point(Random &r) { return {r.integer(), r.integer()}; }
static QPointF pointF(Random &r) { return {r.real(), r.real()}; }
static QSizeF sizeF(Random &r) { return {r.real(), r.real()}; }

static QVariant rect(Random &r)
{
    QRect rect;
    rect.setTopLeft(point(r));
    rect.setBottomRight(point(r));
    return rect;
}

static QVariant matrix4x4(Random &r)
{
    QMatrix4x4 matrix;
    for (int i = 0; i < 16; ++i)
        matrix(i / 4, i % 4) = r.real<float>();
    return matrix;
}

static QVariant transform(Random &r)
{
    QTransform transform;
    double m[9];
    for (double &number : m)
        number = r.real();
    transform.setMatrix(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
    return transform;
}

static QVariant keys(Random &r)
{
    int k[4] = {};
    for (int n = r.below(5); n > 0; --n)
        k[n - 1] = Qt::Key_A + r.below(26) + (r.one(2) ? int(Qt::ControlModifier) : 0);
    return QKeySequence(k[0], k[1], k[2], k[3]);
}

static QVariant sizePolicy(Random &r)
{
    static const QSizePolicy::ControlType controls[] = {QSizePolicy::DefaultType, QSizePolicy::PushButton, QSizePolicy::ToolButton};
    QSizePolicy policy(QSizePolicy::Policy(r.below(16)), QSizePolicy::Policy(r.below(16)), r.of(controls));
    policy.setHorizontalStretch(r.below(256));
    policy.setVerticalStretch(r.below(256));
    policy.setHeightForWidth(r.one(2));
    policy.setWidthForHeight(r.one(2));
    policy.setRetainSizeWhenHidden(r.one(2));
    return QVariant::fromValue(policy);
}

static const Maker makers[] = {
    rect, matrix4x4, transform, keys, sizePolicy,
    [](Random &r) { return QVariant(point(r)); },
    [](Random &r) { return QVariant(pointF(r)); },
    [](Random &r) { return QVariant(QSize{r.integer(), r.integer()}); },
    [](Random &r) { return QVariant(sizeF(r)); },
    [](Random &r) { return QVariant(QRectF{pointF(r), sizeF(r)}); },
    [](Random &r) { return QVariant(QLine{point(r), point(r)}); },
    [](Random &r) { return QVariant(QLineF{pointF(r), pointF(r)}); },
    [](Random &r) { return QVariant(QPolygon(r.list<QPolygon>(point))); },
    [](Random &r) { return QVariant(QPolygonF(r.list<QPolygonF>(pointF))); },
    [](Random &r) { return QVariant(QVector2D{r.real<float>(), r.real<float>()}); },
    [](Random &r) { return QVariant(QVector3D{r.real<float>(), r.real<float>(), r.real<float>()}); },
    [](Random &r) { return QVariant(QVector4D{r.real<float>(), r.real<float>(), r.real<float>(), r.real<float>()}); },
    [](Random &r) { return QVariant(QQuaternion{r.real<float>(), r.real<float>(), r.real<float>(), r.real<float>()}); },
#if QT_VERSION_MAJOR < 6
    [](Random &r) { return QVariant(QMatrix{r.real(), r.real(), r.real(), r.real(), r.real(), r.real()}); },
#endif
};

QList<Maker> shapeMakers() { return {std::begin(makers), std::end(makers)}; }
