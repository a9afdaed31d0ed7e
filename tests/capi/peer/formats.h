/* The FORMATs of the line protocol: how a value is written in memory. */
#ifndef FORMATS_H
#define FORMATS_H

#include "words.h"

struct format {
    const char *name;
    /* Writes the bytes of a VALUE. */
    bool (*encode)(char *word, struct output *out, struct answer *a);
    /* Adds the VALUE at the start of memory to the answer. What is there can be anything; it must not change meanwhile. */
    bool (*decode)(struct bytes memory, struct answer *a);
};

/* An unknown name is unsupported. */
bool format_of(const char *name, const struct format **format, struct answer *a);

#endif
