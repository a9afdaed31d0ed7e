/* The commands on the process itself, whatever its objects are. */
#ifndef SELF_H
#define SELF_H

#include "lines.h"

/* Answers hello. */
bool introduce(const char *implementation, struct answer *a);

/* The command, as lines.h has them. */
bool set_variable(struct peer *peer, char **words, struct answer *a);

#endif
