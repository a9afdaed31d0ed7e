#include "commands.h"
#include "formats.h"
#include "keys.h"
#include "segments.h"
#include "semaphores.h"
#include "words.h"

#include <QCoreApplication>

#include <map>
#include <new>

struct Command
{
    int minWords; // after the verb
    int maxWords;
    Answer (*run)(Peer &peer, const Words &words);
};

static Answer hello(Peer &, const Words &)
{
    return ok({"qt", qVersion(), QByteArray::number(QCoreApplication::applicationPid())});
}

static Answer setVariable(Peer &, const Words &words)
{
    const QByteArray name = textBytes(words[0]), value = textBytes(words[1]);
    const bool set = !name.contains('\0') && !value.contains('\0')
                     && (value.isEmpty() ? qunsetenv(name.constData()) : qputenv(name.constData(), value));
    if (!set)
        throw error("Usage", QStringLiteral("no variable of the environment can be so"));
    return ok();
}

static void requireFreeId(const Peer &peer, const QByteArray &id)
{
    if (peer.segments.count(id) || peer.semaphores.count(id))
        throw error("Usage", QStringLiteral("an object already has the ID ") + QString::fromUtf8(id));
}

static Answer makeSegment(Peer &peer, const Words &words)
{
    requireFreeId(peer, words[0]);
    const auto made = peer.segments.try_emplace(words[0]).first;
    QSharedMemory &memory = made->second.memory;
    try {
        setKey(peer, memory, words.mid(1));
    } catch (const Refusal &) {
        peer.segments.erase(made);
        throw;
    }
    return ok({textWord(memory.nativeKey().toUtf8())});
}

static Answer makeSemaphore(Peer &peer, const Words &words)
{
    requireFreeId(peer, words[0]);
    if (words[3] != "open" && words[3] != "create")
        throw unsupported();
    const auto mode = words[3] == "open" ? QSystemSemaphore::Open : QSystemSemaphore::Create;
    const auto made = peer.semaphores.try_emplace(words[0], semaphoreKey(peer, words[1]), number<int>(words[2]), mode).first;
    if (made->second.error() == QSystemSemaphore::NoError)
        return ok();
    const Refusal refusal = errorOf(made->second);
    peer.semaphores.erase(made);
    throw refusal;
}

static Answer closeObject(Peer &peer, const Words &words)
{
    if (peer.segments.erase(words[0]) + peer.semaphores.erase(words[0]) == 0)
        throw error("Usage", QStringLiteral("no object has the ID ") + QString::fromUtf8(words[0]));
    return ok();
}

static Answer encodeValue(Peer &, const Words &words)
{
    return ok({bytesWord(formatNamed(words[0]).encode(words[1]))});
}

static Answer decodeBytes(Peer &, const Words &words)
{
    return ok({formatNamed(words[0]).decode(bytes(words[1]))});
}

static Answer exitPeer(Peer &peer, const Words &)
{
    peer.segments.clear();
    peer.semaphores.clear();
    peer.ended = true;
    return ok();
}

static const std::map<QByteArray, Command> commands = {
    {"hello", {0, 0, hello}},
    {"setenv", {2, 2, setVariable}},
    {"keys", {2, 2, chooseKeys}},
    {"key", {1, 2, showKey}},
    {"parse", {1, 1, parseKey}},
    {"segment", {2, 3, makeSegment}},
    {"create", {2, 3, createSegment}},
    {"attach", {1, 2, attachSegment}},
    {"detach", {1, 1, detachSegment}},
    {"attached", {1, 1, isSegmentAttached}},
    {"lock", {1, 2, lockSegment}},
    {"unlock", {1, 1, unlockSegment}},
    {"read", {3, 3, readSegment}},
    {"write", {3, 3, writeSegment}},
    {"put", {3, 3, putValue}},
    {"get", {2, 2, getValue}},
    {"add", {4, 4, addToInt32}},
    {"encode", {2, 2, encodeValue}},
    {"decode", {2, 2, decodeBytes}},
    {"sem", {4, 4, makeSemaphore}},
    {"acquire", {1, 2, acquireSemaphore}},
    {"release", {2, 2, releaseSemaphore}},
    {"close", {1, 1, closeObject}},
    {"exit", {0, 0, exitPeer}},
};

Answer carryOut(Peer &peer, const QByteArray &line)
try {
    Words words = line.split(' ');
    if (words.contains(QByteArray()))
        throw error("Usage", QStringLiteral("one space stands between words, and an empty word is %"));
    const auto command = commands.find(words.takeFirst());
    if (command == commands.end())
        throw unsupported();
    const auto &[minWords, maxWords, run] = command->second;
    if (words.size() < minWords || words.size() > maxWords)
        throw error("Usage", QStringLiteral("%1 words after the verb, where %2 to %3 are due")
                                 .arg(words.size()).arg(minWords).arg(maxWords));
    return run(peer, words);
} catch (const Refusal &refusal) {
    return refusal.answer;
} catch (const std::bad_alloc &) { // of a stream that tells of more than there can be
    return error("OutOfResources", QStringLiteral("no memory")).answer;
}
