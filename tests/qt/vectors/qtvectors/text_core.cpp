#include "text.h"

QByteArray text(QChar value) { return text(value.unicode()); }
QByteArray text(qfloat16 value) { return text(static_cast<float>(value)); }
QByteArray text(const QUrl &value) { return text(value.isEmpty() ? QByteArray() : value.toEncoded()); }
QByteArray text(const QUuid &value) { return text(value.toString()); }
QByteArray text(const QLocale &value) { return text(value.name()); }
QByteArray text(const QVersionNumber &value) { return text(value.segments()); }

QByteArray text(const QRegularExpression &value)
{
    return object({{"pattern", text(value.pattern())}, {"options", text(int(value.patternOptions()))}});
}

#if QT_VERSION_MAJOR < 6
QByteArray text(const QRegExp &value)
{
    return object({{"pattern", text(value.pattern())},
                   {"caseSensitivity", text(int(value.caseSensitivity()))},
                   {"syntax", text(int(value.patternSyntax()))},
                   {"minimal", text(value.isMinimal())}});
}
#endif

QByteArray text(const QBitArray &value)
{
    QByteArray digits;
    for (int i = 0; i < value.size(); ++i)
        digits += value.testBit(i) ? '1' : '0';
    return '"' + digits + '"';
}

QByteArray text(QDate value) { return value.isValid() ? text(value.toJulianDay()) : "null"; }
QByteArray text(QTime value) { return value.isValid() ? text(value.msecsSinceStartOfDay()) : "null"; }

QByteArray text(const QDateTime &value)
{
    static const char *const specs[] = {"\"LocalTime\"", "\"UTC\"", "\"OffsetFromUTC\"", "\"TimeZone\""};
    const Qt::TimeSpec spec = value.timeSpec();
    return object({{"date", text(value.date())},
                   {"time", text(value.time())},
                   {"spec", specs[spec]},
                   {"offset", spec == Qt::OffsetFromUTC ? text(value.offsetFromUtc()) : QByteArray()},
                   {"zone", spec == Qt::TimeZone ? text(value.timeZone()) : QByteArray()},
                   {"utc", value.isValid() ? text(value.toMSecsSinceEpoch()) : QByteArray()}});
}

QByteArray text(const QTimeZone &value)
{
    if (!value.isValid())
        return "null";
    if (value.hasTransitions())
        return object({{"id", text(value.id())}});
    const QTimeZone::TimeType standard = QTimeZone::StandardTime;
    const QDateTime any = QDateTime::fromMSecsSinceEpoch(0);
    return object({{"id", text(value.id())},
                   {"offset", text(value.offsetFromUtc(any))},
                   {"name", text(value.displayName(standard, QTimeZone::LongName, QLocale::c()))},
                   {"abbreviation", text(value.abbreviation(any))},
#if QT_VERSION_MAJOR < 6
                   {"territory", text(int(value.country()))},
#else
                   {"territory", text(int(value.territory()))},
#endif
                   {"comment", text(value.comment())}});
}

QByteArray text(const QPoint &value) { return object({{"x", text(value.x())}, {"y", text(value.y())}}); }
QByteArray text(const QPointF &value) { return object({{"x", text(value.x())}, {"y", text(value.y())}}); }
QByteArray text(const QSize &value) { return object({{"width", text(value.width())}, {"height", text(value.height())}}); }
QByteArray text(const QSizeF &value) { return object({{"width", text(value.width())}, {"height", text(value.height())}}); }

template <class Rect>
static QByteArray rect(const Rect &value)
{
    return object({{"x", text(value.x())},
                   {"y", text(value.y())},
                   {"width", text(value.width())},
                   {"height", text(value.height())}});
}

template <class Line>
static QByteArray line(const Line &value)
{
    return object({{"x1", text(value.x1())}, {"y1", text(value.y1())}, {"x2", text(value.x2())}, {"y2", text(value.y2())}});
}

template <class Margins>
static QByteArray margins(const Margins &value)
{
    return object({{"left", text(value.left())},
                   {"top", text(value.top())},
                   {"right", text(value.right())},
                   {"bottom", text(value.bottom())}});
}

QByteArray text(const QRect &value) { return rect(value); }
QByteArray text(const QRectF &value) { return rect(value); }
QByteArray text(const QLine &value) { return line(value); }
QByteArray text(const QLineF &value) { return line(value); }
QByteArray text(const QMargins &value) { return margins(value); }
QByteArray text(const QMarginsF &value) { return margins(value); }

QByteArray text(const QEasingCurve &value)
{
    return object({{"type", text(int(value.type()))},
                   {"period", text(value.period())},
                   {"amplitude", text(value.amplitude())},
                   {"overshoot", text(value.overshoot())},
                   {"points", text(value.toCubicSpline())}});
}

QByteArray text(const QJsonObject &value) { return QJsonDocument(value).toJson(QJsonDocument::Compact); }
QByteArray text(const QJsonArray &value) { return QJsonDocument(value).toJson(QJsonDocument::Compact); }
QByteArray text(const QJsonDocument &value) { return value.isNull() ? "null" : value.toJson(QJsonDocument::Compact); }

// An undefined value is the string "undefined" without its quotes, which no JSON text is.
QByteArray text(const QJsonValue &value)
{
    if (value.isUndefined())
        return "undefined";
    const QByteArray wrapped = text(QJsonArray{value});
    return wrapped.mid(1, wrapped.size() - 2);
}
