#include "commands.hpp"

using shmbridge::SystemSemaphore;

static const char *codeOf(SystemSemaphore::SystemSemaphoreError error)
{
    switch (error) {
    case SystemSemaphore::PermissionDenied: return "PermissionDenied";
    case SystemSemaphore::KeyError: return "KeyError";
    case SystemSemaphore::AlreadyExists: return "AlreadyExists";
    case SystemSemaphore::NotFound: return "NotFound";
    case SystemSemaphore::OutOfResources: return "OutOfResources";
    case SystemSemaphore::NoError:
    case SystemSemaphore::UnknownError: break;
    }
    return "UnknownError";
}

bool failed(const SystemSemaphore &semaphore, answer *a)
{
    return refuse(a, codeOf(semaphore.error()), "%s", semaphore.errorString().c_str());
}

static SystemSemaphore *semaphoreOf(peer *p, const char *id, answer *a)
{
    const auto semaphore = p->semaphores.find(id);
    if (semaphore != p->semaphores.end())
        return &semaphore->second;
    refuse(a, "Usage", "no semaphore has the ID %s", id);
    return nullptr;
}

bool isForever(const char *word, answer *a)
{
    std::int32_t ms = 0;
    return limit_of(word, &ms, a) && (!word || unsupported(a));
}

bool acquireSemaphore(peer *p, char **words, answer *a)
{
    SystemSemaphore *const semaphore = semaphoreOf(p, words[0], a);
    return semaphore && isForever(words[1], a) && (semaphore->acquire() || failed(*semaphore, a));
}

bool releaseSemaphore(peer *p, char **words, answer *a)
{
    SystemSemaphore *const semaphore = semaphoreOf(p, words[0], a);
    std::int64_t n = 0;
    if (!semaphore || !number_of(words[1], 32, &n, a))
        return false;
    if (semaphore->release(static_cast<int>(n)))
        return true;
    return n < 0 ? refuse(a, "Range", "N is negative") : failed(*semaphore, a); // a negative one leaves error() as it was
}
