// Random values, the same ones from the same seed.
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>
#include <QVariant>

#include <limits>

class Random
{
public:
    Random(quint32 seed, int version) : version(version), generator(seed) {}

    const int version; // of the stream, for what cannot be read again in old ones

    int below(int limit) { return generator.bounded(limit); }
    bool one(int in) { return below(in) == 0; }

    template <class T, size_t N>
    T of(const T (&values)[N])
    {
        return values[below(int(N))];
    }

    // Often a small one or one at the end of the range.
    template <class T = int>
    T integer()
    {
        switch (below(6)) {
        case 0:
            return std::numeric_limits<T>::max();
        case 1:
            return std::numeric_limits<T>::min();
        case 2:
        case 3:
            return T(below(100));
        default:
            return T(generator.generate64());
        }
    }

    template <class T = double>
    T real()
    {
        using limits = std::numeric_limits<T>;
        switch (below(12)) {
        case 0:
            return limits::quiet_NaN();
        case 1:
            return one(2) ? limits::infinity() : -limits::infinity();
        case 2:
            return T(-0.0);
        case 3:
            return one(2) ? limits::max() : limits::denorm_min();
        case 4:
        case 5:
            return T((generator.generateDouble() - 0.5) * 1e9);
        default:
            return T(below(2000) - 1000) / 8;
        }
    }

    QString word();     // a few letters
    QString string();   // of any characters
    QByteArray bytes(); // sometimes null

    // A list of a few values.
    template <class List, class Make>
    List list(Make make)
    {
        List values;
        for (int n = below(4); n > 0; --n)
            values << make(*this);
        return values;
    }

private:
    QRandomGenerator generator;
};

// What makes random values of a type.
using Maker = QVariant (*)(Random &);

QList<Maker> coreMakers();
QList<Maker> shapeMakers();
QList<Maker> paintMakers();
QList<Maker> userMakers(); // registers the types, too

// A value of any of these types, with at most this many containers within one another.
QVariant randomVariant(Random &random, const QList<Maker> &makers, int depth);
