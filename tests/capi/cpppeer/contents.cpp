#include "commands.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

static bool store(segment &s, const char *from, std::size_t size, answer *a)
{
    if (!lock(s, a))
        return false;
    const bool writable = isWritable(s, a);
    if (writable) {
        std::memcpy(s.memory.data(), from, std::min(size, static_cast<std::size_t>(s.memory.size())));
        add_number(a, static_cast<std::int64_t>(size));
    }
    return unlock(s, a) && writable;
}

bool putValue(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    output value{};
    if (!s)
        return false;
    const bool stored = encoded(words + 1, &value, a) && store(*s, value.data, value.size, a);
    std::free(value.data);
    return stored;
}

bool getValue(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    const format *kind = nullptr;
    if (!s || !format_of(words[1], &kind, a) || !lock(*s, a))
        return false;
    const bool decoded = kind->decode({static_cast<const char *>(s->memory.constData()), static_cast<std::size_t>(s->memory.size())}, a);
    return unlock(*s, a) && decoded;
}

static bool addOnce(segment &s, std::int64_t offset, std::int32_t delta, std::uint32_t &value, answer *a)
{
    if (!lock(s, a))
        return false;
    const bool can = isWritable(s, a) && isWithin(s, offset, sizeof value, a);
    if (can) {
        char *const at = static_cast<char *>(s.memory.data()) + offset;
        std::memcpy(&value, at, sizeof value);
        value += static_cast<std::uint32_t>(delta); // unsigned, because its overflow is defined
        std::memcpy(at, &value, sizeof value);
    }
    return unlock(s, a) && can;
}

bool addToInt32(peer *p, char **words, answer *a)
{
    segment *const s = segmentOf(p, words[0], a);
    std::int64_t offset = 0, delta = 0, count = 0;
    if (!s || !number_of(words[1], 64, &offset, a) || !number_of(words[2], 32, &delta, a) || !number_of(words[3], 64, &count, a))
        return false;
    if (count < 1)
        return refuse(a, "Usage", "COUNT is less than 1");
    std::uint32_t value = 0;
    while (count-- > 0)
        if (!addOnce(*s, offset, static_cast<std::int32_t>(delta), value, a))
            return false;
    add_number(a, static_cast<std::int32_t>(value));
    return true;
}
