/* Values outside segments. */
#ifndef VALUES_H
#define VALUES_H

#include "lines.h"

/* Encodes a value, of the words FORMAT and VALUE. The caller frees value->data, also when the value is refused. */
bool encoded(char **words, struct output *value, struct answer *a);

/* The commands, as lines.h has them. */
bool encode_value(struct peer *peer, char **words, struct answer *a);
bool decode_bytes(struct peer *peer, char **words, struct answer *a);

#endif
