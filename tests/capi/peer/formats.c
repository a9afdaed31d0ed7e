#include "formats.h"
#include "png.h"
#include "stream.h"
#include "unicode.h"

#include <stdlib.h>
#include <string.h>

static bool encode_int32(char *word, struct output *out, struct answer *a)
{
    int64_t value;
    if (!number_of(word, 32, &value, a))
        return refuse(a, "BadData", "no int32: %s", word);
    int32_t number = (int32_t)value;
    put_bytes(out, &number, sizeof number);
    return true;
}

static bool decode_int32(struct bytes memory, struct answer *a)
{
    int32_t number;
    if (memory.size < sizeof number)
        return refuse(a, "BadData", "%zu bytes are too few for an int32", memory.size);
    memcpy(&number, memory.data, sizeof number);
    add_number(a, number);
    return true;
}

/* Takes text that C can have: it ends at a NUL. */
static bool c_text_of(char *word, struct bytes *text, struct answer *a)
{
    if (!text_of(word, text, a))
        return false;
    return !memchr(text->data, '\0', text->size) || refuse(a, "BadData", "a NUL inside, where C takes the text to end");
}

/* Adds the text up to its NUL, or all of it. */
static void add_c_text(struct answer *a, struct bytes text)
{
    const char *end = text.size ? memchr(text.data, '\0', text.size) : NULL;
    add_text(a, (struct bytes){text.data, end ? (size_t)(end - text.data) : text.size});
}

static bool encode_text(char *word, struct output *out, struct answer *a)
{
    struct bytes text;
    if (!c_text_of(word, &text, a))
        return false;
    put_bytes(out, text.data, text.size);
    put_byte(out, '\0');
    return true;
}

static bool decode_text(struct bytes memory, struct answer *a)
{
    add_c_text(a, memory);
    return true;
}

static bool encode_cstring(char *word, struct output *out, struct answer *a)
{
    struct bytes text;
    if (!c_text_of(word, &text, a) || !put_length(out, (uint64_t)text.size + 1, a))
        return false;
    put_bytes(out, text.data, text.size);
    put_byte(out, '\0');
    return true;
}

static bool decode_cstring(struct bytes memory, struct answer *a)
{
    struct bytes text;
    if (!take_sized(&memory, &text, a))
        return false;
    if (!text.data)
        return refuse(a, "BadData", "a const char* has no null code");
    add_c_text(a, text);
    return true;
}

/* Counts the UTF-16 units of a text. */
static bool count_units(struct bytes text, uint64_t *units, struct answer *a)
{
    *units = 0;
    while (text.size > 0) {
        int32_t character = take_utf8(&text);
        if (character < 0)
            return refuse(a, "BadData", "not UTF-8");
        *units += character < 0x10000 ? 1 : 2;
    }
    return true;
}

static bool encode_qstring(char *word, struct output *out, struct answer *a)
{
    struct bytes text;
    uint64_t units;
    if (!text_of(word, &text, a) || !count_units(text, &units, a) || !put_length(out, 2 * units, a))
        return false;
    while (text.size > 0)
        put_utf16(out, take_utf8(&text));
    return true;
}

static bool decode_qstring(struct bytes memory, struct answer *a)
{
    struct bytes units;
    if (!take_sized(&memory, &units, a))
        return false;
    if (units.size % 2 != 0)
        return refuse(a, "BadData", "%zu bytes are no UTF-16", units.size);
    struct output utf8 = {0};
    while (units.size > 0)
        put_utf8(&utf8, take_utf16(&units));
    bool whole = !utf8.failed || refuse(a, "OutOfResources", "no memory");
    if (whole)
        add_text(a, (struct bytes){utf8.data, utf8.size});
    free(utf8.data);
    return whole;
}

static bool encode_qbytearray(char *word, struct output *out, struct answer *a)
{
    struct bytes bytes;
    if (!bytes_of(word, &bytes, a) || !put_length(out, bytes.size, a))
        return false;
    put_bytes(out, bytes.data, bytes.size);
    return true;
}

static bool decode_qbytearray(struct bytes memory, struct answer *a)
{
    struct bytes bytes;
    if (!take_sized(&memory, &bytes, a))
        return false;
    add_bytes(a, bytes);
    return true;
}

/* A QImage is a qint32, 0 for the null image, and a PNG file. */
static bool encode_qimage(char *word, struct output *out, struct answer *a)
{
    struct bytes png;
    size_t size = 0;
    if (!bytes_of(word, &png, a) || (png.size > 0 && !size_of_png(png, &size, a)))
        return false;
    if (size != png.size)
        return refuse(a, "BadData", "%zu bytes follow the end of the PNG file", png.size - size);
    put_uint32(out, png.size > 0);
    put_bytes(out, png.data, png.size);
    return true;
}

static bool decode_qimage(struct bytes memory, struct answer *a)
{
    uint32_t marker;
    size_t size = 0;
    if (!take_uint32(&memory, &marker, a) || (marker != 0 && !size_of_png(memory, &size, a)))
        return false;
    add_bytes(a, (struct bytes){memory.data, size});
    return true;
}

static const struct format formats[] = {
    {"int32", encode_int32, decode_int32},
    {"text", encode_text, decode_text},
    {"cstring", encode_cstring, decode_cstring},
    {"qstring", encode_qstring, decode_qstring},
    {"qbytearray", encode_qbytearray, decode_qbytearray},
    {"qimage", encode_qimage, decode_qimage},
};

bool format_of(const char *name, const struct format **format, struct answer *a)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        *format = &formats[i];
        if (strcmp(formats[i].name, name) == 0)
            return true;
    }
    return unsupported(a);
}
