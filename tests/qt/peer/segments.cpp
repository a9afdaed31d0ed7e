#include "segments.h"
#include "formats.h"
#include "words.h"

#include <cstring>
#include <utility>

using Size = decltype(std::declval<QSharedMemory>().size()); // int in Qt 5, qsizetype in Qt 6

// Holds a segment's lock. The destructor is for the way out by an exception: unlock() on a free lock has no effect.
class Lock
{
public:
    explicit Lock(QSharedMemory &memory) : memory(memory)
    {
        if (!memory.lock())
            throw errorOf(memory);
    }
    ~Lock() { memory.unlock(); }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

    void release()
    {
        if (!memory.unlock())
            throw errorOf(memory);
    }

private:
    QSharedMemory &memory;
};

static Segment &segmentOf(Peer &peer, const QByteArray &id)
{
    const auto segment = peer.segments.find(id);
    if (segment == peer.segments.end())
        throw error("Usage", QStringLiteral("no segment has the ID ") + QString::fromUtf8(id));
    return segment->second;
}

static QSharedMemory::AccessMode accessMode(const Words &words, int position)
{
    if (words.size() <= position)
        return QSharedMemory::ReadWrite;
    if (words[position] != "ro")
        throw unsupported();
    return QSharedMemory::ReadOnly;
}

static Size sizeOf(const QByteArray &word)
{
    const auto size = number<qlonglong>(word);
    if (static_cast<Size>(size) != size)
        throw error("InvalidSize", QStringLiteral("QSharedMemory::create takes no size of more than %1 bits")
                                       .arg(8 * sizeof(Size)));
    return static_cast<Size>(size);
}

static Answer sizeAnswer(const Segment &segment)
{
    return ok({QByteArray::number(segment.memory.size())});
}

static void requireAttached(const Segment &segment)
{
    if (!segment.memory.isAttached())
        throw staleError("NotFound", QStringLiteral("not attached"), segment.memory);
}

static void requireWritable(const Segment &segment)
{
    requireAttached(segment);
    if (segment.readOnly)
        throw error("ReadOnly", QStringLiteral("attached read-only"));
}

static char *rangeOf(Segment &segment, qlonglong offset, qlonglong count)
{
    requireAttached(segment);
    const qlonglong size = segment.memory.size();
    if (offset < 0 || count < 0 || offset > size || count > size - offset)
        throw error("Range", QStringLiteral("%1 bytes at offset %2 are not within the segment's %3 bytes")
                                 .arg(count).arg(offset).arg(size));
    return static_cast<char *>(segment.memory.data()) + offset;
}

Answer createSegment(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const auto access = accessMode(words, 2);
    if (!segment.memory.create(sizeOf(words[1]), access))
        throw errorOf(segment.memory);
    segment.readOnly = access == QSharedMemory::ReadOnly;
    return sizeAnswer(segment);
}

Answer attachSegment(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const auto access = accessMode(words, 1);
    const bool wasAttached = segment.memory.isAttached();
    if (!segment.memory.attach(access))
        throw wasAttached ? staleError("AlreadyExists", QStringLiteral("already attached"), segment.memory)
                          : errorOf(segment.memory);
    segment.readOnly = access == QSharedMemory::ReadOnly;
    return sizeAnswer(segment);
}

Answer detachSegment(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const bool wasAttached = segment.memory.isAttached();
    if (!segment.memory.detach())
        throw wasAttached ? errorOf(segment.memory)
                          : staleError("NotFound", QStringLiteral("not attached"), segment.memory);
    return ok();
}

Answer isSegmentAttached(Peer &peer, const Words &words)
{
    return ok({segmentOf(peer, words[0]).memory.isAttached() ? "1" : "0"});
}

Answer lockSegment(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    if (words.size() > 1)
        refuseTimeLimit(words[1]);
    if (!segment.memory.lock())
        throw errorOf(segment.memory);
    return ok();
}

Answer unlockSegment(Peer &peer, const Words &words)
{
    QSharedMemory &memory = segmentOf(peer, words[0]).memory;
    const QString before = memory.errorString();
    if (memory.unlock())
        return ok();
    throw memory.errorString() == before ? staleError("NotLocked", QStringLiteral("not locked by this object"), memory)
                                         : errorOf(memory);
}

Answer readSegment(Peer &peer, const Words &words)
{
    const auto count = number<qlonglong>(words[2]);
    const char *from = rangeOf(segmentOf(peer, words[0]), number<qlonglong>(words[1]), count);
    return ok({bytesWord(QByteArray(from, static_cast<Size>(count)))});
}

Answer writeSegment(Peer &peer, const Words &words)
{
    const auto offset = number<qlonglong>(words[1]);
    const QByteArray from = bytes(words[2]);
    Segment &segment = segmentOf(peer, words[0]);
    requireWritable(segment);
    std::memcpy(rangeOf(segment, offset, from.size()), from.constData(), static_cast<size_t>(from.size()));
    return ok();
}

Answer putValue(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const QByteArray from = formatNamed(words[1]).encode(words[2]);
    Lock lock(segment.memory);
    requireWritable(segment);
    const auto count = qMin<Size>(segment.memory.size(), from.size());
    std::memcpy(segment.memory.data(), from.constData(), static_cast<size_t>(count));
    lock.release();
    return ok({QByteArray::number(from.size())});
}

Answer getValue(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const Format &format = formatNamed(words[1]);
    Lock lock(segment.memory);
    requireAttached(segment);
    const auto *from = static_cast<const char *>(segment.memory.constData());
    const QByteArray value = format.decode(QByteArray::fromRawData(from, segment.memory.size()));
    lock.release();
    return ok({value});
}

static qint32 addOnce(Segment &segment, qlonglong offset, qint32 delta)
{
    quint32 value = 0; // unsigned, because its overflow is defined
    Lock lock(segment.memory);
    requireWritable(segment);
    char *at = rangeOf(segment, offset, sizeof value);
    std::memcpy(&value, at, sizeof value);
    value += static_cast<quint32>(delta);
    std::memcpy(at, &value, sizeof value);
    lock.release();
    return static_cast<qint32>(value);
}

Answer addToInt32(Peer &peer, const Words &words)
{
    Segment &segment = segmentOf(peer, words[0]);
    const auto offset = number<qlonglong>(words[1]);
    const auto delta = number<qint32>(words[2]);
    const auto count = number<qlonglong>(words[3]);
    if (count < 1)
        throw error("Usage", QStringLiteral("COUNT is less than 1"));
    qint32 value = 0;
    for (qlonglong i = 0; i < count; ++i)
        value = addOnce(segment, offset, delta);
    return ok({QByteArray::number(value)});
}
