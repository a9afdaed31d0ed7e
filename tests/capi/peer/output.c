#include "output.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(struct output *out, size_t needed)
{
    size_t room = out->room ? out->room : 64;
    while (room < needed)
        room *= 2;
    char *data = room == out->room ? out->data : realloc(out->data, room);
    if (!data)
        return false;
    out->data = data;
    out->room = room;
    return true;
}

void put_bytes(struct output *out, const void *data, size_t size)
{
    if (size == 0 || out->failed)
        return;
    out->failed = !make_room(out, out->size + size + 1);
    if (out->failed)
        return;
    memcpy(out->data + out->size, data, size);
    out->size += size;
    out->data[out->size] = '\0';
}

void put_byte(struct output *out, int byte)
{
    const char c = (char)byte;
    put_bytes(out, &c, 1);
}

void put_string(struct output *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}
