#include "commands.hpp"

#include <cinttypes>
#include <cstring>
#include <utility>

using shmbridge::SharedMemory;

static const char *codeOf(SharedMemory::SharedMemoryError error)
{
    switch (error) {
    case SharedMemory::PermissionDenied: return "PermissionDenied";
    case SharedMemory::InvalidSize: return "InvalidSize";
    case SharedMemory::KeyError: return "KeyError";
    case SharedMemory::AlreadyExists: return "AlreadyExists";
    case SharedMemory::NotFound: return "NotFound";
    case SharedMemory::LockError: return "LockError";
    case SharedMemory::OutOfResources: return "OutOfResources";
    case SharedMemory::NoError:
    case SharedMemory::UnknownError: break;
    }
    return "UnknownError";
}

bool failed(const SharedMemory &memory, answer *a)
{
    return refuse(a, codeOf(memory.error()), "%s", memory.errorString().c_str());
}

segment *segmentOf(peer *p, const char *id, answer *a)
{
    const auto found = p->segments.find(id);
    if (found != p->segments.end())
        return &found->second;
    refuse(a, "Usage", "no segment has the ID %s", id);
    return nullptr;
}

static bool isAttached(const segment &s, answer *a)
{
    return s.memory.isAttached() || refuse(a, "NotFound", "not attached");
}

bool isWritable(const segment &s, answer *a)
{
    return isAttached(s, a) && (!s.readOnly || refuse(a, "ReadOnly", "attached read-only"));
}

bool isWithin(const segment &s, std::int64_t offset, std::int64_t count, answer *a)
{
    if (!isAttached(s, a))
        return false;
    const std::int64_t size = s.memory.size();
    return (offset >= 0 && count >= 0 && count <= size - offset) ||
           refuse(a, "Range", "%" PRId64 " bytes at offset %" PRId64 " are not within %" PRId64, count, offset, size);
}

static bool modeOf(const char *word, SharedMemory::AccessMode &mode, answer *a)
{
    mode = word ? SharedMemory::ReadOnly : SharedMemory::ReadWrite;
    return !word || std::strcmp(word, "ro") == 0 || unsupported(a);
}

static bool hasOpened(segment &s, SharedMemory::AccessMode mode, answer *a)
{
    s.readOnly = mode == SharedMemory::ReadOnly;
    s.holdsLock = false;
    add_number(a, s.memory.size());
    return true;
}

bool createSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    std::int64_t size = 0;
    SharedMemory::AccessMode mode{};
    if (!s || !number_of(words[1], 64, &size, a) || !modeOf(words[2], mode, a))
        return false;
    if (!s->memory.create(size, mode))
        return failed(s->memory, a);
    return hasOpened(*s, mode, a);
}

bool attachSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    SharedMemory::AccessMode mode{};
    if (!s || !modeOf(words[1], mode, a))
        return false;
    const bool wasAttached = s->memory.isAttached();
    if (!s->memory.attach(mode))
        return wasAttached ? refuse(a, "AlreadyExists", "already attached") : failed(s->memory, a);
    return hasOpened(*s, mode, a);
}

bool detachSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    if (!s || !isAttached(*s, a))
        return false;
    s->holdsLock = false;
    return s->memory.detach() || failed(s->memory, a);
}

bool isSegmentAttached(peer *p, char **words, answer *a)
{
    const segment *const s = segmentOf(p, words[0], a);
    if (s)
        add_number(a, s->memory.isAttached());
    return s;
}

bool lock(segment &s, answer *a)
{
    s.holdsLock = s.memory.lock();
    return s.holdsLock || failed(s.memory, a);
}

bool unlock(segment &s, answer *a)
{
    const bool held = std::exchange(s.holdsLock, false);
    if (s.memory.unlock())
        return true;
    return held ? failed(s.memory, a) : refuse(a, "NotLocked", "not locked by this object");
}

bool lockSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    return s && isForever(words[1], a) && lock(*s, a);
}

bool unlockSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    return s && unlock(*s, a);
}

bool readSegment(peer *p, char **words, answer *a)
{
    const segment *const s = segmentOf(p, words[0], a);
    std::int64_t offset = 0, count = 0;
    if (!s || !number_of(words[1], 64, &offset, a) || !number_of(words[2], 64, &count, a) || !isWithin(*s, offset, count, a))
        return false;
    const char *const at = static_cast<const char *>(s->memory.data()) + offset;
    add_bytes(a, {at, static_cast<std::size_t>(count)});
    return true;
}

bool writeSegment(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    std::int64_t offset = 0;
    bytes from{};
    if (!s || !number_of(words[1], 64, &offset, a) || !bytes_of(words[2], &from, a) || !isWritable(*s, a) ||
        !isWithin(*s, offset, static_cast<std::int64_t>(from.size), a))
        return false;
    std::memcpy(static_cast<char *>(s->memory.data()) + offset, from.data, from.size);
    return true;
}
