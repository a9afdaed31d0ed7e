/* The commands on the values in segments, as lines.h has them. */
#ifndef CONTENTS_H
#define CONTENTS_H

#include "answers.h"
#include "peer.h"

bool put_value(struct peer *peer, char **words, struct answer *a);
bool get_value(struct peer *peer, char **words, struct answer *a);
bool add_to_int32(struct peer *peer, char **words, struct answer *a);

#endif
