#include "json.h"

#include <charconv>
#include <cmath>
#include <cstdio>

// The shortest digits that are read as the same number.
template <class T>
static QByteArray number(T value)
{
    if (std::isnan(value))
        return "\"NaN\"";
    if (std::isinf(value))
        return value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return QByteArray(digits, static_cast<int>(end - digits));
}

static QByteArray quoted(const QString &value)
{
    QByteArray out = "\"";
    for (int i = 0; i < value.size(); ++i) {
        const QChar c = value[i];
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", c.unicode());
        const bool plain = c.unicode() >= 0x20 && c.unicode() < 0x7f && c != '"' && c != '\\';
        out += plain ? QByteArray(1, c.toLatin1()) : QByteArray(escape);
    }
    return out + '"';
}

QByteArray text(bool value) { return value ? "true" : "false"; }
QByteArray text(double value) { return number(value); }
QByteArray text(float value) { return number(value); }
QByteArray text(const QString &value) { return value.isNull() ? "null" : quoted(value); }
QByteArray text(const QByteArray &value)
{
    return value.isNull() ? "null" : quoted(QString::fromLatin1(value.constData(), int(value.size())));
}

QByteArray object(std::initializer_list<std::pair<const char *, QByteArray>> members)
{
    QByteArray joined;
    for (const auto &[name, value] : members) {
        if (!value.isEmpty())
            joined += (joined.isEmpty() ? "\"" : ",\"") + QByteArray(name) + "\":" + value;
    }
    return '{' + joined + '}';
}
