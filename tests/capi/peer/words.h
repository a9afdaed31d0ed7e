/* The words of the line protocol: each kind from and to its meaning. Words are read in place. */
#ifndef WORDS_H
#define WORDS_H

#include "answers.h"

#include <stddef.h>

struct bytes {
    const char *data;
    size_t size;
};

/* Cuts a line at its spaces, stores the first max words and returns how many there are, or 0 if one is empty. */
size_t split(char *line, char **words, size_t max);

/* These take words apart. A malformed word is refused with Usage. */
bool text_of(char *word, struct bytes *text, struct answer *a);
bool string_of(char *word, struct bytes *text, struct answer *a); /* with a NUL at its end; text with a NUL inside is unsupported */
bool bytes_of(char *word, struct bytes *bytes, struct answer *a);
bool number_of(const char *word, int bits, int64_t *number, struct answer *a);

/* Takes one of two words and tells whether it is the second. Another one is unsupported. */
bool choice_of(const char *word, const char *first, const char *second, bool *is_second, struct answer *a);

/* Takes a time limit, if there is one: word is NULL if not, and *timeout_ms then SHMBRIDGE_FOREVER. */
bool limit_of(const char *word, int32_t *timeout_ms, struct answer *a);

/* These add a word to the answer. */
void add_text(struct answer *a, struct bytes text);
void add_bytes(struct answer *a, struct bytes bytes);
void add_number(struct answer *a, int64_t number);

#endif
