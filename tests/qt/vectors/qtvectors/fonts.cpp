#include "font_tags.h"
#include "groups.h"
#include "text_gui.h"
#include "vectors.h"

#include <functional>

// A font with nothing that depends on the system.
static QFont font(const std::function<void(QFont &)> &change)
{
    QFont font;
    font.setFamily("A");
    font.setPointSizeF(10);
    change(font);
    return font;
}

static void printStyles()
{
    const QFont::Weight weights[] = {QFont::Thin, QFont::ExtraLight, QFont::Light, QFont::Medium, QFont::DemiBold,
                                     QFont::Bold, QFont::ExtraBold, QFont::Black};
    for (const QFont::Weight weight : weights)
        print<QFont>("QFont", {font([weight](QFont &f) { f.setWeight(weight); })});
#if QT_VERSION_MAJOR >= 6
    for (const int weight : {1, 150, 151, 450, 1000}) // which Qt 5 does not have
        print<QFont>("QFont", {font([weight](QFont &f) { f.setWeight(QFont::Weight(weight)); })});
#endif
    print<QFont>("QFont", {font([](QFont &f) { f.setItalic(true); }), font([](QFont &f) { f.setStyle(QFont::StyleOblique); }),
                           font([](QFont &f) { f.setUnderline(true); }), font([](QFont &f) { f.setOverline(true); }),
                           font([](QFont &f) { f.setStrikeOut(true); }), font([](QFont &f) { f.setFixedPitch(true); }),
                           font([](QFont &f) { f.setKerning(false); }), font([](QFont &f) { f.setStretch(150); }),
                           font([](QFont &f) { f.setLetterSpacing(QFont::PercentageSpacing, 110); }),
                           font([](QFont &f) { f.setLetterSpacing(QFont::AbsoluteSpacing, -2.5); }),
                           font([](QFont &f) { f.setWordSpacing(3.5); }),
                           font([](QFont &f) { f.setHintingPreference(QFont::PreferVerticalHinting); }),
                           font([](QFont &f) { f.setCapitalization(QFont::SmallCaps); })});
}

static void printTags()
{
    const quint32 liga = 0x6c696761, kern = 0x6b65726e, wght = 0x77676874, wdth = 0x77647468;
    if (!hasFontTags())
        return;
    print<QFont>("QFont", {font([](QFont &f) { setFontFeature(f, liga, 2); }), font([](QFont &f) {
                               setFontFeature(f, liga, 0);
                               setFontFeature(f, kern, 1);
                           }),
                           font([](QFont &f) {
                               setFontAxis(f, wght, 350.5f);
                               setFontAxis(f, wdth, 0.1f);
                           })});
}

void printFonts()
{
    print<QFont>("QFont", {font([](QFont &) {}), font([](QFont &f) { f.setFamily(QString::fromUtf8("Größe, 日本")); }),
                           font([](QFont &f) { f.setFamilies({"A", "B", "C"}); }),
                           font([](QFont &f) { f.setStyleName("Regular"); }), font([](QFont &f) { f.setPointSizeF(12.75); }),
                           font([](QFont &f) { f.setPointSize(200); }), font([](QFont &f) { f.setPixelSize(20); }),
                           font([](QFont &f) { f.setStyleHint(QFont::Times); }),
                           font([](QFont &f) { f.setStyleHint(QFont::TypeWriter, QFont::PreferBitmap); }),
                           font([](QFont &f) { f.setStyleStrategy(QFont::NoFontMerging); })});
    printStyles();
    printTags();
}
