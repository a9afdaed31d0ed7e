#include "groups.h"
#include "images.h"
#include "text_gui.h"
#include "vectors.h"

// The sizes are such that rows have no padding, which has any bytes in the BMP files of stream version 1.
static QImage filled(QImage::Format format, int width = 4, int height = 2)
{
    QImage image(width, height, format);
    image.setDotsPerMeterX(3937);
    image.setDotsPerMeterY(3937);
    if (image.depth() <= 8 && format != QImage::Format_Grayscale8)
        image.setColorTable({0xffff0000, 0xff0000ff});
    image.fill(0);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (image.depth() <= 8 && format != QImage::Format_Grayscale8)
                image.setPixel(x, y, uint(x + y) % 2);
            else
                image.setPixelColor(x, y, QColor(x * 60, y * 255, 99, image.hasAlphaChannel() ? 255 - x * 85 : 255));
        }
    }
    return image;
}

QImage smallImage() { return filled(QImage::Format_ARGB32); }

QBitmap smallBitmap(int first)
{
    QImage image(32, 1, QImage::Format_Mono);
    image.setDotsPerMeterX(3937);
    image.setDotsPerMeterY(3937);
    image.setColorTable({0xffffffff, 0xff000000});
    image.fill(0);
    image.setPixel(first, 0, 1);
    return QBitmap::fromImage(image);
}

void printImages()
{
    print<QImage>("QImage", {QImage(), filled(QImage::Format_RGB32), filled(QImage::Format_ARGB32),
                             filled(QImage::Format_Indexed8), filled(QImage::Format_Mono, 32), filled(QImage::Format_Grayscale8),
                             filled(QImage::Format_RGB888), filled(QImage::Format_RGBA64), filled(QImage::Format_ARGB32_Premultiplied)});
    print<QPixmap>("QPixmap", {QPixmap(), QPixmap::fromImage(smallImage())});
    print<QBitmap>("QBitmap", {QBitmap(), smallBitmap(3)});
    QIcon icon(QPixmap::fromImage(smallImage()));
    icon.addPixmap(QPixmap::fromImage(filled(QImage::Format_RGB32, 8, 1)), QIcon::Disabled, QIcon::On);
    print<QIcon>("QIcon", {QIcon(), QIcon(QPixmap::fromImage(smallImage())), icon});
    print<QCursor>("QCursor", {QCursor(), QCursor(Qt::WaitCursor), QCursor(Qt::BlankCursor), QCursor(Qt::DragLinkCursor),
                               QCursor(smallBitmap(3), smallBitmap(5), 7, 1), QCursor(QPixmap::fromImage(smallImage()), 2, 1)});
}
