#include "semaphores.h"
#include "words.h"

static QSystemSemaphore &semaphoreOf(Peer &peer, const QByteArray &id)
{
    const auto semaphore = peer.semaphores.find(id);
    if (semaphore == peer.semaphores.end())
        throw error("Usage", QStringLiteral("no semaphore has the ID ") + QString::fromUtf8(id));
    return semaphore->second;
}

Answer acquireSemaphore(Peer &peer, const Words &words)
{
    QSystemSemaphore &semaphore = semaphoreOf(peer, words[0]);
    if (words.size() > 1)
        refuseTimeLimit(words[1]);
    if (!semaphore.acquire())
        throw errorOf(semaphore);
    return ok();
}

Answer releaseSemaphore(Peer &peer, const Words &words)
{
    QSystemSemaphore &semaphore = semaphoreOf(peer, words[0]);
    const auto count = number<int>(words[1]);
    if (semaphore.release(count))
        return ok();
    // A negative count is refused before anything else and leaves error() as it was.
    throw count < 0 ? error("Range", QStringLiteral("N is negative")) : errorOf(semaphore);
}
