/* The commands on values, in a segment and outside, as commands.c has them. */
#ifndef VALUES_H
#define VALUES_H

#include "answers.h"
#include "peer.h"

bool put_value(struct peer *peer, char **words, struct answer *a);
bool get_value(struct peer *peer, char **words, struct answer *a);
bool add_to_int32(struct peer *peer, char **words, struct answer *a);
bool encode_value(struct peer *peer, char **words, struct answer *a);
bool decode_bytes(struct peer *peer, char **words, struct answer *a);

#endif
