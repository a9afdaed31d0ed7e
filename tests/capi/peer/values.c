#include "values.h"
#include "formats.h"
#include "words.h"

#include <stdlib.h>

bool encoded(char **words, struct output *value, struct answer *a)
{
    const struct format *format;
    *value = (struct output){0};
    if (!format_of(words[0], &format, a) || !format->encode(words[1], value, a))
        return false;
    return !value->failed || refuse(a, "OutOfResources", "no memory");
}

bool encode_value(struct peer *peer, char **words, struct answer *a)
{
    struct output value;
    (void)peer;
    bool done = encoded(words, &value, a);
    if (done)
        add_bytes(a, (struct bytes){value.data, value.size});
    free(value.data);
    return done;
}

bool decode_bytes(struct peer *peer, char **words, struct answer *a)
{
    const struct format *format;
    struct bytes data;
    (void)peer;
    return format_of(words[0], &format, a) && bytes_of(words[1], &data, a) && format->decode(data, a);
}
