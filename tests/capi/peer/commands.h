/* The commands of the line protocol. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "peer.h"

#include <stdio.h>

/* Carries out one command, a line of length bytes without its line break, and prints the answer. */
void carry_out(struct peer *peer, char *line, size_t length, FILE *out);

#endif
