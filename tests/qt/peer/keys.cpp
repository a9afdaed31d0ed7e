#include "keys.h"
#include "words.h"

#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)

#include <QUrl>
#include <QUrlQuery>

#include <map>

// Derives a key with the functions of QSharedMemory or QSystemSemaphore.
template <typename Object>
static Key derivedKey(const Peer &peer, const QByteArray &name)
{
    return (peer.safe ? Object::platformSafeKey : Object::legacyNativeKey)(text(name), peer.type);
}

Key semaphoreKey(const Peer &peer, const QByteArray &name)
{
    return derivedKey<QSystemSemaphore>(peer, name);
}

static Key keyMeant(const Peer &peer, const QByteArray &name, const QByteArray &meaning)
{
    const QString string = text(name);
    if (meaning == "native")
        return Key(string, peer.type);
    if (meaning != "text")
        throw unsupported();
    const Key key = Key::fromString(string);
    if (!key.isValid())
        throw error("KeyError", QStringLiteral("QNativeIpcKey::fromString: invalid"));
    return key;
}

// A key of a type that the platform lacks is refused, and error() says so.
void setKey(const Peer &peer, QSharedMemory &memory, const Words &words)
{
    memory.setNativeKey(words.size() > 1 ? keyMeant(peer, words[0], words[1]) : derivedKey<QSharedMemory>(peer, words[0]));
    if (memory.error() != QSharedMemory::NoError)
        throw errorOf(memory);
}

Answer chooseKeys(Peer &peer, const Words &words)
{
    static const std::map<QByteArray, bool> forms = {{"legacy", false}, {"safe", true}};
    static const std::map<QByteArray, Key::Type> families = {{"systemv", Key::Type::SystemV}, {"posix", Key::Type::PosixRealtime}};
    const auto form = forms.find(words[0]);
    const auto family = families.find(words[1]);
    if (form == forms.end() || family == families.end())
        throw unsupported();
    peer.safe = form->second;
    peer.type = family->second;
    return ok();
}

Answer showKey(Peer &peer, const Words &words)
{
    const bool semaphore = words.size() > 1 && words[1] == "semaphore";
    if (words.size() > 1 && !semaphore && words[1] != "segment")
        throw unsupported();
    const Key key = semaphore ? semaphoreKey(peer, words[0]) : derivedKey<QSharedMemory>(peer, words[0]);
    return ok({textWord(key.nativeKey().toUtf8()), textWord(key.toString().toUtf8())});
}

// QNativeIpcKey tells its legacy key only as a part of its text.
static QString legacyKey(const QString &text)
{
    return QUrlQuery(QUrl(text)).queryItemValue(QStringLiteral("legacyKey"), QUrl::FullyDecoded);
}

Answer parseKey(Peer &, const Words &words)
{
    const Key key = Key::fromString(text(words[0]));
    const QString canonical = key.toString();
    return ok({QByteArray::number(static_cast<uint>(key.type())), textWord(key.nativeKey().toUtf8()),
               textWord(legacyKey(canonical).toUtf8()), textWord(canonical.toUtf8())});
}

#else // the classes make the keys themselves, for the one family that Qt was built for

Key semaphoreKey(const Peer &, const QByteArray &name)
{
    return text(name);
}

void setKey(const Peer &, QSharedMemory &memory, const Words &words)
{
    const QString name = text(words[0]);
    if (words.size() == 1)
        memory.setKey(name);
    else if (words[1] == "native")
        memory.setNativeKey(name);
    else
        throw unsupported();
}

Answer chooseKeys(Peer &, const Words &words)
{
    if (words != Words{"legacy", "systemv"})
        throw unsupported();
    return ok();
}

Answer showKey(Peer &, const Words &words)
{
    if (words.size() > 1 && words[1] != "segment") // QSystemSemaphore does not tell its native key
        throw unsupported();
    return ok({textWord(QSharedMemory(text(words[0])).nativeKey().toUtf8())});
}

Answer parseKey(Peer &, const Words &)
{
    throw unsupported();
}

#endif
