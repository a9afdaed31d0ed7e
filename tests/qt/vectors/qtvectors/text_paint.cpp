#include "text_gui.h"

#include <QRgba64>

#include <cmath>

static quint16 bits(double part) { return quint16(std::lround(part * 0xffff)); }
static QByteArray hue(double part) { return part < 0 ? "null" : text(std::lround(part * 36000)); }

static QByteArray rgb(const QColor &value)
{
    const QRgba64 c = value.rgba64();
    const QColor eight = QColor::fromRgba(value.rgba());
    if (eight == value)
        return "\"#" + eight.name(QColor::HexArgb).mid(3).toLatin1() + QByteArray::number(value.alpha() + 0x100, 16).mid(1) + '"';
    return object({{"spec", "\"Rgb\""},
                   {"alpha", text(c.alpha())},
                   {"red", text(c.red())},
                   {"green", text(c.green())},
                   {"blue", text(c.blue())}});
}

QByteArray text(const QColor &value)
{
    const QByteArray alpha = text(bits(value.alphaF()));
    switch (value.spec()) {
    case QColor::Invalid:
        return "null";
    case QColor::Rgb:
        return rgb(value);
    case QColor::Hsv:
        return object({{"spec", "\"Hsv\""},
                       {"alpha", alpha},
                       {"hue", hue(value.hsvHueF())},
                       {"saturation", text(bits(value.hsvSaturationF()))},
                       {"value", text(bits(value.valueF()))}});
    case QColor::Hsl:
        return object({{"spec", "\"Hsl\""},
                       {"alpha", alpha},
                       {"hue", hue(value.hslHueF())},
                       {"saturation", text(bits(value.hslSaturationF()))},
                       {"lightness", text(bits(value.lightnessF()))}});
    case QColor::Cmyk:
        return object({{"spec", "\"Cmyk\""},
                       {"alpha", alpha},
                       {"cyan", text(bits(value.cyanF()))},
                       {"magenta", text(bits(value.magentaF()))},
                       {"yellow", text(bits(value.yellowF()))},
                       {"black", text(bits(value.blackF()))}});
    case QColor::ExtendedRgb:
        break;
    }
    return object({{"spec", "\"ExtendedRgb\""},
                   {"alpha", text(float(value.alphaF()))},
                   {"red", text(float(value.redF()))},
                   {"green", text(float(value.greenF()))},
                   {"blue", text(float(value.blueF()))}});
}

static QByteArray text(const QGradient &value)
{
    const auto &linear = static_cast<const QLinearGradient &>(value);
    const auto &radial = static_cast<const QRadialGradient &>(value);
    const auto &conical = static_cast<const QConicalGradient &>(value);
    QByteArray place;
    switch (value.type()) {
    case QGradient::LinearGradient:
        place = object({{"start", text(linear.start())}, {"finalStop", text(linear.finalStop())}});
        break;
    case QGradient::RadialGradient:
        place = object({{"center", text(radial.center())},
                        {"focalPoint", text(radial.focalPoint())},
                        {"centerRadius", text(radial.centerRadius())},
                        {"focalRadius", text(radial.focalRadius())}});
        break;
    default:
        place = object({{"center", text(conical.center())}, {"angle", text(conical.angle())}});
    }
    return object({{"spread", text(int(value.spread()))},
                   {"coordinateMode", text(int(value.coordinateMode()))},
                   {"interpolationMode", text(int(value.interpolationMode()))},
                   {"stops", list(value.stops())},
                   {"place", place}});
}

QByteArray text(const QBrush &value)
{
    if (value.style() == Qt::SolidPattern && value.transform().isIdentity())
        return text(value.color());
    const bool texture = value.style() == Qt::TexturePattern;
    return object({{"style", text(int(value.style()))},
                   {"color", text(value.color())},
                   {"gradient", value.gradient() ? text(*value.gradient()) : QByteArray()},
                   {"texture", texture ? text(value.textureImage()) : QByteArray()},
                   {"transform", value.transform().isIdentity() ? QByteArray() : text(value.transform())}});
}

QByteArray text(const QPen &value)
{
    return object({{"style", text(int(value.style()))},
                   {"width", text(value.widthF())},
                   {"brush", text(value.brush())},
                   {"cap", text(int(value.capStyle()))},
                   {"join", text(int(value.joinStyle()))},
                   {"miterLimit", text(value.miterLimit())},
                   {"dashes", text(value.dashPattern())},
                   {"dashOffset", text(value.dashOffset())},
                   {"cosmetic", text(value.isCosmetic())}});
}

// The program may be built with an older Qt than it runs with.
int accentRole()
{
    return QVersionNumber::fromString(qVersion()) >= QVersionNumber(6, 6) ? QPalette::PlaceholderText + 1 : -1;
}

QByteArray text(const QPalette &value)
{
    QByteArray groups;
    for (const auto group : {QPalette::Active, QPalette::Disabled, QPalette::Inactive}) {
        QVector<QBrush> brushes;
        for (int role = 0; role <= QPalette::PlaceholderText; ++role)
            brushes.append(value.brush(group, QPalette::ColorRole(role)));
        const auto accent = QPalette::ColorRole(accentRole());
        if (accent >= 0 && value.brush(group, accent) != value.brush(group, QPalette::Highlight))
            brushes.append(value.brush(group, accent));
        groups += (groups.isEmpty() ? "" : ",") + list(brushes);
    }
    return '[' + groups + ']';
}
