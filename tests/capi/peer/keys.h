/* What a NAME means: the keys that are derived from it. */
#ifndef KEYS_H
#define KEYS_H

#include "answers.h"
#include "peer.h"

/*
 * Derives the key of a segment or a semaphore (SHMBRIDGE_SEGMENT, SHMBRIDGE_SEMAPHORE) from the word of its NAME. The caller
 * closes it. The key of the empty name is NULL: as with Qt, only its use fails.
 */
bool derive(const struct peer *peer, int32_t kind, char *word, shmbridge_key **key, struct answer *a);

/* The same of a segment's NAME that has another meaning than keys says: "native" or "text", or NULL for none. */
bool derive_meant(const struct peer *peer, char *word, const char *meaning, shmbridge_key **key, struct answer *a);

/* As derive, where the key is to be used. */
bool derive_used(const struct peer *peer, int32_t kind, char *word, shmbridge_key **key, struct answer *a);

/* Adds the word of a key's native key to the answer. */
bool add_native(const shmbridge_key *key, struct answer *a);

/* The commands, as lines.h has them. */
bool choose_keys(struct peer *peer, char **words, struct answer *a);
bool choose_rules(struct peer *peer, char **words, struct answer *a);
bool show_key(struct peer *peer, char **words, struct answer *a);
bool parse_key(struct peer *peer, char **words, struct answer *a);
bool probe_name(struct peer *peer, char **words, struct answer *a);
bool remove_segment(struct peer *peer, char **words, struct answer *a);

#endif
