#include "semaphores.h"
#include "objects.h"
#include "words.h"

bool acquire_semaphore(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    int32_t timeout_ms;
    return semaphore_of(peer, words[0], &s, a) && limit_of(words[1], &timeout_ms, a) &&
           succeeded(shmbridge_semaphore_acquire(s->semaphore, timeout_ms, &err), &err, a);
}

bool try_acquire_semaphore(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    if (!semaphore_of(peer, words[0], &s, a))
        return false;
    int32_t result = shmbridge_semaphore_acquire(s->semaphore, 0, &err);
    if (result != SHMBRIDGE_E_TIMEOUT && !succeeded(result, &err, a))
        return false;
    add_number(a, result == SHMBRIDGE_OK);
    return true;
}

bool release_semaphore(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *s;
    int64_t n;
    return semaphore_of(peer, words[0], &s, a) && number_of(words[1], 32, &n, a) &&
           succeeded(shmbridge_semaphore_release(s->semaphore, (int32_t)n, &err), &err, a);
}
