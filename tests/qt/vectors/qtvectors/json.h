// The text of values, in JSON. What JSON has no number for is a string: "NaN", "Infinity", "-Infinity".
#pragma once

#include <QByteArray>
#include <QPair>
#include <QString>

#include <initializer_list>
#include <type_traits>
#include <utility>

QByteArray text(bool value);
QByteArray text(double value);
QByteArray text(float value);
QByteArray text(const char *value) = delete; // would become a bool
QByteArray text(const QByteArray &value);    // one character a byte, null for a null value
QByteArray text(const QString &value);       // null for a null value

template <class T>
std::enable_if_t<std::is_integral_v<T>, QByteArray> text(T value)
{
    if constexpr (std::is_signed_v<T>)
        return QByteArray::number(static_cast<qlonglong>(value));
    else
        return QByteArray::number(static_cast<qulonglong>(value));
}

template <class First, class Second>
QByteArray text(const QPair<First, Second> &value)
{
    return '[' + text(value.first) + ',' + text(value.second) + ']';
}

// An array of the texts of the values.
template <class Container>
QByteArray list(const Container &values)
{
    QByteArray joined;
    for (const auto &value : values)
        joined += (joined.isEmpty() ? "" : ",") + text(value);
    return '[' + joined + ']';
}

// An object of names and texts.
QByteArray object(std::initializer_list<std::pair<const char *, QByteArray>> members);
