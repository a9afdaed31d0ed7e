#include "groups.h"
#include "text_gui.h"
#include "vectors.h"

static QTextFormat format(int type, const QMap<int, QVariant> &properties)
{
    QTextFormat format(type);
    for (auto i = properties.begin(); i != properties.end(); ++i)
        format.setProperty(i.key(), i.value());
    return format;
}

void printTextFormats()
{
    using L = QTextLength;
    print<L>("QTextLength", {L(), L(L::VariableLength, 3), L(L::FixedLength, 12.5), L(L::PercentageLength, 0.1)});
    const QVariantList widths{QVariant::fromValue(L(L::FixedLength, 3))};
    print<QTextFormat>("QTextFormat",
                       {QTextFormat(), format(QTextFormat::CharFormat, {}),
                        format(QTextFormat::CharFormat, {{0x820, QPen(QColor(1, 2, 3))}, {0x821, QBrush(QColor(4, 5, 6))}}),
                        format(QTextFormat::CharFormat, {{0x2001, 12.5}, {0x2003, 75}, {0x2031, "http://a/"}}),
                        format(QTextFormat::CharFormat, {{0x1fe7, QStringList{"A", "B"}}, {0x1fe9, 1}, {0x1fea, 150},
                                                         {0x2020, QColor(1, 2, 3)}}),
                        format(QTextFormat::CharFormat, {{0x2000, "A"}, {0x2033, 1}, {0x2034, 150}}),
                        format(QTextFormat::CharFormat, {{0x2010, QColor(1, 2, 3)}}),
                        format(QTextFormat::CharFormat, {{0x2011, 1}, {0x2012, 2}}),
                        format(QTextFormat::BlockFormat, {{0x1010, 0x84}, {0x1034, 0.1}, {0x7000, 1}}),
                        format(QTextFormat::FrameFormat, {{0x2f00, 4}, {0x4101, widths}}),
                        format(QTextFormat::UserFormat, {{0x100001, QStringList{"a", "b"}}})});
}
