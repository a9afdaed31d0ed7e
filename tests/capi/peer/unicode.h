/* UTF-8 and UTF-16, strictly. */
#ifndef UNICODE_H
#define UNICODE_H

#include "words.h"

/* Takes the character at the start of UTF-8 text of at least one byte. Returns it, or -1 if there is none: it is not UTF-8. */
int32_t take_utf8(struct bytes *text);

/* Takes the character at the start of big-endian UTF-16 text of at least one unit. An unpaired surrogate is U+FFFD. */
int32_t take_utf16(struct bytes *text);

void put_utf8(struct output *out, int32_t character);
void put_utf16(struct output *out, int32_t character);

#endif
