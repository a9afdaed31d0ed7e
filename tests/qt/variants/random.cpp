#include "random.h"

QString Random::word()
{
    QString word;
    for (int n = 1 + below(8); n > 0; --n)
        word += QChar('a' + below(26));
    return word;
}

QString Random::string()
{
    if (one(8))
        return "";
    static const char32_t characters[] = {0, 'A', '"', 0xe9, 0x20ac, 0xfeff, 0xffff, 0x1f600, 0x10ffff};
    QString string = word();
    for (int n = below(4); n > 0; --n) {
        const char32_t character = of(characters);
        if (character == 0 && version == 1 && QT_VERSION_MAJOR < 6)
            continue; // of which Qt 5 reads what is before it
        string += QString::fromUcs4(&character, 1);
    }
    return string;
}

QByteArray Random::bytes()
{
    if (one(8))
        return one(2) ? QByteArray() : QByteArray("");
    QByteArray bytes;
    for (int n = below(20); n >= 0; --n)
        bytes += char(below(256));
    return bytes;
}

static QVariant typedNull(Random &random)
{
    static const int ids[] = {QMetaType::Bool, QMetaType::Int, QMetaType::Double, QMetaType::QString, QMetaType::QPoint,
                              QMetaType::QVariantList, QMetaType::QVariantMap, QMetaType::QByteArray, QMetaType::QDate};
#if QT_VERSION_MAJOR < 6
    return QVariant(random.of(ids), nullptr);
#else
    return QVariant(QMetaType(random.of(ids)));
#endif
}

static QVariant container(Random &random, const QList<Maker> &makers, int depth)
{
    QVariantList list;
    QVariantMap map;
    QVariantHash hash;
    for (int n = random.below(6); n > 0; --n) {
        list << randomVariant(random, makers, depth);
        map[random.string()] = list.last();
        hash[random.string()] = list.last();
    }
    switch (random.below(4)) {
    case 0:
        return list;
    case 1:
        return hash;
#if QT_VERSION_MAJOR >= 6
    case 2:
        return QVariant::fromValue(std::pair<QVariant, QVariant>(list.value(0), list.value(1)));
#endif
    default:
        return map;
    }
}

QVariant randomVariant(Random &random, const QList<Maker> &makers, int depth)
{
    if (depth > 0 && random.one(3))
        return container(random, makers, depth - 1);
    if (random.one(40))
        return random.one(2) ? QVariant() : typedNull(random);
    return makers[random.below(int(makers.size()))](random);
}
