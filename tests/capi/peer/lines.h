/* The lines of the protocol: commands from standard input, answers to standard output. */
#ifndef LINES_H
#define LINES_H

#include "answers.h"

#include <stddef.h>

struct peer; /* the state of a program that speaks the protocol, which each has in its own form */

struct command {
    const char *verb;
    size_t min, max; /* number of words after the verb; one that is missing is NULL */
    bool (*run)(struct peer *peer, char **words, struct answer *a);
};

/* Carries out the commands that come, of count that there are, until one's answer is the last or the input ends. */
void converse(const struct command *commands, size_t count, struct peer *peer);

#endif
