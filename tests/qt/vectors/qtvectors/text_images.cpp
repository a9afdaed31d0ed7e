#include "text_gui.h"

#include <QRgba64>

static bool isEight(quint16 part) { return part % 0x101 == 0; }
static bool isEight(QRgba64 c) { return isEight(c.red()) && isEight(c.green()) && isEight(c.blue()) && isEight(c.alpha()); }

static QByteArray digits(quint16 part, bool eight)
{
    return QByteArray::number((eight ? part / 0x101 : part) + 0x10000, 16).right(eight ? 2 : 4);
}

static QByteArray digits(QRgba64 c, bool eight)
{
    return digits(c.red(), eight) + digits(c.green(), eight) + digits(c.blue(), eight) + digits(c.alpha(), eight);
}

QByteArray text(const QImage &value)
{
    if (value.isNull())
        return "null";
    const QImage deep = value.convertToFormat(QImage::Format_RGBA64);
    QVector<QRgba64> colors;
    bool eight = true;
    for (int y = 0; y < deep.height(); ++y) {
        for (int x = 0; x < deep.width(); ++x) {
            colors.append(reinterpret_cast<const QRgba64 *>(deep.constScanLine(y))[x]);
            eight = eight && isEight(colors.last());
        }
    }
    QVector<QByteArray> pixels;
    for (const QRgba64 c : colors)
        pixels.append(digits(c, eight));
    return object({{"format", text(int(value.format()))},
                   {"width", text(deep.width())},
                   {"height", text(deep.height())},
                   {"pixels", list(pixels)}});
}

QByteArray text(const QPixmap &value) { return text(value.toImage()); }
QByteArray text(const QBitmap &value) { return text(value.toImage()); }

QByteArray text(const QIcon &value)
{
    QByteArray joined;
    for (const auto mode : {QIcon::Normal, QIcon::Disabled, QIcon::Active, QIcon::Selected}) {
        for (const auto state : {QIcon::On, QIcon::Off}) {
            for (const QSize &size : value.availableSizes(mode, state))
                joined += (joined.isEmpty() ? "" : ",")
                    + object({{"mode", text(int(mode))},
                              {"state", text(int(state))},
                              {"pixmap", text(value.pixmap(size, mode, state))}});
        }
    }
    return value.isNull() ? "null" : '[' + joined + ']';
}

QByteArray text(const QCursor &value)
{
    const bool bitmap = value.shape() == Qt::BitmapCursor;
#if QT_VERSION_MAJOR < 6
    const QBitmap mask = value.mask(Qt::ReturnByValue), bits = value.bitmap(Qt::ReturnByValue);
#else
    const QBitmap mask = value.mask(), bits = value.bitmap();
#endif
    return object({{"shape", text(int(value.shape()))},
                   {"hotSpot", bitmap ? text(value.hotSpot()) : QByteArray()},
                   {"bitmap", bits.isNull() ? QByteArray() : text(bits)},
                   {"mask", mask.isNull() ? QByteArray() : text(mask)},
                   {"pixmap", value.pixmap().isNull() ? QByteArray() : text(value.pixmap())}});
}

QByteArray text(const QColorSpace &value) { return value.isValid() ? text(value.iccProfile().toHex()) : "null"; }
