#include "font_tags.h"
#include "text_gui.h"

// OpenType's weight, which Qt 6 has.
static int weight(const QFont &font)
{
#if QT_VERSION_MAJOR >= 6
    return font.weight();
#else
    static const QMap<int, int> weights{{QFont::Thin, 100}, {QFont::ExtraLight, 200}, {QFont::Light, 300},
                                        {QFont::Normal, 400}, {QFont::Medium, 500}, {QFont::DemiBold, 600},
                                        {QFont::Bold, 700}, {QFont::ExtraBold, 800}, {QFont::Black, 900}};
    return weights.value(font.weight(), -font.weight());
#endif
}

// An object of the tags; nothing for none.
template <class T>
static QByteArray tags(const QMap<quint32, T> &values)
{
    QByteArray joined;
    for (auto i = values.begin(); i != values.end(); ++i) {
        QByteArray name = QByteArray::fromHex(QByteArray::number(i.key(), 16));
        joined += (joined.isEmpty() ? "\"" : ",\"") + name + "\":" + text(i.value());
    }
    return joined.isEmpty() ? QByteArray() : '{' + joined + '}';
}

// Nothing for a value that is the usual one.
template <class T>
static QByteArray unless(T usual, T value)
{
    return value == usual ? QByteArray() : text(value);
}

QByteArray text(const QFont &value)
{
    const bool pixels = value.pixelSize() >= 0;
    return object({{"family", text(value.family())},
                   {"families", value.families().size() > 1 ? text(value.families()) : QByteArray()},
                   {"styleName", value.styleName().isEmpty() ? QByteArray() : text(value.styleName())},
                   {"pointSize", pixels ? QByteArray() : text(value.pointSizeF())},
                   {"pixelSize", pixels ? text(value.pixelSize()) : QByteArray()},
                   {"styleHint", unless(int(QFont::AnyStyle), int(value.styleHint()))},
                   {"styleStrategy", unless(int(QFont::PreferDefault), int(value.styleStrategy()))},
                   {"weight", unless(400, weight(value))},
                   {"style", unless(0, int(value.style()))},
                   {"underline", unless(false, value.underline())},
                   {"overline", unless(false, value.overline())},
                   {"strikeOut", unless(false, value.strikeOut())},
                   {"fixedPitch", unless(false, value.fixedPitch())},
                   {"kerning", unless(true, value.kerning())},
                   {"stretch", unless(0, value.stretch())},
                   {"letterSpacingType", unless(0, int(value.letterSpacingType()))},
                   {"letterSpacing", unless(0.0, value.letterSpacing())},
                   {"wordSpacing", unless(0.0, value.wordSpacing())},
                   {"hintingPreference", unless(0, int(value.hintingPreference()))},
                   {"capitalization", unless(0, int(value.capitalization()))},
                   {"features", tags(fontFeatures(value))},
                   {"variableAxes", tags(fontAxes(value))}});
}
