#include "groups.h"
#include "images.h"
#include "text_gui.h"
#include "vectors.h"

static QList<QBrush> gradients()
{
    QLinearGradient linear(1, 2, 3, 4.5);
    linear.setStops({{0, QColor(1, 2, 3)}, {0.5, QColor(4, 5, 6, 7)}, {1, QColor::fromHsv(120, 10, 20)}});
    QLinearGradient set = linear, object = linear, bounding = linear, plain(0, 0, 1, 1);
    set.setSpread(QGradient::RepeatSpread);
    set.setCoordinateMode(QGradient::StretchToDeviceMode);
    set.setInterpolationMode(QGradient::ComponentInterpolation);
    object.setCoordinateMode(QGradient::ObjectMode);
    bounding.setCoordinateMode(QGradient::ObjectBoundingMode);
    QRadialGradient radial(1, 2, 3), extended(QPointF(1, 2), 3, QPointF(4, 5), 0.5);
    radial.setStops(linear.stops());
    radial.setSpread(QGradient::ReflectSpread);
    extended.setStops(linear.stops());
    QConicalGradient conical(1, 2, 30);
    conical.setStops(linear.stops());
    return {linear, set, object, bounding, plain, radial, extended, conical};
}

static void printBrushes()
{
    QBrush turned(QColor(1, 2, 3));
    turned.setTransform(QTransform(1, 2, 0.1, 4, 5, 6, 7, 8, 9));
    print<QBrush>("QBrush", {QBrush(), QBrush(QColor(1, 2, 3, 4)), QBrush(QColor(1, 2, 3), Qt::Dense3Pattern),
                             QBrush(QColor(), Qt::DiagCrossPattern), turned, QBrush(smallImage()),
                             QBrush(QColor(1, 2, 3), smallBitmap(3))});
    for (const QBrush &brush : gradients())
        print<QBrush>("QBrush", {brush});
}

static QPen pen(Qt::PenStyle style, double width, Qt::PenCapStyle cap, Qt::PenJoinStyle join)
{
    return QPen(QColor(1, 2, 3), width, style, cap, join);
}

static void printPens()
{
    QPen custom = pen(Qt::SolidLine, 2.5, Qt::FlatCap, Qt::MiterJoin);
    custom.setDashPattern({1.5, 2, 3, 0.1});
    custom.setDashOffset(1.25);
    QPen cosmetic(QColor(1, 2, 3));
    cosmetic.setCosmetic(true);
    cosmetic.setMiterLimit(4.5);
    print<QPen>("QPen", {QPen(), QPen(Qt::NoPen), QPen(QColor(1, 2, 3, 4)), pen(Qt::DashLine, 0, Qt::SquareCap, Qt::BevelJoin),
                         pen(Qt::DotLine, 300.5, Qt::RoundCap, Qt::RoundJoin),
                         pen(Qt::DashDotLine, 1, Qt::FlatCap, Qt::SvgMiterJoin),
                         pen(Qt::DashDotDotLine, 1, Qt::RoundCap, Qt::BevelJoin), custom, cosmetic,
                         QPen(gradients()[0], 1)});
}

static const QPalette::ColorGroup groups[] = {QPalette::Active, QPalette::Disabled, QPalette::Inactive};

static void printPalettes()
{
    const auto accent = QPalette::ColorRole(accentRole());
    QPalette palette;
    for (const auto group : groups) {
        for (int role = 0; role <= QPalette::PlaceholderText; ++role)
            palette.setBrush(group, QPalette::ColorRole(role), QColor(1 + int(group), role, 9));
        palette.setBrush(group, QPalette::Base, QBrush(QColor(1, 2, 3), Qt::Dense3Pattern));
        if (accent >= 0)
            palette.setBrush(group, accent, palette.brush(group, QPalette::Highlight));
    }
    print<QPalette>("QPalette", {palette});
    Sample variant = sample("QVariant", QVariant(palette));
    variant.brief = true;
    print(variant);
    if (accent < 0)
        return;
    for (const auto group : groups)
        palette.setBrush(group, accent, QColor(1 + int(group), 200, 9));
    Sample other = sample("QPalette", palette);
    other.brief = true;
    print(other);
}

void printPainting()
{
    printBrushes();
    printPens();
    printPalettes();
}
