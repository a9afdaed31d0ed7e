#include "random.h"

#include <QBitmap>
#include <QBrush>
#include <QColorSpace>
#include <QCursor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QPen>
#include <QPixmap>
#include <QRegion>
#include <QTextFormat>

static QColor color(Random &r)
{
    const int a = r.below(256), x = r.below(256), y = r.below(256), z = r.below(256);
    switch (r.below(7)) {
    case 0:
        return QColor();
    case 1:
        return QColor::fromHsv(r.below(360), x, y, a);
    case 2:
        return QColor::fromHsl(r.below(360), x, y, a);
    case 3:
        return QColor::fromCmyk(x, y, z, r.below(256), a);
    case 4:
        return QColor::fromRgbF(x / 64., y / -64., z / 255., a / 255.);
    default:
        return QColor(x, y, z, a);
    }
}

static QImage image(Random &r)
{
    QImage image(1 + r.below(3), 1 + r.below(3), r.one(2) ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    for (int i = 0; i < image.width() * image.height(); ++i)
        image.setPixelColor(i % image.width(), i / image.width(), QColor(r.below(256), r.below(256), r.below(256)));
    return r.one(6) && r.version >= 5 ? QImage() : image; // before, it is not written
}

// Version 1 has BMP files.
static bool images(Random &r) { return r.version > 1; }

static QPixmap pixmap(Random &r) { return QPixmap::fromImage(image(r)); }

static QBitmap bitmap(Random &r)
{
    QImage image(32, 1, QImage::Format_Mono);
    image.setColorTable({0xffffffff, 0xff000000});
    for (int x = 0; x < image.width(); ++x)
        image.setPixel(x, 0, uint(r.below(2)));
    return QBitmap::fromImage(image);
}

static QIcon icon(Random &r)
{
    QIcon icon;
    for (int n = r.version < 5 ? 1 : r.below(3); n > 0; --n)
        icon.addPixmap(pixmap(r), QIcon::Mode(r.below(4)), QIcon::State(r.below(2)));
    return icon;
}

static QCursor cursor(Random &r)
{
    switch (images(r) ? r.below(4) : 2) {
    case 0:
        return QCursor(bitmap(r), bitmap(r), r.below(10), 0);
    case 1:
        return QCursor(QPixmap::fromImage(QImage(4, 4, QImage::Format_RGB32)), r.below(4), r.below(4));
    default:
        return QCursor(Qt::CursorShape(r.below(Qt::LastCursor + 1)));
    }
}

static QGradient gradient(Random &r)
{
    const QPointF from(r.below(100), r.below(100)), to(r.below(100), r.below(100));
    const QGradient kinds[] = {QLinearGradient(from, to), QRadialGradient(from, 150 + r.below(99), to), QConicalGradient(from, r.below(360))};
    QGradient gradient = r.of(kinds);
    gradient.setSpread(QGradient::Spread(r.below(3)));
    gradient.setCoordinateMode(QGradient::CoordinateMode(r.below(4)));
    gradient.setInterpolationMode(QGradient::InterpolationMode(r.below(2)));
    for (int n = r.below(4); n > 0; --n)
        gradient.setColorAt(r.below(9) / 8., color(r));
    return gradient;
}

static QBrush brush(Random &r)
{
    QBrush brush(color(r), Qt::BrushStyle(r.below(15)));
    if (r.one(4))
        brush = gradient(r);
    else if (r.one(8) && images(r))
        brush = image(r);
    if (r.one(4))
        brush.setTransform(QTransform(1, r.below(9), 0, 0, 1, 0, r.below(9), 0, 1));
    return brush;
}

static QPen pen(Random &r)
{
    static const Qt::PenCapStyle caps[] = {Qt::FlatCap, Qt::SquareCap, Qt::RoundCap};
    static const Qt::PenJoinStyle joins[] = {Qt::MiterJoin, Qt::BevelJoin, Qt::RoundJoin, Qt::SvgMiterJoin};
    QPen pen(brush(r), r.below(2400) / 8., Qt::PenStyle(r.below(6)), r.of(caps), r.of(joins));
    if (r.one(3))
        pen.setDashPattern({1. + r.below(8), 0.5});
    pen.setDashOffset(r.below(8));
    pen.setMiterLimit(r.below(8));
    pen.setCosmetic(r.one(2));
    return pen;
}

static QFont font(Random &r)
{
    QFont font(r.word());
    if (r.one(2))
        font.setPixelSize(1 + r.below(99));
    else
        font.setPointSizeF((1 + r.below(800)) / 10.);
    static const QFont::Weight weights[] = {QFont::Thin, QFont::Light, QFont::Normal, QFont::DemiBold, QFont::Bold, QFont::Black};
    font.setWeight(r.of(weights));
    font.setStyle(QFont::Style(r.below(3)));
    font.setUnderline(r.one(2));
    font.setOverline(r.one(2));
    font.setStrikeOut(r.one(2));
    font.setFixedPitch(r.one(2));
    font.setKerning(r.one(2));
    font.setStretch(r.below(200));
    font.setLetterSpacing(QFont::SpacingType(r.below(2)), r.below(640) / 64.);
    font.setWordSpacing(r.below(640) / 64.);
    font.setStyleHint(QFont::StyleHint(r.below(9)), QFont::StyleStrategy(1 << r.below(12)));
    font.setHintingPreference(QFont::HintingPreference(r.below(4)));
    font.setCapitalization(QFont::Capitalization(r.below(5)));
    if (r.one(2))
        font.setFamilies({r.word(), r.word()});
    return font;
}

static QPalette palette(Random &r)
{
    QPalette palette(QColor(r.below(256), r.below(256), r.below(256)));
    const auto group = QPalette::ColorGroup(r.below(3));
    const auto role = QPalette::ColorRole(r.below(17));
    palette.setBrush(group, role, brush(r));
    return palette;
}

static QRegion region(Random &r)
{
    QRegion region;
    for (int n = r.below(r.version > 1 ? 4 : 2); n > 0; --n) // several are not read in version 1
        region += QRect(r.below(99) - 50, r.below(99), 1 + r.below(50), 1 + r.below(50));
    return region;
}

static QTextLength length(Random &r) { return QTextLength(QTextLength::Type(r.below(3)), r.below(800) / 8.); }

static QTextFormat format(Random &r)
{
    QTextFormat format(r.below(6));
    format.setProperty(QTextFormat::FontPointSize, r.below(100) / 8.);
    format.setProperty(QTextFormat::ForegroundBrush, brush(r));
    format.setProperty(QTextFormat::FrameWidth, length(r));
    format.setProperty(QTextFormat::UserProperty + r.below(5), QVariantList{r.string(), color(r), r.bytes()});
    return format;
}

static QColorSpace space(Random &r)
{
    return r.one(2) ? QColorSpace() : QColorSpace(r.one(2) ? QColorSpace::SRgb : QColorSpace::DisplayP3);
}

template <class T, T make(Random &)>
static QVariant made(Random &r)
{
    return QVariant::fromValue(make(r));
}

static QVariant anyImage(Random &r)
{
    static const Maker makers[] = {made<QImage, image>, made<QPixmap, pixmap>, made<QBitmap, bitmap>, made<QIcon, icon>};
    return images(r) ? r.of(makers)(r) : QVariant();
}

static const Maker makers[] = {
    anyImage, anyImage, made<QColor, color>, made<QCursor, cursor>, made<QBrush, brush>, made<QPen, pen>, made<QFont, font>, made<QPalette, palette>,
    made<QRegion, region>, made<QTextLength, length>, made<QTextFormat, format>, made<QColorSpace, space>,
};

QList<Maker> paintMakers() { return {std::begin(makers), std::end(makers)}; }
