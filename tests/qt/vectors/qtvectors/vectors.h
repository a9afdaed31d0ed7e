// Prints what QDataStream makes of values.
#pragma once

#include "json.h"

#include <QDataStream>

#include <functional>
#include <initializer_list>

// A value to stream.
struct Sample
{
    QByteArray type;
    QByteArray value; // its text
    std::function<void(QDataStream &)> write;
    std::function<QByteArray(QDataStream &)> read; // the text of what comes back
    int address = 0; // where the bytes have an address in memory, printed as 0; negative: from the end; 0: nowhere
    bool brief = false; // only big-endian and in double precision: it has many bytes
};

// Prints a line of tabs and these for each setting of a stream: type, stream version, byte order, precision, bytes in
// hexadecimal digits, value, and what Qt reads from those bytes: "=" for the value itself, the text of another value, or "!"
// and the status of the stream. " +N" says that N bytes are left.
void print(const Sample &sample);

template <class T>
Sample sample(const char *type, const T &value)
{
    return {type, text(value), [value](QDataStream &out) { out << value; },
            [](QDataStream &in) {
                T back{};
                in >> back;
                return text(back);
            }};
}

template <class T>
void print(const char *type, std::initializer_list<T> values)
{
    for (const T &value : values)
        print(sample(type, value));
}
