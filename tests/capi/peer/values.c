#define _POSIX_C_SOURCE 200809L
#include "values.h"
#include "formats.h"
#include "words.h"

#include <stdlib.h>

bool encoded(char **words, char **data, size_t *size, struct answer *a)
{
    const struct format *format;
    *data = NULL;
    if (!format_of(words[0], &format, a))
        return false;
    FILE *out = open_memstream(data, size);
    if (!out)
        return refuse(a, "OutOfResources", "no memory");
    bool done = format->encode(words[1], out, a);
    return fclose(out) == 0 ? done : refuse(a, "OutOfResources", "no memory");
}

bool encode_value(struct peer *peer, char **words, struct answer *a)
{
    char *data;
    size_t size;
    (void)peer;
    bool done = encoded(words, &data, &size, a);
    if (done)
        add_bytes(a, (struct bytes){data, size});
    free(data);
    return done;
}

bool decode_bytes(struct peer *peer, char **words, struct answer *a)
{
    const struct format *format;
    struct bytes data;
    (void)peer;
    return format_of(words[0], &format, a) && bytes_of(words[1], &data, a) && format->decode(data, a);
}
