#include "commands.hpp"

using shmbridge::NativeIpcKey;
using shmbridge::SharedMemory;
using shmbridge::SystemSemaphore;

static bool isFree(const peer *p, const char *id, answer *a)
{
    return p->segments.count(id) + p->semaphores.count(id) == 0 || refuse(a, "Usage", "an object already has the ID %s", id);
}

// Makes the key of a text form, refusing one that no segment here can have.
static bool parsed(const std::string &text, NativeIpcKey &key, answer *a)
{
    key = NativeIpcKey::fromString(text);
    return (key.isValid() && SharedMemory::isKeyTypeSupported(key.type())) ||
           refuse(a, "KeyError", "no key of this system: %s", text.c_str());
}

bool makeSegment(peer *p, char **words, answer *a)
{
    std::string name;
    NativeIpcKey key;
    bool isText = false;
    if (!isFree(p, words[0], a) || !nameOf(words[1], name, a) ||
        (words[2] && !choice_of(words[2], "native", "text", &isText, a)) || (isText && !parsed(name, key, a)))
        return false;
    SharedMemory &memory = p->segments[words[0]].memory;
    if (isText)
        memory.setNativeKey(key);
    else if (words[2])
        memory.setNativeKey(name, p->type);
    else if (p->isUsual())
        memory.setKey(name);
    else
        memory.setNativeKey(p->keyOf<SharedMemory>(name));
    addString(memory.nativeKey(), a);
    return true;
}

bool makeSemaphore(peer *p, char **words, answer *a)
{
    std::string name;
    std::int64_t number = 0;
    bool create = false;
    if (!isFree(p, words[0], a) || !number_of(words[2], 32, &number, a) || !choice_of(words[3], "open", "create", &create, a) ||
        !nameOf(words[1], name, a))
        return false;
    const auto initial = static_cast<int>(number);
    const auto mode = create ? SystemSemaphore::Create : SystemSemaphore::Open;
    const auto made = p->isUsual() ? p->semaphores.try_emplace(words[0], name, initial, mode).first
                                   : p->semaphores.try_emplace(words[0], p->keyOf<SystemSemaphore>(name), initial, mode).first;
    if (made->second.error() == SystemSemaphore::NoError)
        return true;
    failed(made->second, a);
    p->semaphores.erase(made);
    return false;
}

bool closeObject(peer *p, char **words, answer *a)
{
    return p->segments.erase(words[0]) + p->semaphores.erase(words[0]) == 1 ||
           refuse(a, "Usage", "no object has the ID %s", words[0]);
}
