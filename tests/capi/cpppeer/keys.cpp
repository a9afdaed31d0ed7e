#include "commands.hpp"

extern "C" {
#include "unicode.h"
}

using shmbridge::NativeIpcKey;
using shmbridge::SharedMemory;
using shmbridge::SystemSemaphore;

bool nameOf(char *word, std::string &name, answer *a)
{
    bytes text{};
    if (!string_of(word, &text, a))
        return false;
    name.assign(text.data, text.size);
    while (text.size > 0)
        if (take_utf8(&text) < 0)
            return refuse(a, "Usage", "not UTF-8");
    return true;
}

void addString(const std::string &text, answer *a)
{
    add_text(a, {text.data(), text.size()});
}

bool chooseKeys(peer *p, char **words, answer *a)
{
    static const std::map<std::string, NativeIpcKey::Type> types = {
        {"systemv", NativeIpcKey::Type::SystemV}, {"posix", NativeIpcKey::Type::PosixRealtime}, {"windows", NativeIpcKey::Type::Windows}};
    bool safe = false;
    const auto type = types.find(words[1]);
    if (!choice_of(words[0], "legacy", "safe", &safe, a))
        return false;
    if (type == types.end() || !SharedMemory::isKeyTypeSupported(type->second))
        return unsupported(a);
    p->safe = safe;
    p->type = type->second;
    return true;
}

bool showKey(peer *p, char **words, answer *a)
{
    std::string name;
    bool semaphore = false;
    if ((words[1] && !choice_of(words[1], "segment", "semaphore", &semaphore, a)) || !nameOf(words[0], name, a))
        return false;
    const NativeIpcKey key = semaphore ? p->keyOf<SystemSemaphore>(name) : p->keyOf<SharedMemory>(name);
    addString(key.nativeKey(), a);
    addString(key.toString(), a);
    return true;
}

bool parseKey(peer *, char **words, answer *a)
{
    std::string text;
    if (!nameOf(words[0], text, a))
        return false;
    const NativeIpcKey key = NativeIpcKey::fromString(text);
    add_number(a, static_cast<std::int64_t>(key.type())); // 0 if it is not valid
    addString(key.nativeKey(), a);
    addString(key.key().legacy_name(), a);
    addString(key.toString(), a);
    return true;
}
