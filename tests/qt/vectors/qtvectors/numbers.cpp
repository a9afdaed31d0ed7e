#include "groups.h"
#include "text.h"
#include "vectors.h"

#include <limits>

template <class T>
static void printIntegers(const char *type)
{
    using Limits = std::numeric_limits<T>;
    print<T>(type, {0, 1, static_cast<T>(0x0102030405060708), static_cast<T>(-2), Limits::max()});
    if (Limits::is_signed)
        print<T>(type, {Limits::min()});
}

template <class T>
static void printFloats(const char *type)
{
    using Limits = std::numeric_limits<T>;
    const T infinity = Limits::infinity();
    print<T>(type, {T(0), T(-0.0f), T(1.5f), T(-0.1f), Limits::max(), Limits::min(), Limits::denorm_min(),
                    infinity, T(-infinity), Limits::quiet_NaN()});
}

void printNumbers()
{
    printIntegers<qint8>("qint8");
    printIntegers<quint8>("quint8");
    printIntegers<qint16>("qint16");
    printIntegers<quint16>("quint16");
    printIntegers<qint32>("qint32");
    printIntegers<quint32>("quint32");
    printIntegers<qint64>("qint64");
    printIntegers<quint64>("quint64");
    print<bool>("bool", {false, true});
    printFloats<float>("float");
    printFloats<double>("double");
    print<double>("double", {0.1, 1e300, -1e-300, 3.4028236e38}); // the last two are no float
    printFloats<qfloat16>("qfloat16");
    print<QChar>("QChar", {QChar(0), QChar('A'), QChar(0x20ac), QChar(0xd800), QChar(0xffff)});
#if QT_VERSION_MAJOR >= 6
    print<char16_t>("char16_t", {u'\0', u'A', u'\u20ac', u'\uffff'});
    print<char32_t>("char32_t", {U'\0', U'A', U'\U0001f600', char32_t(0xffffffff)});
#endif
}
