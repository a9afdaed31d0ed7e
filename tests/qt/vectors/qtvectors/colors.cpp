#include "groups.h"
#include "text_gui.h"
#include "vectors.h"

void printColors()
{
    QColor color16 = QColor::fromRgba64(1, 0x1234, 0xfffe, 0x8000), achromatic = QColor::fromHsv(-1, 0, 128);
    print<QColor>("QColor", {QColor(), QColor(1, 2, 3), QColor(1, 2, 3, 4), QColor(255, 255, 255, 0), color16,
                             QColor::fromHsv(120, 10, 20, 30), achromatic, QColor::fromHsvF(0.9999, 0.3, 0.7, 0.5),
                             QColor::fromHsl(359, 10, 20), QColor::fromHsl(-1, 0, 255, 1), QColor::fromCmyk(1, 2, 3, 4, 5),
                             QColor::fromRgbF(-0.5, 1.25, 0.1, 0.5), QColor::fromRgbF(2, 2, 2, 1)});
    print<QColor>("QColor", {QColor(Qt::transparent), QColor("steelblue")});
    using S = QColorSpace;
    print<S>("QColorSpace", {S(), S(S::SRgb), S(S::Primaries::SRgb, S::TransferFunction::Gamma, 2.5f)});
}
