#include "groups.h"
#include "text.h"
#include "vectors.h"

static QString utf8(const char *value) { return QString::fromUtf8(value); }

// A const char *, null or with the bytes up to the first NUL.
static Sample cString(const char *value)
{
    return {"cstring", text(QByteArray(value)), [value](QDataStream &out) { out << value; },
            [](QDataStream &in) {
                char *back = nullptr;
                in >> back;
                const QByteArray bytes(back);
                delete[] back;
                return text(bytes);
            }};
}

static void printByteArrays()
{
    print<QByteArray>("QByteArray", {QByteArray(), QByteArray(""), "a", "Hello", QByteArray("\0\x01\x7f\x80\xff", 5)});
    for (const char *value : {static_cast<const char *>(nullptr), "", "ab", "\xc3\xa9\xff"})
        print(cString(value));
}

void printStrings()
{
    print<QString>("QString", {QString(), QString(""), "A", "Hello, world", utf8("Größe"), utf8("Ключ €"), utf8("日本語"),
                               utf8("a😀b"), QString(3, QChar(0)), QString(QChar(0xffff)), QString(QChar(0xd83d)) + "x"});
    printByteArrays();
    print<QUrl>("QUrl", {QUrl(), QUrl("http://a/b?c=%20d#e"), QUrl("file:///tmp/a b"), QUrl(utf8("http://bücher.example/ö")),
                         QUrl("relative/path"), QUrl("mailto:a@b.c"), QUrl("http://user:pw@[::1]:8080/")});
    print<QUuid>("QUuid", {QUuid(), QUuid("{67c8770b-44f1-410a-ab9a-f9b5446f13ee}")});
    print<QLocale>("QLocale", {QLocale::c(), QLocale("en_US"), QLocale("de"), QLocale("zh_Hant_TW"), QLocale("sr_Latn_RS")});
    print<QVersionNumber>("QVersionNumber", {QVersionNumber(), QVersionNumber(1, 2, 3), QVersionNumber(6),
                                             QVersionNumber{0, 0, 0, 0, 300, 70000}});
    print<QRegularExpression>("QRegularExpression",
                              {QRegularExpression(), QRegularExpression("a.b"),
                               QRegularExpression("^x$", QRegularExpression::CaseInsensitiveOption
                                                             | QRegularExpression::MultilineOption)});
#if QT_VERSION_MAJOR < 6
    QRegExp minimal("a*?", Qt::CaseInsensitive, QRegExp::Wildcard);
    minimal.setMinimal(true);
    print<QRegExp>("QRegExp", {QRegExp(), QRegExp("a"), QRegExp("b", Qt::CaseInsensitive, QRegExp::RegExp2), minimal});
#endif
}
