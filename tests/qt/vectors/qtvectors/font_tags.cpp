#include "font_tags.h"

#include <QList>

#include <dlfcn.h>

// Finds a function by its name in the libraries: QFont::Tag is a class of one quint32, the order of bytes the machine's.
template <class Function>
static Function *find(const char *name)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_DEFAULT, name));
}

template <class T>
static QMap<quint32, T> values(const QFont &font, const char *tags, const char *value)
{
    const auto listTags = find<QList<quint32>(const QFont *)>(tags);
    const auto valueOf = find<T(const QFont *, quint32)>(value);
    QMap<quint32, T> values;
    if (listTags && valueOf) {
        for (const quint32 tag : listTags(&font))
            values[tag] = valueOf(&font, tag);
    }
    return values;
}

QMap<quint32, quint32> fontFeatures(const QFont &font)
{
    return values<quint32>(font, "_ZNK5QFont11featureTagsEv", "_ZNK5QFont12featureValueENS_3TagE");
}

QMap<quint32, float> fontAxes(const QFont &font)
{
    return values<float>(font, "_ZNK5QFont16variableAxisTagsEv", "_ZNK5QFont17variableAxisValueENS_3TagE");
}

static const auto setFeature = find<void(QFont *, quint32, quint32)>("_ZN5QFont10setFeatureENS_3TagEj");
static const auto setAxis = find<void(QFont *, quint32, float)>("_ZN5QFont15setVariableAxisENS_3TagEf");

bool hasFontTags() { return setFeature && setAxis; }
void setFontFeature(QFont &font, quint32 tag, quint32 value) { setFeature(&font, tag, value); }
void setFontAxis(QFont &font, quint32 tag, float value) { setAxis(&font, tag, value); }
