/* The commands on semaphores, as lines.h has them. */
#ifndef SEMAPHORES_H
#define SEMAPHORES_H

#include "answers.h"
#include "peer.h"

bool acquire_semaphore(struct peer *peer, char **words, struct answer *a);
bool try_acquire_semaphore(struct peer *peer, char **words, struct answer *a);
bool release_semaphore(struct peer *peer, char **words, struct answer *a);

#endif
